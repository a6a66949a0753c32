import { deleteExemptions, mayDo, readExemptions, type Access } from '../../core/access/access.ts';
import type { Others } from '../../core/access/others-can.ts';
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
import { isExpired, type Exemption } from '../../core/exemption/exemption.ts';
import { scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';
import { findWhoCouldDelete } from './find-who-could-delete.ts';
import { findMissingRole, findWhyEmpty, readingFor } from '../rights/find-why-empty.ts';
import { assignmentOf, bearingOn, mapPolicies, type PolicyMap } from '../plan/map-policies.ts';

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
  /** The tools that manage exemptions of that kind in their own files, once for each exemption that is left alone. */
  readonly keptBy: readonly string[];
  /** There are more exemptions than fit into one plan. */
  readonly more: boolean;
  /** What the person may read but not delete. */
  readonly others: Others;
  /** Undefined unless there is nothing that they may delete. */
  readonly whyEmpty: WhyEmpty | undefined;
};

type Found = { readonly exemption: Exemption; readonly kind: CleanupKind };

const othersIn = async (desk: Desk, person: Person, rest: readonly Found[], hierarchy: Hierarchy): Promise<Others> => {
  const places = [...Map.groupBy(rest, ({ exemption }) => groupOf(exemption.scope))].map(([scope, inside]) => ({
    scope,
    label: scopeLabel(scope, hierarchy),
    exempted: [...new Set(inside.map(({ exemption }) => exemption.scope))],
  }));
  return {
    count: rest.length,
    places: places.map(({ label }) => label),
    people: await findWhoCouldDelete(desk, person, places),
  };
};

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

const plan = async (desk: Desk, person: Person, kinds: readonly CleanupKind[]): Promise<CleanupView> => {
  const [hierarchy, map, exemptions, reading] = await Promise.all([
    desk.hierarchy(),
    mapPolicies(desk),
    desk.exemptions.list(),
    desk.forReading(person),
  ]);
  const inSight = exemptions.flatMap((exemption): Found[] => {
    const kind = cleanupKindOf(exemption, map, hierarchy, desk.now());
    const isSeen = [readExemptions, deleteExemptions].some((action) =>
      mayDo(reading, action, exemption.scope, hierarchy),
    );
    return kind === undefined || !isSeen ? [] : [{ exemption, kind }];
  });
  const isTheirs = ({ exemption }: Found): boolean => mayDo(reading, deleteExemptions, exemption.scope, hierarchy);
  const wanted = inSight.filter(({ kind }) => kinds.includes(kind));
  const found = wanted.filter(isTheirs);
  const groups = [...new Set(found.map(({ exemption }) => groupOf(exemption.scope)))].slice(0, most.groups);
  const theirs = found.filter(({ exemption }) => groups.includes(groupOf(exemption.scope)));
  const rows = theirs
    .filter(({ exemption }) => exemption.managedBy === undefined)
    .slice(0, most.exemptions)
    .map(({ exemption, kind }) => ({
      exemptionId: exemption.id,
      scope: exemption.scope,
      kind,
      expiresAt: exemption.expiresAt?.toISOString(),
      name: exemption.displayName || exemption.name,
      scopeLabel: scopeLabel(exemption.scope, hierarchy),
    }));
  const dryRun: CleanupPlan = {
    id: desk.newId(),
    askerId: person.objectId.toLowerCase(),
    createdAt: desk.now(),
    items: rows.map(({ name: _, scopeLabel: __, ...item }) => item),
    orderedAt: undefined,
    outcomes: {},
  };
  if (rows.length > 0) await desk.database.cleanups.add(dryRun);
  const keptBy = theirs.flatMap(({ exemption }) => exemption.managedBy ?? []);
  const more = theirs.length < found.length || theirs.length - keptBy.length > rows.length;
  const deletable = new Set(found);
  const others = await othersIn(
    desk,
    person,
    wanted.filter((each) => !deletable.has(each)),
    hierarchy,
  );
  const hidden = kinds.length < cleanupKinds.length && wanted.length === 0 ? inSight.filter(isTheirs).length : 0;
  const whyEmpty =
    rows.length + keptBy.length > 0
      ? undefined
      : await findWhyNothing(desk, person, { access: reading, hierarchy }, others, hidden);
  return { plan: dryRun, rows, keptBy, more, others, whyEmpty };
};
