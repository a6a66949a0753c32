/** A time as Azure writes it, in UTC even without a zone; undefined for a text that is not a time. */
export const timeOf = (written: string): Date | undefined => {
  const time = new Date(/T[\d:.]+$/.test(written) ? `${written}Z` : written);
  return Number.isNaN(time.getTime()) ? undefined : time;
};

/** The expiry of an exemption; undefined: none. */
export const expiryOf = (written: string | null | undefined): Date | undefined =>
  // An expiry that cannot be read must not become "never": it counts as long past.
  written === undefined || written === null || written === '' ? undefined : (timeOf(written) ?? new Date(0));
