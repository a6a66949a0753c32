import { daysBetween } from '../calendar.ts';
import { isExpired, type ExemptionFacts } from '../exemption/exemption.ts';

export type ExemptionState = 'active' | 'expiring' | 'expired' | 'never-expires' | 'orphaned';

export type StateContext = {
  /** The policy assignment that it exempts from is not there any more: it exempts from nothing. */
  readonly assignmentGone: boolean;
  readonly now: Date;
  /** IANA name; the zone in which days begin and end. */
  readonly timeZone: string;
  /** From how many days before its end it counts as expiring. */
  readonly withinDays: number;
};

/** How an exemption stands: the one answer for lists, summaries and the sweep. */
export const exemptionStateOf = (
  exemption: Pick<ExemptionFacts, 'expiresAt'>,
  { assignmentGone, now, timeZone, withinDays }: StateContext,
): ExemptionState => {
  if (assignmentGone) return 'orphaned';
  if (exemption.expiresAt === undefined) return 'never-expires';
  if (isExpired(exemption, now)) return 'expired';
  return daysBetween(now, exemption.expiresAt, timeZone) <= withinDays ? 'expiring' : 'active';
};
