import { addDays, dayIn, daysBetween, startOfDay } from '../calendar.ts';
import { isExpired, type ExemptionFacts } from '../exemption/exemption.ts';

export type ExemptionState = 'active' | 'expiring' | 'expired' | 'never-expires' | 'orphaned';

export type StateContext = {
  /** The policy assignment that it exempts from no longer exists: it exempts nothing. */
  readonly assignmentGone: boolean;
  readonly now: Date;
  /** IANA name; days begin and end in this zone. */
  readonly timeZone: string;
  /** It counts as expiring from this many days before its expiry. */
  readonly withinDays: number;
};

/** The state of an exemption: the one answer for lists, summaries and the sweep. */
export const exemptionStateOf = (
  exemption: Pick<ExemptionFacts, 'expiresAt'>,
  { assignmentGone, now, timeZone, withinDays }: StateContext,
): ExemptionState => {
  if (assignmentGone) return 'orphaned';
  if (exemption.expiresAt === undefined) return 'never-expires';
  if (isExpired(exemption, now)) return 'expired';
  return daysBetween(now, exemption.expiresAt, timeZone) <= withinDays ? 'expiring' : 'active';
};

/** Whatever ends before it, and has not ended, is expiring; undefined: whatever ends. */
export const expiringUntil = ({
  now,
  timeZone,
  withinDays,
}: Pick<StateContext, 'now' | 'timeZone' | 'withinDays'>): Date | undefined => {
  const today = dayIn(now, timeZone);
  const [last, next] = [addDays(today, withinDays), addDays(today, withinDays + 1)];
  return last === next ? undefined : startOfDay(next, timeZone);
};
