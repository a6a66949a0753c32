import type { AlertDelivery, Parcel } from '../../core/alert/alert-delivery.ts';
import { sameId } from '../../core/tenant/arm-id.ts';
import type { Conversation } from '../../core/chat/conversation.ts';
import { isRefusal } from '../../core/governance-error.ts';
import type { Message, PostedMessage } from '../../core/chat/notifier.ts';
import { isAbout, wants, type ChannelSubscription } from '../../core/alert/subscription.ts';
import { isPersonPlace, noChatYet } from '../../core/chat/person-place.ts';
import type { Desk } from '../desk.ts';
import { closeDeliveries as close, settleFailure, soonMs, takenForMs } from './settle-delivery.ts';

const conversationsAtOnce = 8;
/** Posts in one conversation before the others get a turn, and by one job: a replica that stops waits for its jobs, but not for long. */
const postsInARow = 10;
const postsOfAJob = 100;
const longestNapMs = 2000;

/** Whether a subscription of the channel asked for it and still does; the filter does not hold back the end of what was told. */
const isWanted = (delivery: AlertDelivery, subscriptions: readonly ChannelSubscription[]): boolean =>
  subscriptions.some(
    (subscription) =>
      (delivery.scopes.length === 0 || delivery.scopes.some((each) => sameId(each, subscription.scope))) &&
      (delivery.kind === undefined || isAbout(subscription, delivery.alert)) &&
      (delivery.alert.ends === true ||
        wants(subscription.filter, { kind: delivery.kind, severity: delivery.alert.severity })),
  );

const messageOf = (
  { now, timeZone }: Pick<Desk, 'now' | 'timeZone'>,
  [first, ...others]: readonly AlertDelivery[],
): Message | undefined => {
  if (first === undefined) return undefined;
  if (others.length === 0 && first.alert.step === 'news') return { kind: 'text', text: first.alert.words };
  return others.length === 0 && !first.digest
    ? { kind: 'alert', alert: first.alert, mentions: first.mentions }
    : { kind: 'digest', alerts: [first, ...others].map(({ kind, alert }) => ({ kind, alert })), asOf: now(), timeZone };
};

/** In the thread of what the channel was told before, where it follows that; undefined if that is gone. Group chats and personal chats have no threads. */
const postBelow = async (
  { database, notifier }: Desk,
  channel: Conversation,
  message: Message,
): Promise<{ readonly posted: PostedMessage | undefined } | undefined> => {
  if (channel.kind !== 'channel' || message.kind !== 'alert') return undefined;
  const { ends, follows = [] } = message.alert;
  const before = ends === true ? await database.postedAlerts.latestIn(channel.id, follows) : undefined;
  if (before === undefined) return undefined;
  try {
    return { posted: await notifier.reply(channel, before, message) };
  } catch (error) {
    if (!isRefusal(error, 'not-found', 'forbidden')) throw error;
    await database.postedAlerts.remove(before);
    return undefined;
  }
};

/** Posts a message. If Teams refuses a card that mentions people, posts it without mentions. */
const post = async (desk: Desk, conversation: Conversation, message: Message): Promise<PostedMessage | undefined> => {
  const send = async (sent: Message): Promise<PostedMessage | undefined> => {
    const below = await postBelow(desk, conversation, sent);
    return below === undefined ? desk.notifier.post(conversation, sent) : below.posted;
  };
  try {
    return await send(message);
  } catch (error) {
    const mentions = message.kind === 'alert' && message.mentions.length > 0;
    if (!mentions || !isRefusal(error, 'invalid')) throw error;
    return send({ ...message, mentions: [] });
  }
};

/** Keeps where an alert stands, so that it can say later what became of it; and of one with an Approve button that it is about a request, because only such a card is replaced when it is decided. */
const remember = async (
  desk: Desk,
  message: Message,
  ids: readonly string[],
  posted: PostedMessage | undefined,
): Promise<void> => {
  const [id] = ids;
  if (message.kind !== 'alert' || posted === undefined || id === undefined) return;
  const { reference, approve } = message.alert;
  if (reference !== undefined && approve !== undefined)
    await desk.database.postedCards.add({ ...posted, reference, audience: 'alert' });
  await desk.database.transaction(async (store) => {
    await store.postedAlerts.add(id, posted, message.alert, desk.now());
    await store.alerts.close(ids, 'sent', desk.now());
    if (await store.postedAlerts.isAnyOutdated(desk.now())) await store.jobs.send('refresh-alerts', {});
  });
};

/** Posts what was taken, unless nobody wants it or can receive it. Returns how long to leave the conversation alone, in milliseconds. */
const deliver = async (
  desk: Desk,
  conversation: Conversation | undefined,
  subscriptions: readonly ChannelSubscription[],
  parcel: Parcel,
): Promise<number> => {
  const [first] = parcel.deliveries;
  if (conversation === undefined && first !== undefined && isPersonPlace(first.channelId)) {
    await close(
      desk,
      parcel.deliveries.map(({ id }) => id),
      'undeliverable',
      noChatYet,
    );
    return 0;
  }
  const isPersonal = conversation?.kind === 'personal';
  const wanted =
    conversation === undefined
      ? []
      : parcel.deliveries.filter((delivery) => isPersonal || isWanted(delivery, subscriptions));
  const ids = wanted.map(({ id }) => id);
  const unwanted = parcel.deliveries.map(({ id }) => id).filter((id) => !ids.includes(id));
  if (unwanted.length > 0) await close(desk, unwanted, 'unwanted');
  const message = messageOf(desk, wanted);
  if (conversation === undefined || message === undefined) return 0;
  let posted: PostedMessage | undefined;
  try {
    posted = await post(desk, conversation, message);
  } catch (error) {
    return settleFailure(desk, parcel, ids, error);
  }
  await remember(desk, message, ids, posted);
  await close(desk, ids, 'sent');
  // The first message that a place accepts again releases the others that wait for it.
  if (parcel.attempts > 0) await desk.database.alerts.retryIn(conversation.id, desk.now());
  return 0;
};

/** Runs work under the correlation of the event that the parcel reports; of several, the first. */
const underItsId = <Result>(desk: Desk, { deliveries: [first] }: Parcel, work: () => Result): Result =>
  first?.correlation === undefined ? work() : desk.correlation.within(first.correlation, work);

type Budget = { posts: number };

/** Serves one conversation for a while. Returns in how many milliseconds to serve it again; undefined if nothing is due there any more. */
const serve = async (
  desk: Desk,
  id: string,
  subscriptions: readonly ChannelSubscription[],
  budget: Budget,
): Promise<number | undefined> => {
  for (let turn = 0; turn < postsInARow && budget.posts > 0; turn += 1) {
    const at = desk.now();
    const until = new Date(at.getTime() + takenForMs);
    const [conversation, parcel] = await Promise.all([
      desk.database.conversations.find(id),
      desk.database.alerts.take(id, { at, until }, desk.alertsAtOnce),
    ]);
    if (parcel === undefined) return undefined;
    budget.posts -= 1;
    const waitMs = await underItsId(desk, parcel, () => deliver(desk, conversation, subscriptions, parcel));
    if (waitMs > 0) return waitMs;
  }
  return 0;
};

/**
 * Posts every alert that is due, one conversation after another, at the pace that Teams allows. Alerts that must wait are left to a later
 * job; permanently refused ones are kept with the reason. Several of these may run at once: each takes what the others have not taken. An
 * unexpected error in one conversation does not delay the others, and is thrown at the end.
 */
export const deliverAlerts = async (desk: Desk): Promise<void> => {
  const due = await desk.database.alerts.conversationsDue(desk.now());
  const waits: number[] = [];
  const faults: unknown[] = [];
  const budget: Budget = { posts: postsOfAJob };
  const left = due.values();
  const worker = async (): Promise<void> => {
    for (const id of left) {
      try {
        const subscribed = (await desk.database.subscriptions.of([id])).filter(({ kind }) => kind === 'alerts');
        const waitMs = await serve(desk, id, subscribed, budget);
        if (waitMs !== undefined) waits.push(waitMs);
      } catch (error) {
        faults.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: conversationsAtOnce }, worker));
  const soon = Math.min(...waits);
  if (soon <= soonMs) await desk.database.jobs.deliverAlertsIn(Math.min(soon, longestNapMs));
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} alerts could not be delivered.`, { cause: faults[0] });
};
