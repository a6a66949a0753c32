/** Mulberry32: numbers from 0 to 1 that come in the same order for the same seed. */
export const createDice = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** One death of the app. */
export type Death = {
  /** Its progress at that moment, from 0 to 1. */
  readonly share: number;
  /** How long it runs after that. */
  readonly pauseInMs: number;
};

const longestPauseInMs = 25;

/** Deaths for one request after another, the same for the same seed; about every second request is hit once more during recovery. */
export const planDeaths = (points: number, seed: number): readonly (readonly Death[])[] => {
  const dice = createDice(seed);
  const death = (): Death => ({ share: dice(), pauseInMs: Math.floor(dice() * longestPauseInMs) });
  const plan: Death[][] = [];
  for (let left = points; left > 0;) {
    const deaths = dice() < 0.5 && left > 1 ? [death(), death()] : [death()];
    plan.push(deaths);
    left -= deaths.length;
  }
  return plan;
};
