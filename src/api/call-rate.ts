/** The rate of one caller: so many calls at once, and then one each time that so many milliseconds have passed. */
export type CallRate = { readonly burst: number; readonly everyMs: number };

export const usualRate: CallRate = { burst: 60, everyMs: 500 };

const mostCallers = 10_000;

/** Takes one call of a caller; returns the seconds to wait if there was none left. Each replica counts for itself. */
export const createCallRate = ({ burst, everyMs }: CallRate, now: () => number): ((caller: string) => number) => {
  /** The moment at which a caller has its whole burst again. */
  const fullAt = new Map<string, number>();
  const forget = (at: number): void => {
    for (const [caller, full] of fullAt) if (full <= at) fullAt.delete(caller);
  };
  return (caller) => {
    const at = now();
    if (fullAt.size >= mostCallers) forget(at);
    const next = Math.max(fullAt.get(caller) ?? at, at) + everyMs;
    const over = next - at - burst * everyMs;
    if (over > 0) return Math.max(1, Math.ceil(over / 1000));
    fullAt.set(caller, next);
    return 0;
  };
};
