/** Runs the work of a person as soon as it is their turn. */
export type FairShare = <Result>(personId: string, work: () => Promise<Result>) => Promise<Result>;

/** The shares of a process: more at once would only wait for each other, and three of one person leave room for everybody else. */
export const shares = { atOnce: 24, perPerson: 3 };

type Sharer = { readonly waiting: (() => void)[]; running: number; lastTurn: number };

/**
 * Shares a process between people: so many works at once, so many of one person. The next turn is for whoever has had none for longest, in
 * whatever number the work of others waits. The works of one person begin in their order.
 */
export const createFairShare = (limits: { readonly atOnce: number; readonly perPerson: number }): FairShare => {
  /** Those of whom something waits or runs. */
  const sharers = new Map<string, Sharer>();
  let running = 0;
  let turns = 0;

  const nextSharer = (): Sharer | undefined =>
    [...sharers.values()]
      .filter((each) => each.waiting.length > 0 && each.running < limits.perPerson)
      .reduce<Sharer | undefined>(
        (first, each) => (first === undefined || each.lastTurn < first.lastTurn ? each : first),
        undefined,
      );

  const begin = (): void => {
    while (running < limits.atOnce) {
      const next = nextSharer();
      if (next === undefined) return;
      running += 1;
      next.running += 1;
      next.lastTurn = turns += 1;
      next.waiting.shift()?.();
    }
  };

  return async (personId, work) => {
    const sharer = sharers.get(personId) ?? { waiting: [], running: 0, lastTurn: 0 };
    sharers.set(personId, sharer);
    await new Promise<void>((resolve) => {
      sharer.waiting.push(resolve);
      begin();
    });
    try {
      return await work();
    } finally {
      running -= 1;
      sharer.running -= 1;
      if (sharer.running === 0 && sharer.waiting.length === 0) sharers.delete(personId);
      begin();
    }
  };
};
