import { daysBetween } from '../calendar.ts';
import type { Terms } from './terms.ts';

/** The request that a new one replaces, and how often the expiry was extended so far. */
export type Renewal = {
  /** The replaced request. */
  readonly of: string;
  /** How often the expiry was extended; 0 if only the text or category changed so far. */
  readonly number: number;
  /** The requested duration of the very first exemption, in calendar days from the day of its request. */
  readonly firstLasted: number | 'for ever';
};

type Replaced = {
  readonly reference: string;
  readonly createdAt: Date;
  readonly terms: Pick<Terms, 'expiresAt'>;
  readonly renewal: Renewal | undefined;
};

/** The requested duration of the first exemption in a chain of renewals. */
export const firstLasted = ({ renewal, terms, createdAt }: Replaced, timeZone: string): Renewal['firstLasted'] =>
  renewal?.firstLasted ??
  (terms.expiresAt === undefined ? 'for ever' : daysBetween(createdAt, terms.expiresAt, timeZone));

/** The renewal facts of a request that replaces another and lasts until `expiresAt` (undefined: no expiry). */
export const renewalOf = (replaced: Replaced, expiresAt: Date | undefined, timeZone: string): Renewal => {
  const before = replaced.terms.expiresAt?.getTime() ?? Infinity;
  const isLonger = (expiresAt?.getTime() ?? Infinity) > before;
  return {
    of: replaced.reference,
    number: (replaced.renewal?.number ?? 0) + (isLonger ? 1 : 0),
    firstLasted: firstLasted(replaced, timeZone),
  };
};
