import type { Conversation } from '../../core/chat/conversation.ts';
import { covers, everything, normalChain } from '../../core/tenant/hierarchy.ts';
import { samePerson } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';

/** The channels subscribed to requests on scopes that contain all of these, or there to those about a recommendation (its key), if one is given. */
export const findApprovalChannels = async (
  desk: Desk,
  scopes: readonly string[],
  recommendation: string | undefined,
): Promise<Conversation[]> => {
  const hierarchy = await desk.hierarchy();
  const around = [everything, ...scopes.slice(0, 1).flatMap((scope) => normalChain(scope, hierarchy))];
  const ids = (
    await desk.database.subscriptions.at('approvals', around, recommendation === undefined ? [] : [recommendation])
  )
    .filter((each) => scopes.every((scope) => covers(each.scope, scope, hierarchy)))
    .map((each) => each.channelId);
  const channels = await Promise.all([...new Set(ids)].map((id) => desk.database.conversations.find(id)));
  return channels.filter((channel) => channel !== undefined);
};

/** The personal chats of people that the governance file names as approvers, if they have ever written to the bot. */
const namedApprovers = async (
  desk: Desk,
  { governance, requester }: Pick<ExemptionRequest, 'governance' | 'requester'>,
): Promise<Conversation[]> => {
  const ids = governance.approvers
    .flat()
    .filter(({ kind, id }) => kind === 'person' && !samePerson(requester, { ...requester, objectId: id }))
    .map(({ id }) => id);
  const chats = await Promise.all([...new Set(ids)].map((id) => desk.database.conversations.personal(id)));
  return chats.filter((chat) => chat !== undefined);
};

/** Every place where approvers are asked about a request: the subscribed channels, and the approvers named in the rules. */
export const findApprovalPlaces = async (
  desk: Desk,
  request: Pick<ExemptionRequest, 'governance' | 'requester' | 'terms'>,
): Promise<Conversation[]> => [
  ...(await findApprovalChannels(desk, request.terms.scopes, request.terms.recommendation.key)),
  ...(await namedApprovers(desk, request)),
];

/** The places where approvers are asked, in words. */
export const placeNames = (places: readonly Conversation[]): string[] => {
  const chats = places.filter(({ kind }) => kind === 'personal').length;
  return [
    ...places
      .filter(({ kind }) => kind !== 'personal')
      .map(({ name, kind }) => name ?? (kind === 'group' ? 'a group chat' : 'a channel')),
    ...(chats === 0 ? [] : [chats === 1 ? 'the chat of a named approver' : `the chats of ${chats} named approvers`]),
  ];
};
