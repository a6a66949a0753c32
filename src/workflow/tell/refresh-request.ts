import { withoutThread } from '../../core/chat/conversation.ts';
import { GovernanceError, unlessUntold } from '../../core/governance-error.ts';
import { samePerson, type Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { couldDecide } from '../rights/may-decide.ts';
import { viewRequest, type RequestAudience } from './view-request.ts';

/** If Azure does not answer, the card stays as it is: its buttons check the permissions anyway. */
const audienceOf = async (desk: Desk, person: Person, request: ExemptionRequest): Promise<RequestAudience> => {
  if (samePerson(request.requester, person)) return 'requester';
  return unlessUntold(
    async () => ((await couldDecide(desk, person, await desk.forReading(person), request)) ? 'approvers' : 'reader'),
    'approvers',
  );
};

/** The card of a request for one person in a conversation; throws GovernanceError not-found if no card of it was posted there. */
export const refreshRequest = async (
  desk: Desk,
  person: Person,
  conversationId: string,
  reference: string,
): Promise<{ readonly view: RequestView; readonly audience: RequestAudience }> => {
  const copies = await desk.database.postedCards.of(reference);
  const isHere = copies.some(
    (card) => card.audience === 'approvers' && withoutThread(card.conversationId) === conversationId,
  );
  if (!isHere)
    throw new GovernanceError('not-found', `There is no request ${reference} here. To list yours, send: requests`);
  const request = await requestNamed(desk, reference);
  return { view: await viewRequest(desk, request), audience: await audienceOf(desk, person, request) };
};
