import { addDays, dayIn, daysBetween } from '../../core/calendar.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import { mayBeAskedAgain, standing } from '../../core/request/request.ts';
import { expiryChoices, type Form, type Terms } from '../../core/request/terms.ts';
import { untilDay } from '../../core/request/exempt-words.ts';
import type { Desk } from '../desk.ts';
import { requestInSight } from '../tell/view-request.ts';
import { formOf } from './change-terms.ts';
import { startDraft, type OpenDraft } from './draft-request.ts';

/** As many days from today as were asked for then. */
const asLong = (desk: Desk, { expiresAt }: Terms, askedAt: Date): Partial<Form> => {
  if (expiresAt === undefined) return { expiry: 'never', expiryDate: '' };
  const days = Math.max(1, daysBetween(askedAt, expiresAt, desk.timeZone));
  return expiryChoices.some((choice) => choice === days)
    ? { expiry: String(days), expiryDate: '' }
    : untilDay(addDays(dayIn(desk.now(), desk.timeZone), days));
};

/**
 * Opens the form of a request that was rejected, withdrawn or lapsed, filled in with its terms, for a new request by this person. Throws
 * GovernanceError not-found where they may not see it, conflict where it waits, is in force or was.
 */
export const askAgain = async (desk: Desk, person: Person, reference: string): Promise<OpenDraft> => {
  const { request } = await requestInSight(desk, { person, channelId: undefined }, reference);
  const { terms, waitingSince } = request;
  if (!mayBeAskedAgain(request))
    throw new GovernanceError(
      'conflict',
      `${request.reference} is ${standing(request, desk.timeZone)}. Only what was rejected, withdrawn or has lapsed can be asked for again.`,
    );
  return startDraft(desk, person, terms.recommendation.key, {
    ...formOf(terms, desk.timeZone),
    ...asLong(desk, terms, waitingSince),
  });
};
