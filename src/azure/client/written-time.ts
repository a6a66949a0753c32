import { realEnd, storable } from '../../core/calendar.ts';

/** Date and time, with as many digits of a second as .NET writes, and perhaps a zone. */
const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * A time as Azure writes it, in UTC even without a zone; undefined for a text that is not a time. What a zone carries over the first or the
 * last instant that Azure can hold is that instant.
 */
export const timeOf = (written: string): Date | undefined => {
  const [, day, clock = '00:00', zone = 'Z'] = iso.exec(written.trim()) ?? [];
  if (day === undefined) return undefined;
  const time = new Date(`${day}T${clock}${zone.toUpperCase().replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')}`);
  return Number.isNaN(time.getTime()) ? undefined : storable(time);
};

/** The expiry of an exemption; undefined: none. */
export const expiryOf = (written: string | null | undefined): Date | undefined =>
  // An expiry that cannot be read must not become "never": it counts as long past.
  written === undefined || written === null || written === '' ? undefined : realEnd(timeOf(written) ?? new Date(0));
