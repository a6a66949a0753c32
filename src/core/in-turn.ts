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
