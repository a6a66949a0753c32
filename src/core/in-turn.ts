/** Runs works with the same key one after another in this process, whatever happened to earlier ones; others run in parallel. */
export const inTurnByKey = () => {
  const last = new Map<string, Promise<unknown>>();
  return async <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (last.get(key) === turn) last.delete(key);
    }
  };
};

/** The same for works without keys. */
export const inTurn = () => {
  const byKey = inTurnByKey();
  return <Result>(work: () => Promise<Result>): Promise<Result> => byKey('', work);
};

/** So long one piece of a long work may take, by the clock: a person's turn may begin in between. */
const longestPieceMs = 8;

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/**
 * Does a work for each of many items, in their order, and lets everything else run every few milliseconds. Results are in the order of the items; the
 * first failure rejects the whole, and what it did not come to is left undone. `now` counts milliseconds from any start.
 */
export const inPieces = async <Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Result,
  now: () => number = () => performance.now(),
): Promise<Result[]> => {
  const results: Result[] = [];
  let began = now();
  for (const item of items) {
    if (now() - began >= longestPieceMs) {
      await nextTurn();
      began = now();
    }
    results.push(work(item));
  }
  return results;
};
