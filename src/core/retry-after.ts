/** The wait that an answer asks for by its Retry-After header (seconds or a date), in milliseconds; undefined if it does not ask, or not readably. */
export const waitIn = (retryAfter: string | undefined, now: number): number | undefined => {
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const wait = Date.parse(retryAfter) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
};
