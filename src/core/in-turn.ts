/** Runs pieces of work with the same key one after the other in this process, each whatever became of those before it; others go on meanwhile. */
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

/** The same for work that knows no keys. */
export const inTurn = () => {
  const byKey = inTurnByKey();
  return <Result>(work: () => Promise<Result>): Promise<Result> => byKey('', work);
};
