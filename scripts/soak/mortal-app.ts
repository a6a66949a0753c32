import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AppSetting } from '../../simulator/start-app.ts';
import type { Order, Word } from './app-process.ts';

const programme = fileURLToPath(new URL('./app-process.ts', import.meta.url));

/** Any number of presses may wait for its answers at the same time. */
const spawn = (): ChildProcess =>
  fork(programme, [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  }).setMaxListeners(0);

const isAnswered = (word: Word): word is { readonly answered: number } => word !== 'ticked' && 'answered' in word;

/** Resolves when the app says so, or is gone. */
const untilAnsweredBy = async (child: ChildProcess, answered: string, number: number): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const hear = (word: Word): void => {
    if (isAnswered(word) && word.answered === number) resolve(undefined);
  };
  const gone = (): void => resolve(undefined);
  child.on('message', hear).once('exit', gone);
  child.send({ answered, number } satisfies Order);
  await promise;
  child.off('message', hear).off('exit', gone);
};

const ask = async (child: ChildProcess, order: Order): Promise<Word> => {
  child.send(order);
  const over = new AbortController();
  const { signal } = over;
  const died = once(child, 'exit', { signal }).then(() => Promise.reject(new Error('The app died by itself.')));
  try {
    for (;;) {
      const [word] = (await Promise.race([once(child, 'message', { signal }), died])) as [Word];
      if (!isAnswered(word)) return word;
    }
  } finally {
    over.abort();
  }
};

const end = async (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
};

/** The real app in a separate process that can be killed; the next one waits with everything loaded. */
export type MortalApp = {
  readonly url: () => string;
  readonly start: () => Promise<void>;
  /** Runs the work of each minute now, and everything that follows. */
  readonly tick: () => Promise<void>;
  /** Runs the work of each minute with a sweep, and nothing that follows. Resolves even if it dies meanwhile. */
  readonly look: () => Promise<void>;
  /** Resolves when nothing from a conversation waits for anything but the database, or the app has died. */
  readonly answered: (conversationId: string) => Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM; resolves when it has ended its work. */
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** `hurries`: starts at once what an earlier process left, instead of at its next poll of the queue. */
export const createMortalApp = (setting: () => AppSetting, hurries = true): MortalApp => {
  let running: ChildProcess | undefined;
  let next = spawn();
  let url = '';
  let questions = 0;
  return {
    url: () => url,
    async start() {
      running = next;
      next = spawn();
      const word = await ask(running, { start: setting(), hurries });
      if (word !== 'ticked' && 'url' in word) ({ url } = word);
    },
    async tick() {
      if (running !== undefined) await ask(running, 'tick');
    },
    async answered(conversationId) {
      questions += 1;
      if (running !== undefined) await untilAnsweredBy(running, conversationId, questions);
    },
    async look() {
      if (running !== undefined) await ask(running, 'look').catch(() => undefined);
    },
    async kill() {
      if (running !== undefined) await end(running);
    },
    async stop() {
      if (running !== undefined) await end(running, 'SIGTERM');
    },
    async close() {
      await Promise.all([next, ...(running === undefined ? [] : [running])].map((child) => end(child)));
    },
  };
};
