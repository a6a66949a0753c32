import { pauseAfter, whyGiveUp } from '../../core/alert/next-attempt.ts';
import { withoutThread } from '../../core/chat/conversation.ts';
import { NotSent } from '../../core/chat/notifier.ts';
import type { OutdatedAlert } from '../../core/chat/posted-alert.ts';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import { attemptAll } from '../attempt-all.ts';
import type { Desk } from '../desk.ts';
import { takenForMs } from './settle-delivery.ts';

const takenAtOnce = 10;
/** Cards drawn by one job: a replica that stops waits for its jobs, but not for long. */
const drawnByAJob = 100;

/** Draws it later, or no more until something else becomes of its exemptions. Throws unexpected errors. */
const settle = async (desk: Desk, card: OutdatedAlert, error: unknown): Promise<void> => {
  const { postedAlerts } = desk.database;
  const after = (ms: number): Date => new Date(desk.now().getTime() + ms);
  if (isRefusal(error)) return postedAlerts.remove(card);
  if (error instanceof NotSent && error.waitMs !== undefined)
    return postedAlerts.putBack(card, after(error.waitMs), false);
  if (whyGiveUp({ attempts: card.attempts, unknowns: 0 }, 'refused', '') !== undefined)
    return postedAlerts.noteDrawn(card);
  await postedAlerts.putBack(card, after(pauseAfter(card.attempts, 0.5)), true);
  if (!(error instanceof GovernanceError)) throw error;
};

const draw = async (desk: Desk, card: OutdatedAlert): Promise<void> => {
  const { conversations, postedAlerts } = desk.database;
  const { alert, outcome, ...posted } = card;
  try {
    const place = await conversations.find(withoutThread(card.conversationId));
    if (place === undefined) throw new GovernanceError('not-found', 'The conversation is no longer known.');
    await desk.notifier.update(place, posted, { kind: 'alert', alert: { ...alert, outcome }, mentions: [] });
  } catch (error) {
    return settle(desk, card, error);
  }
  await postedAlerts.noteDrawn(card);
};

/**
 * Draws the cards of alerts anew about whose exemptions something became known since, without notifying anybody. A card that is gone, or stands where the bot is not
 * any more, is forgotten; what Teams does not take now is drawn later. Several of these may run at once.
 */
export const refreshAlerts = async (desk: Desk): Promise<void> => {
  const { jobs, postedAlerts } = desk.database;
  for (let drawn = 0; drawn < drawnByAJob; drawn += takenAtOnce) {
    const at = desk.now();
    const cards = await postedAlerts.takeOutdated(at, new Date(at.getTime() + takenForMs), takenAtOnce);
    if (cards.length === 0) return;
    await attemptAll(cards.map((card) => () => draw(desk, card)));
  }
  await jobs.send('refresh-alerts', {});
};
