import type { Desk } from '../desk.ts';

/** Longer than anything waits for its turn while all goes well. */
const usualWaitMs = 60_000;

/** Has everything answered that waits in the inbox for longer than `waitMs`: whoever was at it may be gone. */
export const resumeAnswers = async (desk: Desk, waitMs = usualWaitMs): Promise<void> => {
  const { inbox, jobs } = desk.database;
  for (const conversationId of await inbox.waitingSince(new Date(desk.now().getTime() - waitMs)))
    await jobs.send('answer-activity', { conversationId });
};
