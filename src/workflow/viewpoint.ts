import { readAssessments, scopesAllowing, type Access } from '../core/access.ts';
import { common, everything, queryScopes, scopeLabel, type Hierarchy } from '../core/hierarchy.ts';
import type { Person } from '../core/person.ts';
import type { Where } from '../core/recommendation.ts';
import type { Desk } from './desk.ts';

/** Who is asking, and where the answer will be read. */
export type Asker = { readonly person: Person; readonly channelId: string | undefined };

/** What an answer may be drawn from. */
export type Viewpoint = {
  readonly hierarchy: Hierarchy;
  readonly access: Access;
  /** The widest scopes that may be shown. */
  readonly scopes: readonly string[];
  readonly where: Where;
  /** "rg-shop-prod", "Contoso and 2 more": what the answer covers, in words. */
  readonly label: string;
  /** The person may read more than this channel is subscribed to. */
  readonly narrowedByChannel: boolean;
};

const listed = (labels: readonly string[]): string =>
  labels.length <= 3 ? labels.join(', ') : `${labels.slice(0, 3).join(', ')} and ${labels.length - 3} more`;

/**
 * What a person may see: the scopes where their Azure roles allow the action, and in a channel only the part of them that the channel's
 * subscriptions disclose.
 */
export const viewpointOf = async (desk: Desk, asker: Asker, action = readAssessments): Promise<Viewpoint> => {
  const [hierarchy, access] = await Promise.all([desk.hierarchy(), desk.forReading(asker.person)]);
  const own = scopesAllowing(access, action, hierarchy);
  const disclosed = asker.channelId === undefined ? [everything] : await disclosedIn(desk, asker.channelId);
  const scopes = common(own, disclosed, hierarchy);
  return {
    hierarchy,
    access,
    scopes,
    where: queryScopes(scopes, hierarchy),
    label: listed(scopes.map((scope) => scopeLabel(scope, hierarchy))),
    narrowedByChannel: own.some((scope) => !scopes.includes(scope)),
  };
};

const disclosedIn = async (desk: Desk, channelId: string): Promise<string[]> =>
  (await desk.database.subscriptions.all())
    .filter((subscription) => subscription.channelId === channelId)
    .map((subscription) => subscription.scope);
