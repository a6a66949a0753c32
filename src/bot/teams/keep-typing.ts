import type { TurnContext } from 'botbuilder';

type KeepTyping = {
  /** Shows it before the work begins; otherwise only if the work takes longer than a second. */
  readonly atOnce: boolean;
  readonly every: (ms: number, work: () => Promise<void>) => () => void;
};

const tickMs = 1_000;
/** Teams stops showing it some seconds after it was last told. */
const ticksBetween = 4;

/** Shows that an answer is being made for as long as it is. A failure to send that is ignored. */
export const keepTyping = async <Result>(
  context: Pick<TurnContext, 'sendActivity'>,
  { atOnce, every }: KeepTyping,
  work: () => Promise<Result>,
): Promise<Result> => {
  const show = async (): Promise<void> => {
    await context.sendActivity({ type: 'typing' }).catch(() => undefined);
  };
  let ticks = atOnce ? 0 : ticksBetween - 1;
  if (atOnce) await show();
  const stop = every(tickMs, async () => {
    ticks += 1;
    if (ticks % ticksBetween === 0) await show();
  });
  try {
    return await work();
  } finally {
    stop();
  }
};
