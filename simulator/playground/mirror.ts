import type { Chat, Directory } from '../teams/directory.ts';
import type { MessageBoard } from '../teams/message-board.ts';
import type { Json, TestMessage } from '../teams/message.ts';

export type Mirror = ReturnType<typeof createMirror>;

export type MirrorOptions = {
  readonly directory: Directory;
  readonly board: MessageBoard;
  readonly personKey: string;
  /** The channel that this Playground has. */
  readonly channelName: string;
  /** Called with what the Playground did not take. */
  readonly complain: (problem: string) => void;
};

const asActivity = (message: TestMessage): Json => {
  const { text, textFormat, summary, attachments, entities, importance } = message;
  if (message.deleted) return { type: 'message', text: '(deleted)', textFormat: 'plain' };
  return { type: 'message', text, textFormat, summary, attachments, entities, importance };
};

/**
 * Shows what the bot posts into one person's chats in that person's Playground, in order, with every later change. The ids of messages differ
 * on both sides; this knows which belong together. The Playground cannot delete, so a deleted message says so.
 */
export const createMirror = ({ directory, board, personKey, channelName, complain }: MirrorOptions) => {
  const shownAs = new Map<string, string>();
  const originals = new Map<string, string>();
  const chats: readonly Chat[] = [personKey, '#General', channelName].map(directory.chatNamed);
  let connectorUrl: string | undefined;
  let isPageOpen = false;
  let last = Promise.resolve();

  const pair = (messageId: string, playgroundId: string): void => {
    shownAs.set(messageId, playgroundId);
    originals.set(playgroundId, messageId);
  };
  const call = async (method: string, path: string, body: Json): Promise<Json> => {
    const response = await fetch(`${connectorUrl ?? ''}/v3/conversations/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`it answered ${response.status} to ${method}: ${await response.text()}`);
    return (await response.json()) as Json;
  };
  const show = async (message: TestMessage, chat: Chat): Promise<void> => {
    const { id, threadId } = message;
    const known = shownAs.get(id);
    const root = threadId === undefined ? undefined : shownAs.get(threadId);
    const thread = root === undefined ? '' : `;messageid=${root}`;
    const activities = `${encodeURIComponent(`${chat.conversationId}${thread}`)}/activities`;
    if (known !== undefined) {
      await call('PUT', `${activities}/${known}`, asActivity(message));
      return;
    }
    const posted = String((await call('POST', activities, asActivity(message))).id);
    // Without its root in this page, the first of a thread stands for the root.
    if (threadId !== undefined && root === undefined) pair(threadId, posted);
    pair(id, posted);
  };
  const inOrder = (work: () => Promise<void> | void): void => {
    last = last
      .then(work)
      .catch((error: unknown) => complain(`The Playground did not show a message: ${String(error)}`));
  };
  const queue = (message: TestMessage): void => {
    const chat = chats.find(({ name }) => name === message.chat);
    if (chat !== undefined && message.from === 'bot' && isPageOpen) inOrder(() => show(message, chat));
  };
  return {
    pair,
    /** The message that the Playground means; an id that it made itself stays as it is. */
    original: async (playgroundId: string): Promise<string> => {
      await last;
      return originals.get(playgroundId) ?? playgroundId;
    },
    /** Returns a function that stops it. Nothing is shown before a page is open: the page breaks on messages that come before its settings. */
    begin: (url: string): (() => void) => {
      connectorUrl = url;
      return board.listen(({ message, onlyFor }) => {
        if (onlyFor === undefined) queue(message);
      });
    },
    /** The page was opened or loaded anew, is empty, and gets everything that there is. */
    pageOpened: (): void => {
      isPageOpen = true;
      inOrder(() => {
        shownAs.clear();
        originals.clear();
      });
      for (const { name } of chats) for (const message of board.all(name)) if (!message.deleted) queue(message);
    },
  };
};
