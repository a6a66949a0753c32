import type { Alert } from '../../core/alert/alert.ts';
import { alertWithoutPerson, requestWithoutPerson, erased } from '../../core/ledger/erase-person.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { forgotten } from '../../core/ledger/ledger.ts';
import type { Actor } from '../../core/person.ts';
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
  /** Answers to changes that they asked for through the API. */
  readonly answers: number;
  readonly chats: number;
  /** Whether their time zone was kept: 0 or 1. */
  readonly readers: number;
  /** Exemptions in Azure whose description may still name them; Exemption Desk does not rewrite these. */
  readonly inAzure: readonly string[];
};

/** The requests that named them, as far as they are told about. */
const forgetInRequests = async (
  store: Store,
  objectId: string,
  at: Date,
): Promise<Pick<ForgottenPerson, 'requests' | 'inAzure'>> => {
  const requests: string[] = [];
  const inAzure: string[] = [];
  for await (const portion of store.requests.naming(objectId))
    for (const before of portion) {
      const after = requestWithoutPerson(before, objectId);
      if (after === undefined) continue;
      const rewrite = (alert: Alert): Alert => alertWithoutPerson(alert, before, objectId);
      await store.alerts.rewriteKept(before.reference, rewrite);
      await store.postedAlerts.rewrite(before.reference, rewrite, at);
      await recordChange(store, at, { before, after, actor, event: forgotten.event });
      requests.push(before.reference);
      if (before.appliedAt !== undefined && before.status !== 'expired')
        inAzure.push(...before.targets.map(({ exemptionId }) => exemptionId));
    }
  return { requests, inAzure };
};

const forgetChat = async (store: Store, objectId: string, at: Date): Promise<number> => {
  const place = personPlace(objectId);
  await store.alerts.reopenIn(place, at);
  await store.alerts.dropOpen(place, at);
  const chat = await store.conversations.personal(objectId);
  if (chat !== undefined) await store.conversations.forget(chat.id);
  await store.homeCards.remove(objectId);
  return chat === undefined ? 0 : 1;
};

const isNothing = ({
  ledgerRows,
  requests,
  drafts,
  subscriptions,
  answers,
  chats,
  readers,
}: ForgottenPerson): boolean => ledgerRows + requests.length + drafts + subscriptions + answers + chats + readers === 0;

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
    const { requests, inAzure } = await forgetInRequests(store, objectId, at);
    await store.postedAlerts.rename(objectId, erased.name, at);
    if (await store.postedAlerts.isAnyOutdated(at)) await store.jobs.send('refresh-alerts', {});
    const result = {
      ledgerRows,
      requests,
      drafts: (await store.drafts.removeOf(objectId)) + (await store.reportOffers.removeOf(objectId)),
      subscriptions: await store.subscriptions.rename(objectId, erased.name),
      answers: await store.keptAnswers.removeOf(objectId),
      chats: await forgetChat(store, objectId, at),
      readers: await store.readers.remove(objectId),
      inAzure,
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
