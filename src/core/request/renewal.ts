import { daysBetween } from '../calendar.ts';
import type { Terms } from './terms.ts';

/** A request that takes the place of one that is in force, or was: which, and how often that made it last longer. */
export type Renewal = {
  /** The request before it. */
  readonly of: string;
  /** Counts the times that the end was put off; 0: so far only other words or another category. */
  readonly number: number;
  /** How long the very first one was to last, in calendar days from the day it was asked for. */
  readonly firstLasted: number | 'for ever';
};

type Replaced = {
  readonly reference: string;
  readonly createdAt: Date;
  readonly terms: Pick<Terms, 'expiresAt'>;
  readonly renewal: Renewal | undefined;
};

/** How long the first of a chain of renewals was to last. */
export const firstLasted = ({ renewal, terms, createdAt }: Replaced, timeZone: string): Renewal['firstLasted'] =>
  renewal?.firstLasted ??
  (terms.expiresAt === undefined ? 'for ever' : daysBetween(createdAt, terms.expiresAt, timeZone));

/** What a request is that replaces another and lasts until `expiresAt` (undefined: for ever). */
export const renewalOf = (replaced: Replaced, expiresAt: Date | undefined, timeZone: string): Renewal => {
  const before = replaced.terms.expiresAt?.getTime() ?? Infinity;
  const isLonger = (expiresAt?.getTime() ?? Infinity) > before;
  return {
    of: replaced.reference,
    number: (replaced.renewal?.number ?? 0) + (isLonger ? 1 : 0),
    firstLasted: firstLasted(replaced, timeZone),
  };
};
