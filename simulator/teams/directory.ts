import { createHash } from 'node:crypto';
import type { Belonging, Person } from '../tenant/person.ts';

export type Member = { readonly person: Person; readonly id: string };
/** `name` is a person's key for the personal chat with the bot, a channel's name like `#approvals`, or the name of a group chat or meeting. */
export type Chat = {
  readonly name: string;
  readonly kind: 'personal' | 'channel' | 'groupChat';
  /** Of a channel. */
  readonly channelType?: 'standard' | 'private' | 'shared';
  /** Somebody added the app to this private or shared channel before everything began. */
  readonly hasApp?: boolean;
  /** A group chat that belongs to a meeting. */
  readonly isMeeting?: boolean;
  readonly conversationId: string;
  readonly member: Member | undefined;
  /** Whom the roster of this conversation lists at first. */
  readonly present: readonly Member[];
};
/** A Teams client as it tells the clock and language of its person: an IANA zone, and a language tag such as `en-US`. */
export type Client = { readonly timeZone: string; readonly locale: string };
export type Place = { readonly chat: Chat; readonly threadId: string | undefined };
export type Directory = ReturnType<typeof createDirectory>;

const opaque = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 43);
const guid = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const channelId = (name: string): string => `19:${opaque(name).replaceAll(/[^a-zA-Z0-9]/g, '0')}@thread.tacv2`;

const usualClient: Client = { timeZone: 'Europe/Berlin', locale: 'en-US' };
const teamName = 'Cloud Security';
const channelNames = ['#General', '#security-alerts', '#approvals', '#team-shop'];
/** The private and shared channels that are always there, with the keys of the people of the organisation who are in them. */
const usualSmallChannels = [
  { name: '#exemption-audit', channelType: 'private' as const, keys: ['bob', 'carol'] },
  { name: '#with-supplier', channelType: 'shared' as const, keys: ['alice', 'bob', 'carol'] },
];
const meetingId = (name: string): string => `19:meeting_${opaque(name)}@thread.v2`;
const groupChatId = (name: string): string => `19:${opaque(name)}@thread.v2`;

/** The group chats that are always there, with the keys of who is in them: few enough to see who is left out. */
const usualChats = [
  { name: 'Shop migration', isMeeting: false, keys: ['alice', 'bob', 'carol', 'erin'] },
  { name: 'Exemption review', isMeeting: true, keys: ['alice', 'bob', 'carol'] },
];

export type DirectoryOptions = {
  readonly people: readonly Person[];
  /** People whom the directory does not know. */
  readonly visitors?: readonly Person[] | undefined;
  readonly tenantId: string;
  readonly botId: string;
  readonly botName: string;
  /** Names of channels in addition to the usual ones, like `#one-more`. */
  readonly moreChannels?: readonly string[] | undefined;
  /** Channels shared with another organisation, so that `shared-channel` visitors are in them, and meetings with `everybody`. */
  readonly sharedChannels?: readonly string[] | undefined;
  readonly meetings?: readonly string[] | undefined;
};

/** The people, the bot, its team and channels of this Teams, each with ids in the format of Teams. */
export const createDirectory = ({
  people,
  visitors = [],
  tenantId,
  botId,
  botName,
  moreChannels = [],
  sharedChannels = [],
  meetings = [],
}: DirectoryOptions) => {
  const idOf = ({ objectId, key }: Person): string => `29:1${opaque(`${botId} ${objectId === '' ? key : objectId}`)}`;
  const members = people.map((person): Member => ({ person, id: idOf(person) }));
  const everybody = [...members, ...visitors.map((person): Member => ({ person, id: idOf(person) }))];
  const memberOf = (key: string): Member => {
    const found = everybody.find(({ person }) => person.key === key);
    if (found === undefined) throw new RangeError(`Nobody is called ${key} here.`);
    return found;
  };
  const changed = new Map<Member, Belonging>();
  const left = new Set<string>();
  const clients = new Map<Member, Client>();
  const personalChats = members.map((member): Chat => ({
    name: member.person.key,
    kind: 'personal',
    conversationId: `a:1${opaque(`personal ${member.id}`)}`,
    member,
    present: [member],
  }));
  const teamChannels = [...channelNames, ...moreChannels, ...sharedChannels].map((name): Chat => ({
    name,
    kind: 'channel',
    channelType: sharedChannels.includes(name) ? 'shared' : 'standard',
    hasApp: sharedChannels.includes(name),
    conversationId: channelId(name),
    member: undefined,
    present: sharedChannels.includes(name)
      ? everybody.filter(({ person }) => ['member', 'guest', 'shared-channel'].includes(person.belonging))
      : members,
  }));
  const smallChannels = usualSmallChannels.map(({ name, channelType, keys }): Chat => ({
    name,
    kind: 'channel',
    channelType,
    conversationId: channelId(name),
    member: undefined,
    present: everybody.filter(
      ({ person: { key, belonging } }) =>
        keys.includes(key) || (channelType === 'shared' && belonging === 'shared-channel'),
    ),
  }));
  const channels = [...teamChannels, ...smallChannels];
  const groupChats = [
    ...usualChats.map(({ keys, ...chat }) => ({
      ...chat,
      present: members.filter(({ person }) => keys.includes(person.key)),
    })),
    ...meetings.map((name) => ({ name, isMeeting: true, present: everybody })),
  ].map(({ name, isMeeting, present }): Chat => ({
    name,
    kind: 'groupChat',
    isMeeting,
    conversationId: (isMeeting ? meetingId : groupChatId)(name),
    member: undefined,
    present,
  }));
  const chats = [...personalChats, ...channels, ...groupChats];
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
    groupChats,
    bot: { id: `28:${botId}`, name: botName },
    /** As everywhere in Teams, the team's id is that of its General channel. */
    team: { id: channelId('#General'), name: teamName, aadGroupId: guid(teamName) },
    memberOf,
    belongingOf: (member: Member): Belonging => changed.get(member) ?? member.person.belonging,
    /** From now on Teams says something else of somebody. */
    become: (key: string, belonging: Belonging): void => void changed.set(memberOf(key), belonging),
    clientOf: (member: Member): Client => clients.get(member) ?? usualClient,
    /** From now on somebody's client says this of their clock and language. */
    useClient: (key: string, client: Client): void => void clients.set(memberOf(key), client),
    /** Whom the roster of a conversation lists now. */
    presentIn: (chat: Chat): readonly Member[] => chat.present.filter(({ id }) => !left.has(`${chat.name} ${id}`)),
    /** From now on somebody is not in a channel or group chat any more; nobody is told. */
    leave: (key: string, chat: string): void => void left.add(`${chatNamed(chat).name} ${memberOf(key).id}`),
    chatNamed,
    /** Where a person writes: 'personal' is that person's own chat with the bot. */
    chatFor: (personKey: string, where: string): Chat =>
      chatNamed(where === 'personal' ? memberOf(personKey).person.key : where),
    memberWithId: (id: string): Member | undefined =>
      everybody.find((member) => member.id === id || (id !== '' && member.person.objectId === id)),
    /** Finds the chat of a conversation id that a bot uses, and its thread if the id names one. */
    locate(conversationId: string): Place | undefined {
      const [base, threadId] = conversationId.split(';messageid=');
      const chat = chats.find((candidate) => candidate.conversationId === base);
      return chat && { chat, threadId };
    },
  };
};
