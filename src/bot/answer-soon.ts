import type { Desk } from '../workflow/desk.ts';
import type { FrontDoorLog } from './front-door.ts';

export type AnswerSoon = {
  /** Starts answering a conversation, and leaves it to a job if that fails. */
  readonly begin: (conversationId: string) => void;
  /** Resolves when no answer is running. */
  readonly settled: () => Promise<void>;
};

/** The replica that receives a message answers it, which is fastest; the row in the inbox guarantees the answer. */
export const createAnswerSoon = (
  { database }: Pick<Desk, 'database'>,
  answer: (conversationId: string) => Promise<void>,
  log: FrontDoorLog,
): AnswerSoon => {
  const begun = new Set<Promise<void>>();

  const attempt = async (conversationId: string): Promise<void> => {
    try {
      await answer(conversationId);
    } catch (error) {
      log.warn({ err: error }, 'Answering failed and will be tried again');
      // If the database is away too, the tick of the next minute finds the row.
      await database.jobs.send('answer-activity', { conversationId }).catch(() => undefined);
    }
  };

  return {
    begin: (conversationId) => {
      const work = attempt(conversationId).finally(() => begun.delete(work));
      begun.add(work);
    },
    settled: async () => {
      while (begun.size > 0) await Promise.all(begun);
    },
  };
};
