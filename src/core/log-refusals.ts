type Log = { readonly warn: (fields: object, message: string) => void };

const minute = 60_000;
/** More reasons than there are; the rest would be no news. */
const reasonsKept = 10;

/**
 * Logs who was refused at the door: the first at once, all others of a minute in one line with their number, so that a flood of strangers
 * fills no disk. `later` runs something once, after so many milliseconds.
 */
export const createLogRefusals = (
  log: Log,
  later: (ms: number, work: () => void) => void,
  message: string,
): ((reason: string) => void) => {
  let isCounting = false;
  let count = 0;
  const reasons = new Map<string, number>();

  const tell = (): void => {
    log.warn({ count, reasons: Object.fromEntries(reasons) }, message);
    count = 0;
    reasons.clear();
    isCounting = true;
    later(minute, () => {
      isCounting = false;
      if (count > 0) tell();
    });
  };

  return (reason) => {
    count += 1;
    const kept = reasons.has(reason) || reasons.size < reasonsKept ? reason : 'other reasons';
    reasons.set(kept, (reasons.get(kept) ?? 0) + 1);
    if (!isCounting) tell();
  };
};
