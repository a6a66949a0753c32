import { daysBetween } from './calendar.ts';
import { isExpired, type Exemption } from './exemption.ts';
import type { Severity } from './recommendation.ts';

/** What an alert is about: the exemptions of one request, or those that somebody made together outside. */
export type ExemptionUnit = {
  /** Stable over sweeps and restarts. */
  readonly key: string;
  readonly recommendation: { readonly title: string; readonly severity: Severity };
  readonly exemptions: readonly Exemption[];
  /** The request of ours behind it; undefined: made outside Exemption Desk. */
  readonly reference: string | undefined;
};

export type AlertStep = 'created' | '30' | '14' | '7' | '1' | '0' | 'expired';

const ladder = [30, 14, 7, 1, 0] as const;

const earliestOf = (dates: readonly (Date | undefined)[]): Date | undefined =>
  dates.flatMap((date) => (date === undefined ? [] : [date])).sort((a, b) => a.getTime() - b.getTime())[0];

/** When a unit ends: with its first exemption that expires. UTC; undefined: never. */
export const expiryOf = (unit: Pick<ExemptionUnit, 'exemptions'>): Date | undefined =>
  earliestOf(unit.exemptions.map((exemption) => exemption.expiresAt));

/**
 * The one alert about the end that is due now, whatever was missed before: 30, 14, 7, 1 or 0 days ahead by the calendar of the time zone, or
 * `expired`. Steps that are not shorter than the exemption's own life are skipped, so nothing warns at birth.
 */
export const dueStep = (
  unit: Pick<ExemptionUnit, 'exemptions'>,
  now: Date,
  timeZone: string,
): AlertStep | undefined => {
  const expiresAt = expiryOf(unit);
  if (expiresAt === undefined) return undefined;
  if (isExpired({ expiresAt }, now)) return 'expired';
  const left = daysBetween(now, expiresAt, timeZone);
  const createdAt = earliestOf(unit.exemptions.map((exemption) => exemption.createdAt));
  const life = createdAt === undefined ? Infinity : daysBetween(createdAt, expiresAt, timeZone);
  const step = ladder.findLast((days) => left <= days);
  return step === undefined || step >= life ? undefined : (String(step) as AlertStep);
};

/** The steps that a step makes obsolete, itself included: after the 7-day warning the 14-day one must never come, even if the clock goes back. */
export const stepsUpTo = (step: AlertStep): readonly AlertStep[] => {
  const order: readonly AlertStep[] = ['30', '14', '7', '1', '0', 'expired'];
  return step === 'created' ? ['created'] : order.slice(0, order.indexOf(step) + 1);
};

/** What an alert says, ready to be drawn: only texts, so that it can be stored until it is delivered. */
export type Alert = {
  readonly step: AlertStep | 'baseline' | 'not-effective';
  readonly title: string;
  readonly severity: Severity | undefined;
  /** Label and text of each fact, in order. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** Words of a person: the exemption's description. */
  readonly words: string;
  /** Rows of a summary. */
  readonly rows: readonly string[];
  readonly reference: string | undefined;
  /** Names the exemption for Details; undefined where there is no single one. */
  readonly exemptionId: string | undefined;
};
