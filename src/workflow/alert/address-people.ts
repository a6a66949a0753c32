import { alertKinds } from '../../core/alert/alert-kinds.ts';
import type { Hearing } from '../../core/alert/audience.ts';
import { isHearer, type Heard } from '../../core/alert/ending.ts';
import type { Occurrence } from '../../core/alert/occurrence.ts';
import { samePerson, type Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { personPlace } from '../../core/chat/person-place.ts';
import type { Desk } from '../desk.ts';

/** An occurrence addressed to one conversation. */
export type Addressed = Occurrence & { readonly hearing: Hearing; readonly mentions: readonly string[] };

export type RequestBehind = (occurrence: Occurrence) => ExemptionRequest | undefined;

/** The people that a channel card mentions: the requester first, then the approvers. Nobody where something goes on as approved. */
export const mentionsIn = ({ kind, ending }: Occurrence, request: ExemptionRequest | undefined): string[] => {
  const { toRequester, toApprovers } = alertKinds[kind];
  if (request === undefined || !toRequester || ending?.onlyToHearers === true) return [];
  const approvers = toApprovers ? request.approvals.map(({ by }) => by.objectId) : [];
  return [request.requester.objectId, ...approvers];
};

/** The event as a conversation is told it: an end of what it heard is posted there whatever its filter is by then. */
export const asEnd = (occurrence: Occurrence): Occurrence => ({
  ...occurrence,
  alert: { ...occurrence.alert, ends: true },
});

/** Whom an event may concern in their own chat: its requester and, if it is an end, the approvers. */
const peopleOf = (occurrence: Occurrence, request: ExemptionRequest | undefined): Person[] => {
  if (request === undefined) return [];
  if (occurrence.ending === undefined) return alertKinds[occurrence.kind].toRequester ? [request.requester] : [];
  return [request.requester, ...request.approvals.map(({ by }) => by)];
};

/** The personal chats of everybody whom some of the events may concern, by object id; without a chat, where news wait for one. */
export const findChats = async (
  desk: Desk,
  occurrences: readonly Occurrence[],
  behind: RequestBehind,
): Promise<ReadonlyMap<string, string>> => {
  const ids = new Set(
    occurrences.flatMap((occurrence) => peopleOf(occurrence, behind(occurrence)).map(({ objectId }) => objectId)),
  );
  const chats = new Map<string, string>();
  for (const objectId of ids) {
    const chat = await desk.database.conversations.personal(objectId);
    chats.set(objectId, chat?.id ?? personPlace(objectId));
  }
  return chats;
};

/** What somebody is told in their own chat: news for requesters, and the end of what they were told there. */
const toldTo = (occurrence: Occurrence, person: Person, request: ExemptionRequest, isTold: boolean) => {
  const { ending, kind } = occurrence;
  const isRequester = samePerson(person, request.requester);
  if (isRequester && ending?.requesterKnows === true) return undefined;
  // Nobody approves their own request.
  const own = isRequester ? { ...occurrence, alert: { ...occurrence.alert, approve: undefined } } : occurrence;
  if (isTold) return asEnd(own);
  return isRequester && alertKinds[kind].toRequester && ending?.onlyToHearers !== true ? own : undefined;
};

/** Addresses events to personal chats. */
export const addressPeople = (
  desk: Desk,
  occurrences: readonly Occurrence[],
  behind: RequestBehind,
  { chats, heard }: { readonly chats: ReadonlyMap<string, string>; readonly heard: Heard },
): ReadonlyMap<string, readonly Addressed[]> => {
  const addressed = new Map<string, Map<Occurrence, Addressed>>();
  for (const occurrence of occurrences) {
    const request = behind(occurrence);
    if (request === undefined) continue;
    for (const person of peopleOf(occurrence, request)) {
      const chat = chats.get(person.objectId);
      const told = chat && toldTo(occurrence, person, request, isHearer(heard, chat, occurrence));
      if (chat === undefined || told === undefined || told === '') continue;
      const hearing = { dueAt: desk.now(), digest: false, scopes: occurrence.scopes };
      const there = addressed.get(chat) ?? new Map<Occurrence, Addressed>();
      addressed.set(chat, there.set(occurrence, { ...told, hearing, mentions: [] }));
    }
  }
  return new Map([...addressed].map(([chat, there]) => [chat, [...there.values()]]));
};

/** Finds the request behind each occurrence, if somebody beside the channels may want to hear of it. */
export const findRequestsBehind = async (desk: Desk, occurrences: readonly Occurrence[]): Promise<RequestBehind> => {
  const references = new Set(
    occurrences.flatMap(({ kind, alert, ending }) =>
      alert.reference !== undefined && (alertKinds[kind].toRequester || ending !== undefined) ? [alert.reference] : [],
    ),
  );
  const found = references.size === 0 ? [] : await desk.database.requests.list({ references: [...references] });
  const requests = new Map(found.map((request) => [request.reference, request]));
  return ({ alert }) => (alert.reference === undefined ? undefined : requests.get(alert.reference));
};
