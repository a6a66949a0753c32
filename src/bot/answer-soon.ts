import type { Desk } from '../workflow/desk.ts';
import type { FrontDoorLog } from './front-door.ts';

export type AnswerSoon = {
  /** Begins to answer what waits in a conversation, and leaves it to a job where that fails. */
  readonly begin: (conversationId: string) => void;
  /** Resolves when nothing is begun any more. */
  readonly settled: () => Promise<void>;
};

/** Whoever takes a message answers it, which is quickest; the row in the inbox is what makes sure of it. */
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
      // Where the database is away too, the tick of a minute finds the row.
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
