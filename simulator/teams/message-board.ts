import type { Clock } from '../clock.ts';
import type { Place } from './directory.ts';
import { cardsIn, visibleTextOf } from './message.ts';
import type { Json, MessageContent, TestMessage } from './message.ts';
import { createBroadcast } from './broadcast.ts';

/** `onlyFor` names the one person who sees the change; undefined is everybody in the chat. */
export type MessageNews = { readonly message: TestMessage; readonly onlyFor: string | undefined };
export type MessageBoard = ReturnType<typeof createMessageBoard>;

/** Teams shows a targeted message for a day. */
const targetedForMs = 24 * 60 * 60_000;

const nothingSaid: MessageContent = {
  text: '',
  textFormat: 'plain',
  summary: undefined,
  attachments: [],
  entities: [],
  importance: undefined,
};

const drawn = (content: MessageContent) => {
  const cards = cardsIn(content.attachments);
  return { ...content, cards, visibleText: visibleTextOf(content.text, cards) };
};

export type KeptMessages = {
  readonly messages: readonly TestMessage[];
  readonly personalCards: readonly { readonly message: string; readonly person: string; readonly card: Json }[];
};

/** All messages in the order of sending, and what individual persons see instead of a card. */
export const createMessageBoard = (clock: Clock, kept: KeptMessages = { messages: [], personalCards: [] }) => {
  const messages = new Map<string, TestMessage>(kept.messages.map((message) => [message.id, message]));
  const personalCards = new Map<string, Map<string, Json>>();
  for (const { message, person, card } of kept.personalCards)
    personalCards.set(message, new Map(personalCards.get(message)).set(person, card));
  const news = createBroadcast<MessageNews>();
  let lastId = Math.max(0, ...kept.messages.map(({ id }) => Number(id)));

  const store = (message: TestMessage, onlyFor?: string): TestMessage => {
    messages.set(message.id, message);
    news.tell({ message, onlyFor });
    return message;
  };
  const found = (id: string): TestMessage => {
    const message = messages.get(id);
    if (message === undefined) throw new RangeError(`There is no message ${id}.`);
    return message;
  };
  return {
    listen: news.listen,
    kept: (): KeptMessages => ({
      messages: [...messages.values()],
      personalCards: [...personalCards].flatMap(([message, cards]) =>
        [...cards].map(([person, card]) => ({ message, person, card })),
      ),
    }),
    find: (id: string) => messages.get(id),
    found,
    all: (chat: string): TestMessage[] => [...messages.values()].filter((message) => message.chat === chat),
    post(
      { chat, threadId }: Place,
      from: string,
      content: MessageContent,
      mentioned: readonly string[] = [],
      onlyFor?: string,
    ): TestMessage {
      const now = clock.now();
      // A moved-back clock must not hand out an id twice.
      lastId = Math.max(now.getTime(), lastId + 1);
      const id = lastId.toString();
      const thread = chat.kind === 'channel' ? (threadId ?? id) : undefined;
      const message = {
        id,
        chat: chat.name,
        conversationId: thread === undefined ? chat.conversationId : `${chat.conversationId};messageid=${thread}`,
        threadId: thread,
        from,
        ...drawn(content),
        mentioned,
        at: now.toISOString(),
        version: 1,
        deleted: false,
        problem: undefined,
        ...(onlyFor !== undefined && { onlyFor }),
      };
      return store(message, onlyFor);
    },
    update(id: string, content: MessageContent): TestMessage {
      personalCards.delete(id);
      const message = found(id);
      return store({ ...message, ...drawn(content), version: message.version + 1 }, message.onlyFor);
    },
    /** Removes all messages, like a retention policy: nobody is told. */
    forget(): void {
      messages.clear();
      personalCards.clear();
    },
    remove(id: string): void {
      personalCards.delete(id);
      const message = found(id);
      store({ ...message, ...drawn(nothingSaid), deleted: true }, message.onlyFor);
    },
    /** A targeted message is seen by its one person, for 24 hours; any other by everybody who is in the chat. */
    isSeenBy: ({ onlyFor, at }: TestMessage, personKey: string): boolean =>
      onlyFor === undefined || (onlyFor === personKey && clock.now().getTime() - Date.parse(at) < targetedForMs),
    complain: (id: string, problem: string) => store({ ...found(id), problem }),
    showCardTo(personKey: string, id: string, card: Json): void {
      personalCards.set(id, new Map(personalCards.get(id)).set(personKey, card));
      store(found(id), personKey);
    },
    /** The cards of a message as this person sees them. */
    cardsFor(personKey: string, id: string): readonly Json[] {
      const own = personalCards.get(id)?.get(personKey);
      return own === undefined ? found(id).cards : [own];
    },
  };
};
