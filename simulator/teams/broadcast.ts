export type Broadcast<T> = {
  readonly tell: (news: T) => void;
  /** Returns a function that stops listening. */
  readonly listen: (listener: (news: T) => void) => () => void;
};

export const createBroadcast = <T>(): Broadcast<T> => {
  const listeners = new Set<(news: T) => void>();
  return {
    tell: (news) => [...listeners].forEach((listener) => listener(news)),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
