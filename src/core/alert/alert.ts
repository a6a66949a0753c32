import { daysBetween } from '../calendar.ts';
import { isExpired, type Exemption } from '../exemption/exemption.ts';
import type { Severity } from '../tenant/recommendation.ts';

/** As much of an exemption as an alert says; its description and maker only where Azure has just told them. */
type ToldExemption = Pick<Exemption, 'id' | 'scope' | 'category' | 'expiresAt' | 'createdAt'> &
  Partial<Pick<Exemption, 'description' | 'createdBy'>>;

/** What an alert is about: the exemptions of one request, or those that somebody made together outside. */
export type ExemptionUnit = {
  /** Stable over sweeps and restarts. */
  readonly key: string;
  readonly recommendation: { readonly title: string; readonly severity: Severity };
  readonly exemptions: readonly ToldExemption[];
  /** The request of ours behind it; undefined: made outside Exemption Desk. */
  readonly reference: string | undefined;
};

/** The steps towards the end of an exemption. */
export type LadderStep = '30' | '14' | '7' | '1' | '0' | 'expired';

type AlertStep = LadderStep | 'created' | 'changed' | 'deleted' | 'revoked' | 'orphaned' | 'gap' | 'no-longer-needed';

/** Days before the end. */
export const ladder = [30, 14, 7, 1, 0] as const;

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
): LadderStep | undefined => {
  const expiresAt = expiryOf(unit);
  if (expiresAt === undefined) return undefined;
  if (isExpired({ expiresAt }, now)) return 'expired';
  const left = daysBetween(now, expiresAt, timeZone);
  const createdAt = earliestOf(unit.exemptions.map((exemption) => exemption.createdAt));
  const life = createdAt === undefined ? Infinity : daysBetween(createdAt, expiresAt, timeZone);
  const step = ladder.findLast((days) => left <= days);
  return step === undefined || step >= life ? undefined : (String(step) as LadderStep);
};

/** The steps that a step makes obsolete, itself included: after the 7-day warning the 14-day one must never come, even if the clock goes back. */
export const stepsUpTo = (step: LadderStep): readonly LadderStep[] => {
  const order: readonly LadderStep[] = ['30', '14', '7', '1', '0', 'expired'];
  return order.slice(0, order.indexOf(step) + 1);
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
