/** Where the bot can speak: a personal chat, a group chat, or a channel (its id without the thread). */
export type Conversation = {
  readonly id: string;
  readonly kind: 'personal' | 'group' | 'channel';
  readonly tenantId: string;
  /** Refreshed with every activity; only allow-listed hosts are ever kept. */
  readonly serviceUrl: string;
  /** The bot's own id in this conversation. */
  readonly botId: string;
  /** Of a personal chat: the Entra object id of its person. */
  readonly objectId: string | undefined;
  /** Of a channel: its name where Teams told it. */
  readonly name: string | undefined;
  /** Of a channel: its team, which is what the bot is installed in. */
  readonly teamId: string | undefined;
  /** Teams refused a message for good, and nothing has come from there since: nothing is posted. */
  readonly unreachable?: { readonly since: Date; readonly reason: string } | undefined;
};

export type ConversationStore = {
  /** Something came from there, so it can be reached. */
  readonly remember: (conversation: Conversation) => Promise<void>;
  readonly markUnreachable: (id: string, reason: string, since: Date) => Promise<void>;
  /** To try once more, although nothing came from there. */
  readonly markReachable: (ids: readonly string[]) => Promise<void>;
  readonly find: (id: string) => Promise<Conversation | undefined>;
  readonly personal: (objectId: string) => Promise<Conversation | undefined>;
  /** The channels of a team, as far as anybody has ever spoken to the bot there. */
  readonly ofTeam: (teamId: string) => Promise<Conversation[]>;
  /** Every place that the bot knows. */
  readonly all: () => Promise<Conversation[]>;
  readonly forget: (id: string) => Promise<void>;
};

/** A channel's id without the thread that Teams adds to it. */
export const withoutThread = (conversationId: string): string => conversationId.split(';')[0] ?? conversationId;
