import { firstFew } from '../../core/first-few.ts';
import { deniedScopes, readAssessments, scopesAllowing, type Access } from '../../core/access/access.ts';
import { managementGroupId, normalId, sameId } from '../../core/tenant/arm-id.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { everything, scopeLabel, scopesCalled, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { common, coveredBy, queryScopes, type ScopeTest } from '../../core/tenant/scope-sets.ts';
import { ScopeQuestion } from '../../core/tenant/scope-question.ts';
import { isOfWholeScope } from '../../core/alert/subscription.ts';
import { samePerson, type Person } from '../../core/person.ts';
import type { ReaderTime } from '../../core/calendar.ts';
import type { Where } from '../../core/tenant/recommendation.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';

/** Who asks, and where the answer will be read. */
export type Asker = {
  readonly person: Person;
  readonly channelId: string | undefined;
  /** How the person reads instants, if their client ever said so. */
  readonly readerTime?: ReaderTime | undefined;
  /** Their user principal name and mail by Teams' roster, as far as it says them. */
  readonly signIns?: readonly string[];
};

/** In which time an answer shows instants: that of the person where only they read it, else the configured one. */
export const timesOf = (
  { timeZone }: Pick<Desk, 'timeZone'>,
  { channelId, readerTime }: Pick<Asker, 'channelId' | 'readerTime'>,
): { readonly timeZone: string; readonly readerTime: ReaderTime | undefined } => ({
  timeZone,
  readerTime: channelId === undefined ? readerTime : undefined,
});

/** The part of the desk that decides what may be shown. */
type Eyes = Pick<Desk, 'hierarchy' | 'forReading'> & {
  readonly database: { readonly subscriptions: Pick<Desk['database']['subscriptions'], 'of'> };
};

/** The part of the tenant that an answer may show. */
export type Viewpoint = {
  readonly hierarchy: Hierarchy;
  readonly access: Access;
  /** The widest scopes that may be shown. */
  readonly scopes: readonly string[];
  /** Scopes inside them that a deny assignment hides from the person. */
  readonly hidden: readonly string[];
  readonly where: Where;
  /** The scopes in words: "rg-shop-prod", "Contoso and 2 more". */
  readonly label: string;
  /** The person may read more than this channel is subscribed to. */
  readonly narrowedByChannel: boolean;
};

/** The part of a viewpoint that decides whether something may be shown. */
export type Sight = Pick<Viewpoint, 'scopes' | 'hidden' | 'hierarchy'>;

const placesNamed = 3;

const whereOf = (scopes: readonly string[], hidden: readonly string[], hierarchy: Hierarchy): Where => {
  const { subscriptions, narrower } = queryScopes(scopes, hierarchy);
  const isHidden = coveredBy(hidden, hierarchy);
  const isShown = (scope: string): boolean => !isHidden(scope);
  const inside = hidden.filter(coveredBy([...subscriptions, ...narrower], hierarchy));
  return {
    subscriptions: subscriptions.filter(isShown),
    narrower: narrower.filter(isShown),
    ...(inside.length === 0 ? {} : { hidden: inside.map(normalId) }),
  };
};

const seen = new WeakMap<Sight, ScopeTest>();

const seenFrom = ({ scopes, hidden, hierarchy }: Sight): ScopeTest => {
  const [isInScopes, isHidden] = [coveredBy(scopes, hierarchy), coveredBy(hidden, hierarchy)];
  return (scope) => isInScopes(scope) && !isHidden(scope);
};

/** Whether something at a scope may be shown. The sight is indexed once, because lists ask about thousands of scopes. */
export const canSee = (sight: Sight, scope: string): boolean => {
  const test = seen.get(sight) ?? seenFrom(sight);
  seen.set(sight, test);
  return test(scope);
};

/**
 * Narrows a viewpoint to the scope that a person named, its `place`. Throws GovernanceError not-found if they can read none of it, and
 * ScopeQuestion if several scopes that they can read have this name.
 */
export const narrowByName = (viewpoint: Viewpoint, wanted: string): Viewpoint & { readonly place: string } => {
  const { hierarchy, hidden } = viewpoint;
  const [meant, ...others] = scopesCalled(wanted, hierarchy)
    .map((scope) => ({ scope, scopes: common(viewpoint.scopes, [scope], hierarchy) }))
    .filter(({ scopes }) => scopes.length > 0);
  if (meant === undefined) {
    throw new GovernanceError(
      'not-found',
      `No subscription or management group that you can read is called “${wanted}”, or Exemption Desk has no role there. Write its name as the Azure portal shows it; a resource group as group@subscription.`,
    );
  }
  if (others.length > 0)
    throw new ScopeQuestion(
      wanted,
      [meant, ...others].map(({ scope }) => scope),
      hierarchy,
    );
  const { scope, scopes } = meant;
  const label = scopeLabel(scope, hierarchy);
  return { ...viewpoint, scopes, where: whereOf(scopes, hidden, hierarchy), label, place: scope };
};

/**
 * The scopes where the Azure roles of a person allow the action; in a channel only the part of them that the subscriptions of the channel
 * disclose.
 */
export const takeViewpoint = async (desk: Eyes, asker: Asker, action = readAssessments): Promise<Viewpoint> => {
  const [hierarchy, access] = await Promise.all([desk.hierarchy(), desk.forReading(asker.person)]);
  const own = scopesAllowing(access, action, hierarchy);
  const disclosed = asker.channelId === undefined ? [everything] : await disclosedIn(desk, asker.channelId);
  const scopes = common(own, disclosed, hierarchy);
  const shown = new Set(scopes);
  const hidden = deniedScopes(access, action);
  return {
    hierarchy,
    access,
    scopes,
    hidden,
    where: whereOf(scopes, hidden, hierarchy),
    label: firstFew(
      scopes.map((scope) => seenLabel(scope, hierarchy)),
      placesNamed,
    ),
    narrowedByChannel: own.some((scope) => !shown.has(scope)),
  };
};

/** Above where Exemption Desk has a role it sees only what is below, whatever the person could see. */
const seenLabel = (scope: string, hierarchy: Hierarchy): string => {
  const isUnseen = hierarchy.unseen?.some(({ name }) => sameId(managementGroupId(name), scope)) === true;
  return `${scopeLabel(scope, hierarchy)}${isUnseen ? ' as far as Exemption Desk has a role' : ''}`;
};

const disclosedIn = async (desk: Eyes, channelId: string): Promise<string[]> =>
  (await desk.database.subscriptions.of([channelId])).filter(isOfWholeScope).map(({ scope }) => scope);

/** Of a request what decides who may see it. */
type SeenRequest = Pick<ExemptionRequest, 'requester'> & { readonly terms: Pick<ExemptionRequest['terms'], 'scopes'> };

/** In the personal chat: one's own requests and those on scopes one may read. In a channel: only those in scopes that it is subscribed to as well. */
export const maySee = (viewpoint: Viewpoint, asker: Asker, request: SeenRequest): boolean => {
  const own = samePerson(request.requester, asker.person);
  if (own && asker.channelId === undefined) return true;
  return request.terms.scopes.every((scope) => canSee(viewpoint, scope));
};
