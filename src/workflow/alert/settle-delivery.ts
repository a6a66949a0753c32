import type { DeliveryOutcome, Parcel } from '../../core/alert/alert-delivery.ts';
import { pauseAfter, whyGiveUp } from '../../core/alert/next-attempt.ts';
import { NotSent } from '../../core/chat/notifier.ts';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import type { Desk } from '../desk.ts';

/** How long nobody else posts a delivery that is being posted. A call to Teams ends long before this. */
export const takenForMs = 60_000;
/** Deliveries that are due later than this are left to the tick of the next minute. */
export const soonMs = 5000;

/** A number from 0 to 1 that stays the same for one delivery and attempt. */
const shareOf = (desk: Desk, id: string, attempts: number): number =>
  parseInt(desk.hash(`${id} ${attempts}`).slice(0, 8), 16) / 0xffffffff;

/** Ends deliveries, and counts how. */
export const closeDeliveries = async (
  desk: Desk,
  ids: readonly string[],
  outcome: DeliveryOutcome,
  why?: string,
): Promise<void> => {
  await desk.database.alerts.close(ids, outcome, desk.now(), why);
  desk.observe({ what: 'alert', outcome, count: ids.length });
};

const putBack = async (
  desk: Desk,
  ids: readonly string[],
  waitMs: number,
  failure?: 'refused' | 'unknown',
): Promise<void> => {
  await desk.database.alerts.putBack(ids, new Date(desk.now().getTime() + waitMs), failure);
  desk.observe({ what: 'alert', outcome: 'put-back', count: ids.length });
};

/**
 * Puts a parcel back or gives it up, depending on its failure. Returns how long to leave the conversation alone, in milliseconds; throws
 * unexpected errors.
 */
export const settleFailure = async (
  desk: Desk,
  parcel: Pick<Parcel, 'attempts' | 'unknowns'>,
  ids: readonly string[],
  error: unknown,
): Promise<number> => {
  const ours = !(error instanceof GovernanceError);
  if (error instanceof NotSent && error.waitMs !== undefined) {
    await putBack(desk, ids, error.waitMs);
    return error.waitMs;
  }
  if (isRefusal(error)) {
    await closeDeliveries(desk, ids, 'undeliverable', error.message);
    return 0;
  }
  const failure = error instanceof NotSent || ours ? 'refused' : 'unknown';
  const pauseMs = pauseAfter(parcel.attempts, shareOf(desk, ids[0] ?? '', parcel.attempts));
  const why = whyGiveUp(parcel, failure, ours ? '' : error.message);
  await putBack(desk, ids, pauseMs, failure);
  if (why !== undefined) await closeDeliveries(desk, ids, 'undeliverable', why);
  if (ours) throw error;
  return why === undefined ? pauseMs : 0;
};
