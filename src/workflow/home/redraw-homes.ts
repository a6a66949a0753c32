import { isRefusal } from '../../core/governance-error.ts';
import type { HomeCard, HomeCount, HomeList } from '../../core/chat/home-view.ts';
import { homeLists } from '../../core/chat/home-view.ts';
import type { Desk } from '../desk.ts';
import { attemptAll } from '../attempt-all.ts';
import { inTimeOf } from '../reader-times.ts';
import { countHome } from './count-home.ts';

/** A card is drawn again no sooner than this, so that many decisions at once are one update; the tick of the next minute draws what is left. */
const apartMs = 5000;
/** So many at a time; the others have their turn a minute later. */
const together = 50;

const isKnown = ({ numbers }: HomeCount): boolean =>
  homeLists.every((list: HomeList) => numbers[list].kind !== 'unread');

const redraw = async (desk: Desk, card: HomeCard): Promise<void> => {
  const { homeCards, conversations } = desk.database;
  const { objectId, tenantId, conversationId, activityId, view: before } = card;
  const conversation = await conversations.find(conversationId);
  if (conversation === undefined) {
    await homeCards.remove(objectId);
    return;
  }
  const counted = await countHome(desk, { objectId, tenantId, name: '' }, before);
  const view = await inTimeOf(desk, { kind: 'personal', objectId }, counted);
  // What stood there was true when it was counted, and says when that was. Azure may answer in a minute.
  if (isKnown(before) && !isKnown(view)) return;
  const { timeZone: _zone, readerTime: _own, ...kept } = view;
  if (JSON.stringify(view.numbers) !== JSON.stringify(before.numbers)) {
    try {
      await desk.notifier.update(conversation, { conversationId, activityId }, { kind: 'home', view });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await homeCards.remove(objectId);
      return;
    }
  }
  await homeCards.keep({ ...card, view: kept });
};

/** Draws home cards again where they stand whose numbers something may have changed. Never posts. Safe to repeat. */
export const redrawHomes = async (desk: Desk): Promise<void> => {
  const stale = await desk.database.homeCards.stale(new Date(desk.now().getTime() - apartMs), together);
  await attemptAll(stale.map((card) => () => redraw(desk, card)));
};
