import { subscriptionKey, type ChannelSubscription } from '../../core/alert/subscription.ts';
import type { SubscriptionWish } from '../../core/alert/subscription-words.ts';
import { whatWeAskedFor } from '../../core/alert/what-we-asked-for.ts';
import { asPerson, type Person } from '../../core/person.ts';
import { sameId } from '../../core/tenant/arm-id.ts';
import type { Desk } from '../desk.ts';
import { findScope } from '../rights/find-scope.ts';

/** Those of some subscriptions that a name means: of a tag, a recommendation, or a scope. */
const called = async (
  desk: Desk,
  person: Person,
  words: readonly string[],
  subscribed: readonly ChannelSubscription[],
): Promise<readonly ChannelSubscription[]> => {
  const said = words.join(' ').toLowerCase();
  if (said.startsWith('tag:')) {
    const tag = said.slice('tag:'.length);
    return subscribed.filter(({ filter }) => filter.tag?.toLowerCase() === tag);
  }
  const about = subscribed.filter(({ filter }) => filter.recommendation?.title.toLowerCase() === said);
  if (about.length > 0) return about;
  if (said === whatWeAskedFor) return subscribed.filter(({ filter }) => filter.ours === true);
  const among = subscribed.map(({ scope }) => scope);
  const scope = await findScope(desk, person, words, await desk.hierarchy(), among);
  return subscribed.filter((each) => sameId(each.scope, scope));
};

/**
 * Ends the subscriptions of a channel, of one kind: all of them, or those of the named scopes and recommendations; any member of the organisation
 * there may. Returns what ended. With the last one, waiting alerts of the channel are dropped.
 */
export const unsubscribeChannel = async (
  desk: Desk,
  person: Person,
  channelId: string,
  kind: ChannelSubscription['kind'],
  names: SubscriptionWish['scopes'],
): Promise<readonly ChannelSubscription[]> => {
  const subscribed = (await desk.database.subscriptions.of([channelId])).filter((each) => each.kind === kind);
  const meant = await Promise.all(names.map((words) => called(desk, person, words, subscribed)));
  const keys = names.length === 0 ? undefined : [...new Set(meant.flat().map(subscriptionKey))];
  if (keys?.length === 0) return [];
  const at = desk.now();
  return desk.database.transaction(async (store) => {
    const ended = await store.subscriptions.remove(channelId, kind, keys);
    if (ended.length === 0) return [];
    const left = (await store.subscriptions.of([channelId])).some((each) => each.kind === 'alerts');
    if (!left) await store.alerts.dropOpen(channelId, at);
    await store.ledger.append({
      at,
      actor: asPerson(person),
      reference: undefined,
      event: 'unsubscribed',
      from: undefined,
      to: undefined,
      text: '',
      facts: {
        channel: channelId,
        kind,
        scope: keys === undefined ? 'all' : ended.map(({ scope }) => scope).join(' '),
      },
    });
    return ended;
  });
};
