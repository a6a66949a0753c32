type Entry<Value> = { readonly value: Promise<Value>; readonly until: number };

/**
 * Remembers what `load` answered for each key for some minutes of the given clock. While a call for a key is under way, others wait for it
 * instead of calling again. Failures are not remembered.
 */
export const cached = <Value>(
  load: (key: string) => Promise<Value>,
  options: { readonly minutes: number; readonly now: () => Date },
): ((key: string) => Promise<Value>) => {
  const entries = new Map<string, Entry<Value>>();

  const forgetOld = (now: number): void => {
    for (const [key, entry] of entries) if (entry.until <= now) entries.delete(key);
  };

  return (key) => {
    const now = options.now().getTime();
    forgetOld(now);
    const known = entries.get(key);
    if (known !== undefined) return known.value;
    const value = load(key);
    const entry = { value, until: now + options.minutes * 60_000 };
    entries.set(key, entry);
    value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return value;
  };
};
