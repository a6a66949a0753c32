import {
  deleteExemptions,
  deniedScopes,
  readExemptions,
  scopesAllowing,
  type Access,
} from '../../core/access/access.ts';
import { placesNamed, type Others } from '../../core/access/others-can.ts';
import { holdsAnywhere, type WhyEmpty } from '../../core/access/why-empty.ts';
import {
  managementGroupId,
  normalId,
  resourceGroupOf,
  sameId,
  scopeOfExtension,
  subscriptionOf,
} from '../../core/tenant/arm-id.ts';
import { cleanupKinds, type CleanupItem, type CleanupKind, type CleanupPlan } from '../../core/inventory/cleanup.ts';
import type { LeftoverFilter } from '../../core/inventory/leftovers.ts';
import { ageSentences, stillReading } from '../../core/inventory/listing-age.ts';
import { isExpired, type Exemption } from '../../core/exemption/exemption.ts';
import { scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { scopeFilter, type ScopeFilter } from '../../core/tenant/scope-filter.ts';
import type { Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';
import { findWhoCouldDelete } from './find-who-could-delete.ts';
import { findMissingRole, findWhyEmpty, readingFor } from '../rights/find-why-empty.ts';
import { assignmentOf, bearingOn, type PolicyMap } from '../plan/map-policies.ts';

/** The most exemptions and resource groups of one plan, because whoever orders it has their permissions read from Azure group by group. */
const most = { exemptions: 200, groups: 20 } as const;

/** Roles are read at the resource group, for everything below it, not for each resource. */
export const groupOf = (scope: string): string => normalId(resourceGroupOf(scope) ?? scope);

/** An assignment counts as gone only if Exemption Desk can see its scope; otherwise it may just be hidden. */
const isGone = (map: PolicyMap, exemption: Exemption, hierarchy: Hierarchy): boolean => {
  if (assignmentOf(map, exemption) !== undefined) return false;
  const place = scopeOfExtension(exemption.policyAssignmentId);
  const subscription = subscriptionOf(place);
  return subscription === undefined
    ? hierarchy.managementGroups.some(({ name }) => sameId(place, managementGroupId(name)))
    : hierarchy.subscriptions.some(({ id }) => normalId(id) === normalId(subscription));
};

/** Why an exemption can be deleted now; undefined if it must stay. */
export const cleanupKindOf = (
  exemption: Exemption,
  map: PolicyMap,
  hierarchy: Hierarchy,
  now: Date,
): CleanupKind | undefined => {
  if (isGone(map, exemption, hierarchy)) return 'orphaned';
  return isExpired(exemption, now) && bearingOn(map, exemption).length > 0 ? 'expired' : undefined;
};

export type CleanupView = {
  readonly plan: CleanupPlan;
  readonly rows: readonly (CleanupItem & { readonly name: string; readonly scopeLabel: string })[];
  /** The tools that manage exemptions of that kind in their own files, and how many: those are left alone. */
  readonly keptBy: ReadonlyMap<string, number>;
  /** There are more exemptions than fit into one plan. */
  readonly more: boolean;
  /** What the person may read but not delete. */
  readonly others: Others;
  /** How old it is, as sentences; empty if nothing is to be said. */
  readonly age: string;
  /** Undefined unless there is nothing that they may delete. */
  readonly whyEmpty: WhyEmpty | undefined;
};

const sum = (counts: Iterable<number>): number => [...counts].reduce((all, each) => all + each, 0);

const othersIn = async (desk: Desk, person: Person, filter: LeftoverFilter, hierarchy: Hierarchy): Promise<Others> => {
  const { leftovers } = desk.database;
  const [counts, { first, inAll }] = await Promise.all([
    leftovers.count(filter),
    leftovers.places(filter, placesNamed),
  ]);
  const places = first.map((place) => ({ ...place, label: scopeLabel(place.scope, hierarchy) }));
  return {
    count: sum(counts.values()),
    places: places.map(({ label }) => label),
    placesInAll: inAll,
    people: await findWhoCouldDelete(desk, person, places),
  };
};

const nothingOfOthers: Others = { count: 0, places: [], placesInAll: 0, people: [] };

const isSameSight = (one: ScopeFilter, other: ScopeFilter): boolean => JSON.stringify(one) === JSON.stringify(other);

const findWhyNothing = async (
  desk: Desk,
  person: Person,
  { access, hierarchy }: { readonly access: Access; readonly hierarchy: Hierarchy },
  others: Others,
  without: number,
): Promise<WhyEmpty> => {
  const isOnlyOthers = others.count > 0 && without === 0;
  if (!isOnlyOthers) return findWhyEmpty(desk, person, { access, hierarchy }, deleteExemptions, without);
  if (holdsAnywhere(access, deleteExemptions, hierarchy)) return { kind: 'not-yours', ...others };
  const missing = await findMissingRole(desk, person, deleteExemptions);
  return missing.kind === 'eligible-only' ? missing : { kind: 'not-yours', ...others };
};

/**
 * Finds exemptions that exempt nothing any more and that the roles of the person allow them to delete, as lists know them; deletes nothing. The
 * plan is stored for this person, who can then order exactly that. Also says what they may read there but not delete.
 */
export const planCleanup = (desk: Desk, person: Person, kinds: readonly CleanupKind[]): Promise<CleanupView> =>
  readingFor('cleanup', () => plan(desk, person, kinds));

/** Where the roles of somebody allow an action. */
const whereAllowed = (access: Access, action: string, hierarchy: Hierarchy): ScopeFilter =>
  scopeFilter({ scopes: scopesAllowing(access, action, hierarchy), hidden: deniedScopes(access, action), hierarchy });

const visibleIn = ({ subscriptions, managementGroups }: Hierarchy): string[] =>
  [...subscriptions.map(({ id }) => id), ...managementGroups.map(({ name }) => managementGroupId(name))].map(normalId);

/** The rows of one plan: no more than fit into it. */
const rowsOf = async (desk: Desk, theirs: LeftoverFilter, hierarchy: Hierarchy): Promise<CleanupView['rows']> => {
  const found = await desk.database.leftovers.first(theirs, most.exemptions);
  const groups = [...new Set(found.map(({ scope }) => groupOf(scope)))].slice(0, most.groups);
  return found
    .filter(({ scope }) => groups.includes(groupOf(scope)))
    .map((each) => ({
      ...each,
      expiresAt: each.expiresAt?.toISOString(),
      scopeLabel: scopeLabel(each.scope, hierarchy),
    }));
};

const plan = async (desk: Desk, person: Person, kinds: readonly CleanupKind[]): Promise<CleanupView> => {
  const { leftovers, listings, cleanups } = desk.database;
  const [hierarchy, access, readAt] = await Promise.all([desk.hierarchy(), desk.forReading(person), listings.readAt()]);
  const [deletable, readable] = [deleteExemptions, readExemptions].map((action) =>
    whereAllowed(access, action, hierarchy),
  );
  if (deletable === undefined || readable === undefined) throw new RangeError('Two actions have two filters.');
  const asked = { kinds, visible: visibleIn(hierarchy), now: desk.now() };
  const theirs: LeftoverFilter = { ...asked, within: [deletable], except: [] };
  const [rows, counts, others] = await Promise.all([
    rowsOf(desk, theirs, hierarchy),
    leftovers.count(theirs),
    // Nearly everybody who may delete may delete all that they can read.
    isSameSight(readable, deletable)
      ? nothingOfOthers
      : othersIn(desk, person, { ...asked, within: [readable], except: [deletable] }, hierarchy),
  ]);
  const dryRun: CleanupPlan = {
    id: desk.newId(),
    askerId: person.objectId.toLowerCase(),
    createdAt: desk.now(),
    items: rows.map(({ name: _, scopeLabel: __, ...item }) => item),
    orderedAt: undefined,
    outcomes: {},
  };
  if (rows.length > 0) await cleanups.add(dryRun);
  const keptBy = new Map([...counts].flatMap(([tool, count]) => (tool === undefined ? [] : [[tool, count]])));
  const whyEmpty = async (): Promise<WhyEmpty> => {
    const isNarrow = kinds.length < cleanupKinds.length && others.count === 0;
    const hidden = isNarrow ? sum((await leftovers.count({ ...theirs, kinds: cleanupKinds })).values()) : 0;
    const why = await findWhyNothing(desk, person, { access, hierarchy }, others, hidden);
    const isUnread = why.kind === 'nothing-there' && readAt.policy === undefined;
    return isUnread ? { kind: 'could-not-read', because: stillReading } : why;
  };
  return {
    plan: dryRun,
    rows,
    keptBy,
    more: (counts.get(undefined) ?? 0) > rows.length,
    others,
    // Nothing that was made in Defender can be cleaned up.
    age: ageSentences({ ...readAt, defender: readAt.policy }, { ...desk, now: desk.now() }),
    whyEmpty: rows.length + keptBy.size > 0 ? undefined : await whyEmpty(),
  };
};
