import { botNotInRoster, connectorError, conversationNotFound } from './connector-error.ts';
import type { Chat, Directory, Member } from '../directory.ts';
import type { Answer, Call, Routes } from '../router.ts';

const largestPage = 500;
/** The tenant of an organisation that nothing else is known of. */
const elsewhere = '0e1f2d3c-0000-4000-8000-00000000cafe';

/** The part of the Bot Connector's REST API that returns members, teams and channels. */
export const createRoster = (directory: Directory, isInstalled: (chat: Chat) => boolean): Routes => {
  const { members, team, channels, tenantId, belongingOf } = directory;
  /** Somebody of this organisation can only become an outsider by moving to another one. */
  const homeOf = (person: Member['person']): string => (person.tenantId === tenantId ? elsewhere : person.tenantId);
  /** The entry of somebody in the roster. A guest's account is one of the host; of people without an account only the name and the role are known. */
  const account = (member: Member) => {
    const { id, person } = member;
    const { name, userPrincipalName, objectId } = person;
    const belonging = belongingOf(member);
    if (belonging === 'anonymous') return { id, name, tenantId, userRole: 'anonymous' };
    const [givenName, surname] = name.split(' ');
    return {
      id,
      name,
      givenName,
      surname,
      objectId,
      aadObjectId: objectId,
      email: userPrincipalName,
      userPrincipalName,
      tenantId: belonging === 'guest' || belonging === 'member' ? tenantId : homeOf(person),
      userRole: belonging === 'guest' ? 'guest' : 'user',
    };
  };
  const withMembers = (call: Call, answer: (present: readonly Member[]) => Answer): Answer => {
    const chat = directory.locate(call.param('conversationId'))?.chat;
    if (chat === undefined) return conversationNotFound;
    if (!isInstalled(chat)) return botNotInRoster;
    return answer(directory.presentIn(chat));
  };
  const inTeam = (call: Call, json: unknown): Answer =>
    call.param('teamId') === team.id ? { json } : connectorError(404, 'TeamNotFound', 'There is no such team.');

  return {
    'GET /v3/conversations/:conversationId/members': (call) =>
      withMembers(call, (present) => ({ json: present.map(account) })),
    'GET /v3/conversations/:conversationId/pagedmembers': (call) =>
      withMembers(call, (present) => {
        const start = Number(call.query.get('continuationToken') ?? 0);
        const end = start + Math.min(Number(call.query.get('pageSize') ?? largestPage), largestPage);
        const continuationToken = end < present.length ? end.toString() : undefined;
        return { json: { members: present.slice(start, end).map(account), continuationToken } };
      }),
    'GET /v3/conversations/:conversationId/members/:memberId': (call) =>
      withMembers(call, (present) => {
        const member = directory.memberWithId(call.param('memberId'));
        return member !== undefined && present.includes(member)
          ? { json: account(member) }
          : connectorError(404, 'MemberNotFoundInConversation', 'That person is not in this conversation.');
      }),
    'GET /v3/teams/:teamId': (call) =>
      inTeam(call, { ...team, channelCount: channels.length, memberCount: members.length }),
    'GET /v3/teams/:teamId/conversations': (call) =>
      inTeam(call, {
        conversations: channels.map(({ conversationId, name, channelType }) =>
          conversationId === team.id
            ? { id: conversationId, type: 'standard' }
            : { id: conversationId, name: name.slice(1), type: channelType },
        ),
      }),
  };
};
