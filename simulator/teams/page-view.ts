import type { Clock } from '../clock.ts';
import type { Chat, Directory } from './directory.ts';
import type { TestMessage } from './message.ts';
import type { MessageBoard } from './message-board.ts';

export type PageView = ReturnType<typeof createPageView>;

/** What the page shows to one person: only that person's chats, with the cards as that person sees them. */
export const createPageView = (
  directory: Directory,
  board: MessageBoard,
  clock: Clock,
  controls: readonly string[],
  kept: Readonly<Record<string, number>> = {},
) => {
  const readUntil = new Map(Object.entries(kept));
  const where = (chat: string): string => (directory.chatNamed(chat).kind === 'personal' ? 'personal' : chat);
  const titleOf = ({ kind, name }: Chat): string => (kind === 'personal' ? directory.bot.name : name.replace(/^#/, ''));
  const chatsOf = (personKey: string): Chat[] => [
    directory.chatNamed(personKey),
    ...[...directory.groupChats, ...directory.channels].filter((chat) =>
      directory.presentIn(chat).includes(directory.memberOf(personKey)),
    ),
  ];
  const messageFor = (personKey: string, message: TestMessage) => ({
    ...message,
    where: where(message.chat),
    cards: board.cardsFor(personKey, message.id),
    author: message.from === 'bot' ? directory.bot.name : directory.memberOf(message.from).person.name,
  });
  const isUnread = (personKey: string, chat: Chat): boolean =>
    board
      .all(chat.name)
      .filter((message) => board.isSeenBy(message, personKey))
      .some(({ id, from }) => from !== personKey && Number(id) > (readUntil.get(`${personKey} ${chat.name}`) ?? 0));

  return {
    where,
    sees: (personKey: string, chat: string) => chatsOf(personKey).some(({ name }) => name === chat),
    messageFor,
    readUntil: (): Readonly<Record<string, number>> => Object.fromEntries(readUntil),
    markRead(personKey: string, place: string): void {
      const chat = directory.chatFor(personKey, place);
      readUntil.set(`${personKey} ${chat.name}`, Number(board.all(chat.name).at(-1)?.id ?? 0));
    },
    state: (personKey: string) => ({
      timeZone: directory.clientOf(directory.memberOf(personKey)).timeZone,
      now: clock.now().toISOString(),
      me: directory.memberOf(personKey).person.key,
      people: directory.members.map(({ person: { key, name, part } }) => ({ key, name, part })),
      botName: directory.bot.name,
      teamName: directory.team.name,
      controls,
      chats: chatsOf(personKey).map((chat) => ({
        where: where(chat.name),
        kind: chat.kind,
        channelType: chat.channelType,
        isMeeting: chat.isMeeting === true,
        title: titleOf(chat),
        people: directory.presentIn(chat).map(({ person }) => person.name),
        unread: isUnread(personKey, chat),
      })),
      messages: chatsOf(personKey).flatMap((chat) =>
        board
          .all(chat.name)
          .filter((message) => board.isSeenBy(message, personKey))
          .map((message) => messageFor(personKey, message)),
      ),
    }),
  };
};
