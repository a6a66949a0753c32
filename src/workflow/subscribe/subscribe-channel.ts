import { mayDo } from '../../core/access/access.ts';
import { roleAdvice } from '../../core/access/built-in-roles.ts';
import { filterWords } from '../../core/alert/filter-words.ts';
import { everyAlert, type AlertFilter, type ChannelSubscription } from '../../core/alert/subscription.ts';
import type { SubscriptionWish } from '../../core/alert/subscription-words.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { asPerson, type Person } from '../../core/person.ts';
import { scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { afresh } from '../afresh.ts';
import { neededToSubscribe as needed } from '../alert/may-subscribe.ts';
import type { Desk } from '../desk.ts';
import { findMeant, type Meant } from './find-meant.ts';
import { untoldByTag } from './find-tagged.ts';

type Kind = ChannelSubscription['kind'];

/** What a channel gets from now on. */
export type Arranged = {
  /** The names of the scopes. */
  readonly labels: readonly string[];
  readonly filter: AlertFilter;
  /** Of how many resources the tags could not be read, as a sentence, if a tag was named. */
  readonly untold?: string | undefined;
};

const whyNot: Readonly<Record<Kind, string>> = {
  alerts: 'you may not read it in Azure',
  approvals: 'none of your Azure roles allows exemptions there',
};

/** The scopes of all that may be disclosed by somebody, by their roles as they are now. Throws GovernanceError forbidden. */
const allowedScopes = async (
  desk: Desk,
  person: Person,
  { scopes, isWhatTheyRead }: Meant,
  kinds: readonly Kind[],
  hierarchy: Hierarchy,
): Promise<readonly string[]> => {
  const access = await desk.forDecision(person, scopes);
  const missing = (scope: string) =>
    kinds
      .flatMap((kind) => needed[kind].map((permission) => ({ kind, permission })))
      .find(({ permission }) => !mayDo(access, permission, scope, hierarchy));
  const allowed = scopes.filter((scope) => missing(scope) === undefined);
  if (allowed.length === scopes.length || (isWhatTheyRead && allowed.length > 0)) return allowed;
  const refused = scopes.find((scope) => missing(scope) !== undefined) ?? '';
  const label = scopeLabel(refused, hierarchy);
  const { kind = 'alerts', permission = '' } = missing(refused) ?? {};
  throw new GovernanceError(
    'forbidden',
    `You may not subscribe to ${label} here, because ${whyNot[kind]} (${permission}). ${roleAdvice(permission, label)}`,
  );
};

/** Records subscriptions of a channel that somebody may make. */
const keep = async (desk: Desk, subscriptions: readonly ChannelSubscription[]): Promise<void> => {
  await desk.database.transaction(async (store) => {
    for (const subscription of subscriptions) {
      const { channelId, kind, scope, filter, subscribedBy, subscribedAt } = subscription;
      const words = filterWords(filter);
      await store.subscriptions.save(subscription);
      await store.ledger.append({
        at: subscribedAt,
        actor: asPerson(subscribedBy),
        reference: undefined,
        event: 'subscribed',
        from: undefined,
        to: undefined,
        text: '',
        facts: { channel: channelId, kind, scope, ...(words === '' ? {} : { filter: words }) },
      });
    }
    if (subscriptions.some(({ kind }) => kind === 'alerts')) await store.jobs.send('sweep-exemptions', {});
  });
};

/**
 * Subscribes a channel to some scopes, all or none, or to a recommendation where the person may read. This discloses them, so the Azure roles of
 * the person, read live, must allow it, and it is recorded. Throws ScopeQuestion where several scopes have a name.
 */
export const subscribeChannel = async (
  desk: Desk,
  person: Person,
  channelId: string,
  wish: SubscriptionWish,
): Promise<Arranged> => {
  const hierarchy = await afresh(desk).hierarchy();
  const meant = await findMeant(desk, person, wish, hierarchy);
  const kinds: Kind[] = [
    ...(wish.alerts ? (['alerts'] as const) : []),
    ...(wish.requests ? (['approvals'] as const) : []),
  ];
  const scopes = await allowedScopes(desk, person, meant, kinds, hierarchy);
  const { recommendation } = meant;
  const { tag } = wish;
  const narrowed = {
    ...(recommendation === undefined ? {} : { recommendation }),
    ...(tag === undefined ? {} : { tag }),
  };
  const filters = { alerts: { ...wish.filter, ...narrowed }, approvals: { ...everyAlert, ...narrowed } };
  const by = { channelId, subscribedBy: person, subscribedAt: desk.now() };
  await keep(
    desk,
    kinds.flatMap((kind) => scopes.map((scope) => ({ ...by, kind, scope, filter: filters[kind] }))),
  );
  return {
    labels: scopes.map((scope) => scopeLabel(scope, hierarchy)),
    filter: filters.alerts,
    untold: tag === undefined ? undefined : await untoldByTag(desk, person, tag),
  };
};

/** The subscriptions of a channel, with readable scopes. */
export const subscriptionsOf = async (
  desk: Desk,
  channelId: string,
): Promise<{ subscription: ChannelSubscription; label: string }[]> => {
  const [hierarchy, all] = await Promise.all([desk.hierarchy(), desk.database.subscriptions.of([channelId])]);
  return all.map((subscription) => ({ subscription, label: scopeLabel(subscription.scope, hierarchy) }));
};
