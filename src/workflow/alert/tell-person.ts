import type { Alert } from '../../core/alert/alert.ts';
import type { AlertDelivery } from '../../core/alert/alert-delivery.ts';
import type { Conversation } from '../../core/chat/conversation.ts';
import { noChatYet, personPlace } from '../../core/chat/person-place.ts';
import type { Desk } from '../desk.ts';
import { deliveryOf } from './raise-alerts.ts';
import { closeDeliveries, settleFailure, soonMs, takenForMs } from './settle-delivery.ts';

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

/**
 * Records news before they are posted, so that whoever dies in between loses none; false if they were recorded before. Nobody else posts them
 * for a minute. `unreachable`: why nobody can.
 */
const record = async (desk: Desk, delivery: AlertDelivery, { about, step }: News, unreachable?: string) =>
  desk.database.transaction(async (store) => {
    const at = desk.now();
    if (!(await store.alerts.claim(delivery.channelId, about, [step], at))) return false;
    await store.alerts.addDeliveries([delivery], at, new Date(at.getTime() + takenForMs));
    if (unreachable !== undefined) await store.alerts.close([delivery.id], 'undeliverable', at, unreachable);
    return true;
  });

const post = async (desk: Desk, chat: Conversation, { id }: AlertDelivery, text: string): Promise<void> => {
  try {
    await desk.notifier.post(chat, { kind: 'text', text });
  } catch (error) {
    const waitMs = await settleFailure(desk, { attempts: 0, unknowns: 0 }, [id], error);
    if (waitMs > 0 && waitMs <= soonMs) await desk.database.jobs.deliverAlertsIn(waitMs);
    return;
  }
  await closeDeliveries(desk, [id], 'sent');
};

/**
 * Tells somebody something once, in their personal chat; a second time only where nobody knows whether Teams had taken the first. What could not
 * be posted is delivered later, like alerts. Without a chat, or where it takes nothing for good, the message is kept and counted in `status`;
 * whoever begins a chat gets the latest about each matter.
 */
export const tellPerson = async (desk: Desk, objectId: string, news: News): Promise<void> => {
  const { alerts, conversations } = desk.database;
  const chat = await conversations.personal(objectId);
  const placeId = chat?.id ?? personPlace(objectId);
  const { about, step, text } = news;
  if (await alerts.isClaimed(placeId, about, [step])) return;
  const delivery = deliveryOf(desk, placeId, alertOf(news), { unitKey: `${about}|told` });
  const isNew = await record(desk, delivery, news, chat === undefined ? noChatYet : undefined);
  if (isNew && chat !== undefined) await post(desk, chat, delivery, text);
};
