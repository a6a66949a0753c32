import { mayDo, readAssessments, readExemptions, writeExemptions } from '../core/access.ts';
import { managementGroupId } from '../core/arm-id.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { everything, scopeLabel, scopeNamed, type Hierarchy } from '../core/hierarchy.ts';
import { asPerson, type Person } from '../core/person.ts';
import type { ChannelSubscription } from '../core/subscription.ts';
import type { Desk } from './desk.ts';

type Kind = ChannelSubscription['kind'];

const needed: Readonly<Record<Kind, readonly string[]>> = {
  alerts: [readAssessments, readExemptions],
  approvals: [writeExemptions],
};

/** "everything" is the tenant's root management group where the bot can see it: roles are held there, not on the tenant. */
const scopeMeant = (words: string, hierarchy: Hierarchy): string => {
  const scope = scopeNamed(words, hierarchy);
  if (scope === undefined) {
    throw new GovernanceError(
      'not-found',
      `No management group or subscription is called “${words}”. Say its name, or everything.`,
    );
  }
  const root = hierarchy.managementGroups.find((group) => group.ancestors.length === 0);
  return scope === everything && root !== undefined ? managementGroupId(root.name) : scope;
};

/** Subscribes a channel: a disclosure on record by somebody whose Azure roles, read live, allow it on that scope. The scope's name. */
export const subscribeChannel = async (
  desk: Desk,
  person: Person,
  channelId: string,
  kind: Kind,
  words: string,
): Promise<string> => {
  const hierarchy = await desk.hierarchy();
  const scope = scopeMeant(words, hierarchy);
  const label = scopeLabel(scope, hierarchy);
  const access = await desk.forDecision(person, [scope]);
  const missing = needed[kind].find((action) => !mayDo(access, action, scope, hierarchy));
  if (missing !== undefined) {
    const why = kind === 'alerts' ? 'you may not read it in Azure' : 'no Azure role of yours allows exemptions there';
    throw new GovernanceError(
      'forbidden',
      `You may not subscribe this channel to ${label}, because ${why} (${missing}).`,
    );
  }
  const at = desk.now();
  await desk.database.transaction(async (store) => {
    await store.subscriptions.save({ channelId, kind, scope, subscribedBy: person, subscribedAt: at });
    await store.ledger.append({
      at,
      actor: asPerson(person),
      reference: undefined,
      event: 'subscribed',
      from: undefined,
      to: undefined,
      text: '',
      facts: { channel: channelId, kind, scope },
    });
    if (kind === 'alerts') await store.jobs.send('sweep-exemptions', {});
  });
  return label;
};

/** Ends a channel's subscriptions of a kind, all or one scope's; anybody in the channel may. How many ended. */
export const unsubscribeChannel = async (
  desk: Desk,
  person: Person,
  channelId: string,
  kind: Kind,
  words: string,
): Promise<number> => {
  const scope = words === '' ? undefined : scopeMeant(words, await desk.hierarchy());
  return desk.database.transaction(async (store) => {
    const ended = await store.subscriptions.remove(channelId, kind, scope);
    if (ended === 0) return 0;
    await store.ledger.append({
      at: desk.now(),
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

/** A channel's subscriptions with readable scopes. */
export const subscriptionsOf = async (
  desk: Desk,
  channelId: string,
): Promise<{ subscription: ChannelSubscription; label: string }[]> => {
  const [hierarchy, all] = await Promise.all([desk.hierarchy(), desk.database.subscriptions.all()]);
  return all
    .filter((subscription) => subscription.channelId === channelId)
    .map((subscription) => ({ subscription, label: scopeLabel(subscription.scope, hierarchy) }));
};
