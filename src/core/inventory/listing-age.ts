import { clockOf, formatInstant, type ReaderTime } from '../calendar.ts';
import type { ListingsReadAt } from './listing-filter.ts';

type Now = {
  readonly now: Date;
  readonly timeZone: string;
  readonly readerTime?: ReaderTime | undefined;
  readonly sweepMinutes: number;
};

/** Until the first complete reading nobody may take a list for all that there is. */
export const stillReading =
  'Exemption Desk has just started and is still reading all exemptions for the first time. Please try again in some minutes.';

export const withoutDefender =
  'Exemptions created in Defender for Cloud itself could not be read and are missing here. Please try again later.';

/** Two sweeps should have read everything meanwhile. */
const isOld = (at: Date, { now, sweepMinutes }: Now): boolean =>
  now.getTime() - at.getTime() > 2 * sweepMinutes * 60_000;

/** How old what lists show is, if older than it should be, and what is missing, in sentences; empty if nothing is. */
export const ageSentences = ({ policy, defender }: ListingsReadAt, now: Now): string => {
  if (policy === undefined) return stillReading;
  const asOf = (at: Date): string => `as of ${formatInstant(at, clockOf(now))}`;
  return [
    ...(isOld(policy, now) ? [`This is ${asOf(policy)}: Azure has not returned all exemptions since then.`] : []),
    ...(defender === undefined ? [withoutDefender] : []),
    ...(defender !== undefined && isOld(defender, { ...now, now: policy })
      ? [`Exemptions created in Defender for Cloud itself are ${asOf(defender)}.`]
      : []),
  ].join(' ');
};
