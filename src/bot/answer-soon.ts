import type { Desk } from '../workflow/desk.ts';
import type { FrontDoorLog } from './front-door.ts';

export type AnswerSoon = {
  /** Starts answering a conversation, and leaves it to a job if that fails. */
  readonly begin: (conversationId: string) => void;
  /** Resolves when no answer is running. */
  readonly settled: () => Promise<void>;
};

/**
 * The replica that receives a message answers it, which is fastest; the row in the inbox guarantees the answer. However many come in a conversation,
 * one work answers them all.
 */
export const createAnswerSoon = (
  { database }: Pick<Desk, 'database'>,
  answer: (conversationId: string) => Promise<void>,
  log: FrontDoorLog,
): AnswerSoon => {
  const begun = new Set<Promise<void>>();
  /** The conversations that are being answered; true: something came since that may have been overlooked. */
  const running = new Map<string, boolean>();

  const attempt = async (conversationId: string): Promise<void> => {
    try {
      do {
        running.set(conversationId, false);
        await answer(conversationId);
      } while (running.get(conversationId) === true);
    } catch (error) {
      log.warn({ err: error }, 'Answering failed and will be tried again');
      // If the database is away too, the tick of the next minute finds the row.
      await database.jobs.send('answer-activity', { conversationId }).catch(() => undefined);
    } finally {
      running.delete(conversationId);
    }
  };

  return {
    begin: (conversationId) => {
      if (running.has(conversationId)) {
        running.set(conversationId, true);
        return;
      }
      const work = attempt(conversationId).finally(() => begun.delete(work));
      begun.add(work);
    },
    settled: async () => {
      while (begun.size > 0) await Promise.all(begun);
    },
  };
};
