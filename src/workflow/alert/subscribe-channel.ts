import { roleAdvice } from '../../core/access/built-in-roles.ts';
import { mayDo, readAssessments, readExemptions, writeExemptions } from '../../core/access/access.ts';
import { filterWords } from '../../core/alert/filter-words.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { distinctBy } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { asPerson, type Person } from '../../core/person.ts';
import { everyAlert, type ChannelSubscription } from '../../core/alert/subscription.ts';
import type { SubscriptionWish } from '../../core/alert/subscription-words.ts';
import { afresh } from '../afresh.ts';
import type { Desk } from '../desk.ts';
import { findScope } from '../rights/find-scope.ts';

type Kind = ChannelSubscription['kind'];

/** The permissions on a scope that somebody needs to have it disclosed in a channel. */
const needed: Readonly<Record<Kind, readonly string[]>> = {
  alerts: [readAssessments, readExemptions],
  approvals: [writeExemptions],
};

/** For lists of some of these scopes: whether the Azure roles of somebody, read live now, allow them to subscribe channels to alerts on all of them. */
export const findMaySubscribe = async (
  desk: Desk,
  person: Person,
  all: readonly string[],
): Promise<(scopes: readonly string[]) => boolean> => {
  if (all.length === 0) return () => false;
  const reading = afresh(desk).hierarchy();
  const [hierarchy, access] = await Promise.all([reading, desk.forDecision(person, all, reading)]);
  const may = (scope: string): boolean => needed.alerts.every((action) => mayDo(access, action, scope, hierarchy));
  return (scopes) => scopes.length > 0 && scopes.every(may);
};

const whyNot: Readonly<Record<Kind, string>> = {
  alerts: 'you may not read it in Azure',
  approvals: 'none of your Azure roles allows exemptions there',
};

const mostScopes = 10;

const findScopes = async (desk: Desk, person: Person, named: SubscriptionWish['scopes'], hierarchy: Hierarchy) => {
  if (named.length > mostScopes)
    throw new GovernanceError('invalid', `One line names at most ${mostScopes} scopes. Send several lines.`);
  const found = await Promise.all(named.map((words) => findScope(desk, person, words, hierarchy)));
  return distinctBy(found, normalId);
};

/**
 * Subscribes a channel to some scopes, all or none. This discloses them, so the Azure roles of the person, read live, must allow it at each,
 * and it is recorded. Returns the names of the scopes. Throws ScopeQuestion where several have a name.
 */
export const subscribeChannel = async (
  desk: Desk,
  person: Person,
  channelId: string,
  { scopes: named, filter, alerts, requests }: SubscriptionWish,
): Promise<string[]> => {
  const hierarchy = await afresh(desk).hierarchy();
  const scopes = await findScopes(desk, person, named, hierarchy);
  const access = await desk.forDecision(person, scopes);
  const kinds: Kind[] = [...(alerts ? (['alerts'] as const) : []), ...(requests ? (['approvals'] as const) : [])];
  const all = kinds.flatMap((kind) => scopes.map((scope) => ({ kind, scope })));
  for (const { kind, scope } of all) {
    const missing = needed[kind].find((action) => !mayDo(access, action, scope, hierarchy));
    if (missing === undefined) continue;
    const label = scopeLabel(scope, hierarchy);
    throw new GovernanceError(
      'forbidden',
      `You may not subscribe to ${label} here, because ${whyNot[kind]} (${missing}). ${roleAdvice(missing, label)}`,
    );
  }
  const at = desk.now();
  await desk.database.transaction(async (store) => {
    for (const { kind, scope } of all) {
      const chosen = kind === 'alerts' ? filter : everyAlert;
      const words = filterWords(chosen);
      await store.subscriptions.save({
        channelId,
        kind,
        scope,
        filter: chosen,
        subscribedBy: person,
        subscribedAt: at,
      });
      await store.ledger.append({
        at,
        actor: asPerson(person),
        reference: undefined,
        event: 'subscribed',
        from: undefined,
        to: undefined,
        text: '',
        facts: { channel: channelId, kind, scope, ...(words === '' ? {} : { filter: words }) },
      });
    }
    if (alerts) await store.jobs.send('sweep-exemptions', {});
  });
  return scopes.map((scope) => scopeLabel(scope, hierarchy));
};

/**
 * Ends the subscriptions of a channel, of one kind and for all scopes or one; anybody in the channel may. Returns their number. With the
 * last one, waiting alerts of the channel are dropped.
 */
export const unsubscribeChannel = async (
  desk: Desk,
  person: Person,
  channelId: string,
  kind: Kind,
  words: readonly string[],
): Promise<number> => {
  const subscribed = (await desk.database.subscriptions.of([channelId])).filter((each) => each.kind === kind);
  const among = subscribed.map((each) => each.scope);
  const scope = words.length === 0 ? undefined : await findScope(desk, person, words, await desk.hierarchy(), among);
  const at = desk.now();
  return desk.database.transaction(async (store) => {
    const ended = await store.subscriptions.remove(channelId, kind, scope);
    if (ended === 0) return 0;
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
      facts: { channel: channelId, kind, scope: scope ?? 'all' },
    });
    return ended;
  });
};

/** The subscriptions of a channel, with readable scopes. */
export const subscriptionsOf = async (
  desk: Desk,
  channelId: string,
): Promise<{ subscription: ChannelSubscription; label: string }[]> => {
  const [hierarchy, all] = await Promise.all([desk.hierarchy(), desk.database.subscriptions.of([channelId])]);
  return all.map((subscription) => ({ subscription, label: scopeLabel(subscription.scope, hierarchy) }));
};
