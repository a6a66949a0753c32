import { alertKinds } from '../../core/alert/alert-kinds.ts';
import type { Hearing } from '../../core/alert/audience.ts';
import type { Occurrence } from '../../core/alert/occurrence.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';

/** An occurrence addressed to one conversation. */
export type Addressed = Occurrence & { readonly hearing: Hearing; readonly mentions: readonly string[] };

/** The people that a channel card mentions: the requester first, then the approvers. */
export const mentionsIn = ({ kind }: Occurrence, request: ExemptionRequest | undefined): string[] => {
  const { toRequester, toApprovers } = alertKinds[kind];
  if (request === undefined || !toRequester) return [];
  const approvers = toApprovers ? request.approvals.map(({ by }) => by.objectId) : [];
  return [request.requester.objectId, ...approvers];
};

/** Addresses occurrences to the requesters' personal chats, for requesters who have one. */
export const addressRequesters = async (
  desk: Desk,
  occurrences: readonly Occurrence[],
  behind: (occurrence: Occurrence) => ExemptionRequest | undefined,
): Promise<ReadonlyMap<string, readonly Addressed[]>> => {
  const theirs = occurrences.filter(({ kind }) => alertKinds[kind].toRequester);
  const byPerson = Map.groupBy(theirs, (occurrence) => behind(occurrence)?.requester.objectId);
  const addressed = new Map<string, readonly Addressed[]>();
  for (const [objectId, some] of byPerson) {
    const chat = objectId === undefined ? undefined : await desk.database.conversations.personal(objectId);
    if (chat === undefined) continue;
    const hearing = { dueAt: desk.now(), digest: false };
    addressed.set(
      chat.id,
      some.map((occurrence) => ({ ...occurrence, hearing: { ...hearing, scopes: occurrence.scopes }, mentions: [] })),
    );
  }
  return addressed;
};

/** Finds the request behind each occurrence, if its requester may want to hear of it. */
export const findRequestsBehind = async (
  desk: Desk,
  occurrences: readonly Occurrence[],
): Promise<(occurrence: Occurrence) => ExemptionRequest | undefined> => {
  const named = occurrences.some(({ kind, alert }) => alert.reference !== undefined && alertKinds[kind].toRequester);
  const requests = new Map(
    (named ? await desk.database.requests.list({}) : []).map((request) => [request.reference, request]),
  );
  return ({ alert }) => (alert.reference === undefined ? undefined : requests.get(alert.reference));
};
