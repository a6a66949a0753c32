import { createHash } from 'node:crypto';
import type { Person } from '../tenant/contoso/people.ts';

export type Member = { readonly person: Person; readonly id: string };
/** `name` is a person's key for the personal chat with the bot, or a channel's name like `#approvals`. */
export type Chat = {
  readonly name: string;
  readonly kind: 'personal' | 'channel';
  readonly conversationId: string;
  readonly member: Member | undefined;
};
export type Place = { readonly chat: Chat; readonly threadId: string | undefined };
export type Directory = ReturnType<typeof createDirectory>;

const opaque = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 43);
const guid = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const channelId = (name: string): string => `19:${opaque(name).replaceAll(/[^a-zA-Z0-9]/g, '0')}@thread.tacv2`;

const teamName = 'Cloud Security';
const channelNames = ['#General', '#security-alerts', '#approvals', '#team-shop'];

export type DirectoryOptions = {
  readonly people: readonly Person[];
  readonly tenantId: string;
  readonly botId: string;
  readonly botName: string;
  /** Names of channels in addition to the usual ones, like `#one-more`. */
  readonly moreChannels?: readonly string[] | undefined;
};

/** The people, the bot, its team and channels of this Teams, each with ids in the format of Teams. */
export const createDirectory = ({ people, tenantId, botId, botName, moreChannels = [] }: DirectoryOptions) => {
  const members = people.map((person): Member => ({ person, id: `29:1${opaque(`${botId} ${person.objectId}`)}` }));
  const memberOf = (key: string): Member => {
    const found = members.find(({ person }) => person.key === key);
    if (found === undefined) throw new RangeError(`Nobody is called ${key} here.`);
    return found;
  };
  const personalChats = members.map((member): Chat => ({
    name: member.person.key,
    kind: 'personal',
    conversationId: `a:1${opaque(`personal ${member.id}`)}`,
    member,
  }));
  const channels = [...channelNames, ...moreChannels].map((name): Chat => ({
    name,
    kind: 'channel',
    conversationId: channelId(name),
    member: undefined,
  }));
  const chats = [...personalChats, ...channels];
  const chatNamed = (name: string): Chat => {
    const found = chats.find((chat) => chat.name === name);
    if (found === undefined) throw new RangeError(`There is no chat called ${name}.`);
    return found;
  };
  return {
    tenantId,
    members,
    chats,
    channels,
    bot: { id: `28:${botId}`, name: botName },
    /** As everywhere in Teams, the team's id is that of its General channel. */
    team: { id: channelId('#General'), name: teamName, aadGroupId: guid(teamName) },
    memberOf,
    chatNamed,
    /** Where a person writes: 'personal' is that person's own chat with the bot. */
    chatFor: (personKey: string, where: string): Chat =>
      chatNamed(where === 'personal' ? memberOf(personKey).person.key : where),
    memberWithId: (id: string): Member | undefined =>
      members.find((member) => member.id === id || member.person.objectId === id),
    /** Finds the chat of a conversation id that a bot uses, and its thread if the id names one. */
    locate(conversationId: string): Place | undefined {
      const [base, threadId] = conversationId.split(';messageid=');
      const chat = chats.find((candidate) => candidate.conversationId === base);
      return chat && { chat, threadId };
    },
  };
};
