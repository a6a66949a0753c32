import type { Alert } from '../../core/alert/alert.ts';
import { noChatYet, personPlace } from '../../core/chat/person-place.ts';
import { isRefusal } from '../../core/governance-error.ts';
import type { Desk } from '../desk.ts';
import { deliveryOf } from './raise-alerts.ts';

export type News = {
  /** The reference, or what else it is about; a later message about the same takes the place of one that waits. */
  readonly about: string;
  readonly reference: string | undefined;
  /** Begins with `told `, so that it does not count as an alert. Each is told once. */
  readonly step: `told ${string}`;
  readonly text: string;
};

const alertOf = ({ about, reference, text }: News): Alert => ({
  step: 'news',
  title: `News of ${about}`,
  severity: undefined,
  facts: [],
  words: text,
  rows: [],
  reference,
  exemptionId: undefined,
});

/** Keeps what could not be posted, as alerts are kept that could not: until the chat begins, or is reachable again. */
const keep = async (desk: Desk, placeId: string, news: News, why: string): Promise<void> => {
  const { about, step } = news;
  const delivery = deliveryOf(desk, placeId, alertOf(news), { unitKey: `${about}|told` });
  await desk.database.transaction(async (store) => {
    await store.alerts.claim(placeId, about, [step], desk.now());
    await store.alerts.addDeliveries([delivery], desk.now());
    await store.alerts.close([delivery.id], 'undeliverable', desk.now(), why);
  });
};

/**
 * Tells somebody something once, in their personal chat. Without one, or where it takes nothing for good, the message is kept and counted in
 * `status`; whoever begins a chat gets the latest about each matter. Throws what else Teams says.
 */
export const tellPerson = async (desk: Desk, objectId: string, news: News): Promise<void> => {
  const { alerts, conversations } = desk.database;
  const chat = await conversations.personal(objectId);
  const placeId = chat?.id ?? personPlace(objectId);
  const { about, step, text } = news;
  if (chat === undefined) {
    if (!(await alerts.isClaimed(placeId, about, [step]))) await keep(desk, placeId, news, noChatYet);
    return;
  }
  if (!(await alerts.claim(placeId, about, [step], desk.now()))) return;
  try {
    await desk.notifier.post(chat, { kind: 'text', text });
  } catch (error) {
    if (isRefusal(error)) return keep(desk, placeId, news, error.message);
    await alerts.release(placeId, about, [step]);
    throw error;
  }
};
