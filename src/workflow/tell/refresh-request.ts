import { withoutThread } from '../../core/chat/conversation.ts';
import { GovernanceError, unlessUntold } from '../../core/governance-error.ts';
import { samePerson, type Person } from '../../core/person.ts';
import { awaitsApproval, type ExemptionRequest } from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { couldDecide } from '../rights/may-decide.ts';
import { viewRequest, type RequestAudience } from './view-request.ts';
import { namesOf } from './whom-to-ask.ts';
import type { Mentioned } from '../../core/chat/mentioned.ts';

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
): Promise<{
  readonly view: RequestView;
  readonly audience: RequestAudience;
  /** Whom the card asks by name while it waits; they were notified when it was posted. */
  readonly mentioned: readonly Mentioned[];
}> => {
  const copies = await desk.database.postedCards.of(reference);
  const here = copies.filter(
    (card) => card.audience === 'approvers' && withoutThread(card.conversationId) === conversationId,
  );
  if (here.length === 0)
    throw new GovernanceError('not-found', `There is no request ${reference} here. To list yours, send: requests`);
  const request = await requestNamed(desk, reference);
  const ids = awaitsApproval(request) ? here.flatMap(({ mentioned = [] }) => mentioned) : [];
  return {
    view: await viewRequest(desk, request),
    audience: await audienceOf(desk, person, request),
    mentioned: await namesOf(desk, request, [...new Set(ids)]),
  };
};
