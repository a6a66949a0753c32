import { alertWithoutPerson, requestWithoutPerson, traceOf, erased } from '../../core/ledger/erase-person.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { forgotten } from '../../core/ledger/ledger.ts';
import type { Actor } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { personPlace } from '../../core/chat/person-place.ts';
import type { Store } from '../../core/desk/store.ts';
import { recordChange } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';

const actor: Actor = { kind: 'job', name: 'forget-person' };

export type ForgottenPerson = {
  readonly ledgerRows: number;
  /** References of the requests that named them. */
  readonly requests: readonly string[];
  /** Drafts, and reports offered as a file. */
  readonly drafts: number;
  readonly subscriptions: number;
  readonly chats: number;
  /** Exemptions in Azure whose description may still name them; Exemption Desk does not rewrite these. */
  readonly inAzure: readonly string[];
};

const forgetInRequests = async (store: Store, objectId: string, at: Date): Promise<ExemptionRequest[]> => {
  const theirs = (await store.requests.ofPerson(objectId)).filter(
    (request) => traceOf(request, objectId) !== undefined,
  );
  for (const before of theirs) {
    const after = requestWithoutPerson(before, objectId);
    if (after === undefined) continue;
    await store.alerts.rewriteKept(before.reference, (alert) => alertWithoutPerson(alert, before, objectId));
    await recordChange(store, at, { before, after, actor, event: forgotten.event });
  }
  return theirs;
};

const forgetInSubscriptions = async (store: Store, objectId: string): Promise<number> => {
  const theirs = (await store.subscriptions.all()).filter(
    ({ subscribedBy }) =>
      subscribedBy.objectId.toLowerCase() === objectId.toLowerCase() && subscribedBy.name !== erased.name,
  );
  for (const each of theirs)
    await store.subscriptions.save({ ...each, subscribedBy: { ...each.subscribedBy, name: erased.name } });
  return theirs.length;
};

const forgetChat = async (store: Store, objectId: string, at: Date): Promise<number> => {
  const place = personPlace(objectId);
  const waiting = (await store.alerts.undelivered()).filter(({ channelId }) => channelId === place);
  await store.alerts.reopen(
    waiting.map(({ id }) => id),
    at,
  );
  await store.alerts.dropOpen(place, at);
  const chat = await store.conversations.personal(objectId);
  if (chat !== undefined) await store.conversations.forget(chat.id);
  return chat === undefined ? 0 : 1;
};

const isNothing = ({ ledgerRows, requests, drafts, subscriptions, chats }: ForgottenPerson): boolean =>
  ledgerRows + requests.length + drafts + subscriptions + chats === 0;

/**
 * Erases the name and text of a person (Entra object id) everywhere they are stored, all or nothing, and records the erasure. The object id
 * stays, because without it the ledger proves nothing. Cards of their requests are drawn again. Throws GovernanceError not-found if nothing
 * is stored, and conflict if a request changes meanwhile.
 */
export const forgetPerson = async (
  desk: Pick<Desk, 'now'> & { readonly database: Pick<Desk['database'], 'transaction'> },
  objectId: string,
): Promise<ForgottenPerson> =>
  desk.database.transaction(async (store) => {
    const at = desk.now();
    const ledgerRows = await store.ledger.eraseTexts(objectId);
    const requests = await forgetInRequests(store, objectId, at);
    const result = {
      ledgerRows,
      requests: requests.map((request) => request.reference),
      drafts: (await store.drafts.removeOf(objectId)) + (await store.reportOffers.removeOf(objectId)),
      subscriptions: await forgetInSubscriptions(store, objectId),
      chats: await forgetChat(store, objectId, at),
      inAzure: requests
        .filter((request) => request.appliedAt !== undefined && request.status !== 'expired')
        .flatMap((request) => request.targets.map((target) => target.exemptionId)),
    };
    if (isNothing(result))
      throw new GovernanceError('not-found', `Exemption Desk keeps neither a name nor text of ${objectId}.`);
    await store.ledger.append({
      at,
      actor,
      reference: undefined,
      event: forgotten.event,
      from: undefined,
      to: undefined,
      text: '',
      facts: { [forgotten.fact]: objectId.toLowerCase(), rows: String(ledgerRows), requests: String(requests.length) },
    });
    return result;
  });
