import type { Conversation } from '../../src/core/chat/conversation.ts';
import { NotSent, type Message, type Notifier } from '../../src/core/chat/notifier.ts';

export type NotifierUnderTest = {
  readonly notifier: Notifier;
  readonly chat: Conversation;
  readonly channel: Conversation;
  /** The texts that stand in a conversation, oldest first. */
  readonly textsIn: (conversation: Conversation) => readonly string[];
  /** The ids of the conversations that these stand in, with their threads. */
  readonly threadsIn: (conversation: Conversation) => readonly string[];
  /** The bot is removed from the chat. */
  readonly uninstall: () => Promise<void> | void;
  /** The next call is met like this. */
  readonly meetNextWith: (what: 'ask to wait' | 'silence' | 'too big') => void;
};

const text = (words: string): Message => ({ kind: 'text', text: words });

/** What every notifier promises. */
export const describeNotifier = (name: string, make: () => Promise<NotifierUnderTest>): void => {
  describe(`the notifier of ${name}`, () => {
    let under: NotifierUnderTest;
    beforeEach(async () => {
      under = await make();
    });

    it('posts into a chat, and into a new thread of a channel', async () => {
      const { notifier, chat, channel } = under;
      const [first, second] = [await notifier.post(chat, text('One')), await notifier.post(chat, text('Two'))];
      expect(first?.conversationId).toBe(chat.id);
      expect(second?.activityId).not.toBe(first?.activityId);
      expect(under.textsIn(chat)).toEqual(['One', 'Two']);
      const threads = [await notifier.post(channel, text('A')), await notifier.post(channel, text('B'))];
      for (const thread of threads) expect(thread?.conversationId).toMatch(`${channel.id};messageid=`);
      expect(threads[0]?.conversationId).not.toBe(threads[1]?.conversationId);
      expect(under.textsIn(channel)).toEqual(['A', 'B']);
    });

    it('adds to the thread of what it posted', async () => {
      const { notifier, channel } = under;
      const posted = await notifier.post(channel, text('A'));
      await notifier.post(channel, text('B'));
      await notifier.reply(channel, posted!, text('More of A'));
      expect(under.textsIn(channel)).toEqual(['A', 'B', 'More of A']);
      expect(under.threadsIn(channel)[2]).toBe(posted!.conversationId);
    });

    it('changes what it posted', async () => {
      const { notifier, channel } = under;
      const posted = await notifier.post(channel, text('Before'));
      await notifier.update(channel, posted!, text('After'));
      expect(under.textsIn(channel)).toEqual(['After']);
      const gone = { ...posted!, activityId: 'no-such-message' };
      await expect(notifier.update(channel, gone, text('Never'))).rejects.toMatchObject({ code: 'not-found' });
    });

    it('is refused for good where the bot was removed', async () => {
      await under.uninstall();
      await expect(under.notifier.post(under.chat, text('One'))).rejects.toMatchObject({ code: 'forbidden' });
    });

    it('tells what certainly did not go out from what may have', async () => {
      under.meetNextWith('ask to wait');
      await expect(under.notifier.post(under.chat, text('One'))).rejects.toThrow(NotSent);
      under.meetNextWith('silence');
      const unknown: unknown = await under.notifier.post(under.chat, text('One')).catch((error: unknown) => error);
      expect(unknown).toMatchObject({ code: 'unavailable' });
      expect(unknown).not.toBeInstanceOf(NotSent);
      under.meetNextWith('too big');
      await expect(under.notifier.post(under.chat, text('One'))).rejects.toMatchObject({ code: 'invalid' });
    });
  });
};
