import type { ExemptionFacts } from '../../core/exemption/exemption.ts';
import { exemptionStateOf, type ExemptionState } from '../../core/inventory/exemption-state.ts';
import type { Desk } from '../desk.ts';

/** An exemption counts as expiring this many days before its expiry, unless somebody says how many. */
export const expiringWithinDays = 30;

/** The state of an exemption as the desk shows it now. */
export const shownState = (
  { now, timeZone }: Pick<Desk, 'now' | 'timeZone'>,
  exemption: Pick<ExemptionFacts, 'expiresAt'>,
  assignmentGone = false,
  withinDays = expiringWithinDays,
): ExemptionState => exemptionStateOf(exemption, { assignmentGone, now: now(), timeZone, withinDays });
