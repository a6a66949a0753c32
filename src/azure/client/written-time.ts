/** A time as Azure writes it, in UTC even where it leaves the zone out; undefined for a text that is no time. */
export const timeOf = (written: string): Date | undefined => {
  const time = new Date(/T[\d:.]+$/.test(written) ? `${written}Z` : written);
  return Number.isNaN(time.getTime()) ? undefined : time;
};

/** The end of an exemption; undefined: it never ends. */
export const expiryOf = (written: string | null | undefined): Date | undefined =>
  // An expiry that cannot be read must not turn into "never": it counts as long past.
  written === undefined || written === null || written === '' ? undefined : (timeOf(written) ?? new Date(0));
