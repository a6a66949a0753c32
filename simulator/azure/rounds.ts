import { setTimeout as delay } from 'node:timers/promises';

/** The calls of one round, as `GET /path`, in the order in which they came. */
type Round = readonly string[];

export type Rounds = ReturnType<typeof createRounds>;

// Counted in turns of the event loop and not by the clock: a busy machine delays the next call as well.
const usualQuietTurns = 40;
const turnInMs = 5;

/**
 * Shows which calls wait for which: while rounds are counted, calls are held until no more come and none is being answered, and then let go together.
 * So the number of rounds is the number of calls that somebody makes one after another.
 */
export const createRounds = () => {
  let found: Round[] | undefined;
  let held: { readonly call: string; readonly go: () => void }[] = [];
  let answering = 0;
  let quiet = 0;
  let quietTurns = usualQuietTurns;
  let isWatching = false;

  const letGo = (): void => {
    const now = held;
    held = [];
    if (now.length > 0) found?.push(now.map(({ call }) => call));
    for (const { go } of now) go();
  };

  const watch = async (): Promise<void> => {
    if (isWatching) return;
    isWatching = true;
    while (held.length > 0) {
      await delay(turnInMs);
      quiet = answering > 0 ? 0 : quiet + 1;
      if (quiet < quietTurns && found !== undefined) continue;
      quiet = 0;
      letGo();
    }
    isWatching = false;
  };

  /** `turns`: how long it must be quiet; longer if who makes the calls is in another process. */
  const start = (turns = usualQuietTurns): void => {
    quietTurns = turns;
    found = [];
  };
  /** The rounds since the start; calls that are still held belong to nobody who was waited for, and are let go. */
  const stop = (): readonly Round[] => {
    const rounds = found ?? [];
    found = undefined;
    letGo();
    return rounds;
  };

  return {
    start,
    stop,
    /** Runs what answers a call when its round has come. */
    within: async <Result>(call: string, answer: () => Promise<Result>): Promise<Result> => {
      if (found !== undefined) {
        quiet = 0;
        await new Promise<void>((resolve) => {
          held.push({ call, go: resolve });
          void watch();
        });
      }
      answering += 1;
      try {
        return await answer();
      } finally {
        answering -= 1;
      }
    },
    controls: {
      'POST /simulator/rounds': async () => {
        start();
        return {};
      },
      'DELETE /simulator/rounds': async () => ({ rounds: stop() }),
    },
  };
};
