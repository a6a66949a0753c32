import { cacheLives, type CachedAnswer } from './cache-lives.ts';

type Entry<Value> = { readonly value: Promise<Value>; readonly until: number };

export type Cached<Key, Value> = ((key: Key) => Promise<Value>) & { readonly forget: () => void };

/**
 * Caches the answers of `load` by key (compared as JSON, or what `same` takes from it), by the given clock for as long as the table of cache
 * lives says. Concurrent calls for a key share one load. Failures are not cached.
 */
export const cached = <Key, Value>(
  load: (key: Key) => Promise<Value>,
  options: {
    readonly what: CachedAnswer;
    readonly now: () => Date;
    /** What two keys for the same answer have in common. */
    readonly same?: (key: Key) => string;
    /** Whether to cache this answer; by default every one is cached. */
    readonly keep?: (value: Value) => boolean;
  },
): Cached<Key, Value> => {
  const entries = new Map<string, Entry<Value>>();

  const forgetOld = (now: number): void => {
    for (const [name, entry] of entries) if (entry.until <= now) entries.delete(name);
  };

  const ask = (key: Key): Promise<Value> => {
    const now = options.now().getTime();
    const name = options.same?.(key) ?? JSON.stringify(key);
    forgetOld(now);
    const known = entries.get(name);
    if (known !== undefined) return known.value;
    const value = load(key);
    const entry = { value, until: now + cacheLives[options.what] * 60_000 };
    entries.set(name, entry);
    const forget = (): void => {
      if (entries.get(name) === entry) entries.delete(name);
    };
    value.then((loaded) => {
      if (options.keep?.(loaded) === false) forget();
    }, forget);
    return value;
  };

  return Object.assign(ask, { forget: () => entries.clear() });
};
