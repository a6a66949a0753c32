import type { TestMessage } from './message.ts';
import type { MessageBoard } from './message-board.ts';

export type WaitForMessage = (
  chat: string,
  predicate: (message: TestMessage) => boolean,
  timeoutMs?: number,
) => Promise<TestMessage>;

/** Resolves with the first message that matches, now or later, new or updated; the error lists the messages instead. */
export const createWaitForMessage =
  (board: MessageBoard): WaitForMessage =>
  (chat, predicate, timeoutMs = 60_000) =>
    new Promise((resolve, reject) => {
      const fits = (message: TestMessage): boolean => message.chat === chat && !message.deleted && predicate(message);
      const present = board.all(chat).find(fits);
      if (present !== undefined) {
        resolve(present);
        return;
      }
      const timer = setTimeout(() => {
        stop();
        const seen = board.all(chat).map(({ from, visibleText }) => `${from}: ${visibleText.replaceAll('\n', ' | ')}`);
        reject(new Error(`No such message in ${chat} within ${timeoutMs} ms; there is:\n${seen.join('\n')}`));
      }, timeoutMs);
      const stop = board.listen(({ message }) => {
        if (!fits(message)) return;
        clearTimeout(timer);
        stop();
        resolve(message);
      });
    });
