/**
 * Resource Graph answers 15 questions of one identity in 5 seconds. People come first: what reads a long answer (the sweep, the mirror) leaves this many
 * of them to people.
 */
const leftToPeople = 5;
/** Both clocks round. */
const momentMs = 100;

type Headers = { get: (name: string) => string | undefined };

/** Milliseconds in `hh:mm:ss`. */
const durationInMs = (text: string | undefined): number => {
  const [hours = 0, minutes = 0, seconds = 0] = (text ?? '').split(':').map((part) => Number(part) || 0);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
};

/** The quota of Resource Graph: how much of it is left, as the answers tell it, and who waits for it. */
export const createGraphBudget = (pause: (milliseconds: number) => Promise<void>, now: () => number) => {
  let usedUp = { wait: Promise.resolve(), until: -Infinity };
  let [left, underway] = [Infinity, 0];
  /** When the quota is whole again. Azure tells it in whole seconds, so the earliest that it told counts. */
  let wholeAt = -Infinity;
  let line: Promise<void> = Promise.resolve();

  const msUntilWhole = (): number => Math.ceil(Math.max(0, wholeAt - now())) + momentMs;

  const heed = (headers: Headers): void => {
    const remaining = headers.get('x-ms-user-quota-remaining');
    if (remaining === undefined) return;
    const told = now() + durationInMs(headers.get('x-ms-user-quota-resets-after'));
    wholeAt = now() >= wholeAt ? told : Math.min(wholeAt, told);
    left = Number(remaining);
    if (left > 0) return;
    const milliseconds = msUntilWhole();
    const next = { wait: pause(milliseconds), until: now() + milliseconds };
    usedUp = next;
    void next.wait.then(() => {
      if (usedUp === next) usedUp = { ...next, until: -Infinity };
    });
  };

  const leaveSomeToPeople = async (): Promise<void> => {
    if (left > 0 && left - underway <= leftToPeople) {
      await pause(msUntilWhole());
      left = Infinity;
    }
    underway += 1;
  };

  return {
    /** How long a question has to wait because the quota is used up, and the end of that. */
    usedUp: () => ({ milliseconds: Math.max(0, usedUp.until - now()), wait: usedUp.wait }),
    /** Asks as a job: it waits in line for its part of the quota. */
    asJob: async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
      const turn = line.then(leaveSomeToPeople);
      line = turn;
      await turn;
      return ask().finally(() => (underway -= 1));
    },
    /** Takes in what an answer tells. */
    heed,
  };
};
