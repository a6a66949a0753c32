import type { Conversation } from '../../core/chat/conversation.ts';
import type { Mentioned } from '../../core/chat/mentioned.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { erased } from '../../core/ledger/erase-person.ts';
import { distinctBy } from '../../core/lists.ts';
import { samePerson, type Person } from '../../core/person.ts';
import { decidersOf } from '../../core/request/deciders.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { normalId, subscriptionOf } from '../../core/tenant/arm-id.ts';
import { normalChain } from '../../core/tenant/hierarchy.ts';
import { afresh } from '../afresh.ts';
import type { Desk } from '../desk.ts';
import { refuseUnlessDecider } from '../rights/may-decide.ts';

/** The most people that one card mentions; that Teams, then Azure, is asked about for it; and what is read to find them, whatever the tenant holds. */
const most = { mentioned: 5, sought: 12, checked: 8, subscriptions: 3, decisions: 20 } as const;

/** A card is posted without mentions rather than later than this. */
const patienceMs = 4000;

/** People who decided lately where the request is about, in its subscriptions, or above; the last first. */
const findDeciders = async (desk: Desk, { terms }: ExemptionRequest): Promise<Person[]> => {
  const hierarchy = await desk.hierarchy();
  const subscriptions = terms.scopes.flatMap((scope) => subscriptionOf(normalId(scope)) ?? []);
  const named = distinctBy(subscriptions, (id) => id).slice(0, most.subscriptions);
  const above = terms.scopes.slice(0, 1).flatMap((scope) => normalChain(scope, hierarchy));
  const decided = await desk.database.requests.decidedNear({
    scopes: above.filter((scope) => subscriptionOf(scope) === undefined),
    inside: named,
    most: most.decisions,
  });
  return decidersOf(decided).filter(({ name }) => name !== erased.name);
};

/** The names of people whom a card mentioned when it was posted, as far as they are still known. */
export const namesOf = async (
  desk: Desk,
  request: ExemptionRequest,
  objectIds: readonly string[],
): Promise<Mentioned[]> => {
  if (objectIds.length === 0) return [];
  const known = await findDeciders(desk, request);
  return objectIds.flatMap((id) => {
    const person = known.find(({ objectId }) => objectId.toLowerCase() === id);
    return person === undefined ? [] : [{ objectId: id, name: person.name, userId: undefined }];
  });
};

/**
 * Whom the card of a request asks by name in a place where several people are: at most 5 who decided there or above it before, are in the
 * roster of that very conversation, and may decide this request now by their roles, read live. Never its requester, a guest, or somebody who has
 * approved it. Nobody where that is not known within some seconds.
 */
export const whomToAsk = (
  given: Desk,
  request: ExemptionRequest,
): ((place: Conversation) => Promise<readonly Mentioned[]>) => {
  const desk = afresh(given);
  const rights = new Map<string, Promise<boolean>>();
  let known: Promise<Person[]> | undefined;

  const findCandidates = async (): Promise<Person[]> => {
    const done = [request.requester, ...request.approvals.map(({ by }) => by)];
    const found = await findDeciders(desk, request);
    return found.filter((person) => !done.some((each) => samePerson(each, person))).slice(0, most.sought);
  };
  const mayDecide = (person: Person): Promise<boolean> => {
    const asked =
      rights.get(person.objectId) ??
      unlessUntold(async () => {
        await refuseUnlessDecider(desk, person, request);
        return true;
      }, false);
    rights.set(person.objectId, asked);
    return asked;
  };
  const find = async (place: Conversation): Promise<Mentioned[]> => {
    known ??= findCandidates();
    const sought = await Promise.all(
      (await known).map(async (person) => {
        const userId = await unlessUntold(() => desk.presence.mentionId(person.objectId, place), undefined);
        return userId === undefined ? [] : [{ person, userId }];
      }),
    );
    const able = await Promise.all(
      sought
        .flat()
        .slice(0, most.checked)
        .map(async ({ person, userId }) =>
          (await mayDecide(person)) ? [{ objectId: person.objectId.toLowerCase(), name: person.name, userId }] : [],
        ),
    );
    return able.flat().slice(0, most.mentioned);
  };
  return async (place) =>
    place.kind === 'personal'
      ? []
      : ((await desk.inTime(
          unlessUntold(() => find(place), []),
          patienceMs,
        )) ?? []);
};
