/** A place where Exemption Desk can post: a personal chat, a group chat (also that of a meeting), or a channel (its id without the thread). */
export type Conversation = {
  readonly id: string;
  readonly kind: 'personal' | 'group' | 'channel';
  readonly tenantId: string;
  /** Refreshed with every activity; only hosts of the allow-list are stored. */
  readonly serviceUrl: string;
  /** The id of the bot in this conversation. */
  readonly botId: string;
  /** Personal chat: the Entra object id of its person. */
  readonly objectId: string | undefined;
  /** Channel: its name, if Teams has told it. */
  readonly name: string | undefined;
  /** Channel: the team that it belongs to, in which the app is installed. */
  readonly teamId: string | undefined;
  /** Channel: as Teams calls it; undefined if Teams has not told. */
  readonly channelType?: ChannelType | undefined;
  /** Teams permanently refused a message, or said that it is closed, and no activity has come from there since: nothing is posted. */
  readonly unreachable?: { readonly since: Date; readonly reason: string } | undefined;
};

/** Everybody in the team is in a standard channel; a private or shared one has people of its own, a shared one also of other organisations. */
export type ChannelType = 'standard' | 'private' | 'shared';

export type ConversationStore = {
  /** Saves a conversation from which an activity came, and so marks it reachable. */
  readonly remember: (conversation: Conversation) => Promise<void>;
  readonly markUnreachable: (id: string, reason: string, since: Date) => Promise<void>;
  /** Follows a new name in Teams; does nothing for a conversation that is not known. */
  readonly rename: (id: string, name: string) => Promise<void>;
  /** Marks conversations for one more attempt, although no activity came from them. */
  readonly markReachable: (ids: readonly string[]) => Promise<void>;
  readonly find: (id: string) => Promise<Conversation | undefined>;
  readonly personal: (objectId: string) => Promise<Conversation | undefined>;
  /** The channels of a team in which somebody has spoken to the bot. */
  readonly ofTeam: (teamId: string) => Promise<Conversation[]>;
  /** How many are known; of these the personal chats, and of these the ones in which nobody can be reached any more. */
  readonly count: () => Promise<{ readonly all: number; readonly personal: number; readonly lost: number }>;
  /** A channel by its id or its name, with or without `#`. */
  readonly channelCalled: (words: string) => Promise<Conversation | undefined>;
  readonly forget: (id: string) => Promise<void>;
};

/** What a sentence calls a place that several people share. Meetings have a chat too. */
export const placeWord = ({ kind }: Pick<Conversation, 'kind'>): 'channel' | 'chat' =>
  kind === 'channel' ? kind : 'chat';

/** As Teams calls the kinds of conversations. */
export const conversationTypes = { personal: 'personal', group: 'groupChat', channel: 'channel' } as const;

/** The id of a channel without the thread that Teams appends. */
export const withoutThread = (conversationId: string): string => conversationId.split(';')[0] ?? conversationId;
