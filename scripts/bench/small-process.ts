import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The heap limit of every measured process; V8 ends a process that needs more. */
export const heapLimitInMb = 256;

export type SmallProcess<Order, Answer> = {
  /** Rejects if the process dies. */
  readonly ask: (order: Order) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

/** Runs a program of this folder in a separate process with a small heap; it answers each order with one message. */
export const startSmallProcess = <Order extends object, Answer>(name: string): SmallProcess<Order, Answer> => {
  const child = fork(fileURLToPath(new URL(name, import.meta.url)), [], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc', `--max-old-space-size=${heapLimitInMb}`],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    ask: async (order) => {
      const over = new AbortController();
      const { signal } = over;
      const died = once(child, 'exit', { signal }).then(() => {
        throw new Error(`${name} died: it needs more heap than ${heapLimitInMb} MB, or see above.`);
      });
      try {
        child.send(order);
        const [answer] = (await Promise.race([once(child, 'message', { signal }), died])) as [Answer];
        return answer;
      } finally {
        over.abort();
      }
    },
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
};

/** The child side: answers orders one by one, and ends with its parent. */
export const answerOrders = (answer: (order: never) => Promise<object | string>): void => {
  process.on('message', (order) => {
    answer(order as never).then(
      (said) => process.send?.(said),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.once('disconnect', () => process.exit());
};
