import type { PostedMessage } from '../../core/chat/notifier.ts';
import { asPerson } from '../../core/person.ts';
import { recordOf } from '../../core/ledger/request-record.ts';
import { moved, type ExemptionRequest } from '../../core/request/request.ts';
import type { Store } from '../../core/desk/store.ts';
import { ratifyBy } from '../../core/request/waiting.ts';
import { recordChange } from './change-request.ts';
import type { Desk } from '../desk.ts';
import { settleClaims } from './settle-claims.ts';

/** Lets a request proceed at once that needs no approval first: by the rules, or in an emergency. */
export const goAhead = async (
  desk: Desk,
  store: Store,
  before: ExemptionRequest,
  event: 'needed-no-approval' | 'emergency' | 'adopted',
  words = '',
  facts: Readonly<Record<string, string>> = {},
): Promise<ExemptionRequest> => {
  const at = desk.now();
  const decision = { by: before.requester, at, comment: words };
  const emergency = event === 'emergency' ? { ratifyBy: ratifyBy(at) } : undefined;
  const after = moved(before, 'approved', desk.timeZone, { decision, emergency });
  const actor = asPerson(before.requester);
  await recordChange(store, at, { before, after, actor, event, text: words, facts, jobs: ['apply-request'] });
  return after;
};

/** Adds a request with its claims and its first ledger row, and schedules its cards. Throws AlreadyClaimed if somebody else asks for the same. */
export const addRequest = async (
  store: Store,
  at: Date,
  request: ExemptionRequest,
  clicked: PostedMessage | undefined,
  event: 'requested' | 'adopting' = 'requested',
): Promise<void> => {
  const { reference, requester } = request;
  await store.requests.add(request);
  await store.ledger.append({
    at,
    actor: asPerson(requester),
    reference,
    event,
    from: undefined,
    to: 'pending',
    ...recordOf(request, undefined),
  });
  await settleClaims(store, at, [{ before: undefined, after: request }]);
  if (clicked !== undefined) await store.postedCards.add({ ...clicked, reference, audience: 'requester' });
  await store.jobs.send('publish-request', { reference });
};
