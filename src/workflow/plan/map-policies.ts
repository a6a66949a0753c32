import { distinctBy } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { initiativeOf } from '../../core/tenant/assignment-references.ts';
import { everything, withSubscriptionNames, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { isInitiative, type Initiative, type PolicyAssignment } from '../../core/tenant/policy.ts';
import type { Recommendation } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';

type CatalogueEntry = Pick<Recommendation, 'key' | 'title' | 'severity' | 'policyDefinitionId'>;

/** The policy assignments that were read, and the recommendations that each of them includes. */
export type PolicyMap = {
  readonly assignments: readonly PolicyAssignment[];
  readonly initiatives: readonly Initiative[];
  readonly catalogue: readonly CatalogueEntry[];
  readonly holds: (assignment: PolicyAssignment, policyDefinitionId: string | undefined) => boolean;
  /** By normal id. */
  readonly assignmentById: ReadonlyMap<string, PolicyAssignment>;
  /** The recommendations behind the given reference ids of an assignment, or behind all of it without reference ids; computed once. */
  readonly recommendationsOf: (
    assignment: PolicyAssignment,
    referenceIds: readonly string[] | undefined,
  ) => readonly CatalogueEntry[];
};

/** The initiatives of some assignments, each version that they use read once. */
export const readInitiatives = async (
  desk: Pick<Desk, 'policies'>,
  assignments: readonly PolicyAssignment[],
): Promise<Initiative[]> => {
  const used = distinctBy(
    assignments.filter(({ definitionId }) => isInitiative(definitionId)),
    ({ definitionId, definitionVersion = '' }) => `${normalId(definitionId)} ${definitionVersion}`,
  );
  const found = await Promise.all(
    used.map(({ definitionId, definitionVersion }) => desk.policies.initiative(definitionId, definitionVersion)),
  );
  return found.filter((each) => each !== undefined);
};

/** Names that say a subscription by its GUID say it by its name. */
export const underKnownNames = (found: readonly PolicyAssignment[], hierarchy: Hierarchy): PolicyAssignment[] =>
  found.map((each) => ({ ...each, displayName: withSubscriptionNames(each.displayName, hierarchy) }));

/** The policy assignments that bear on a scope, under names that people know. */
export const readAssignments = async (
  desk: Pick<Desk, 'policies' | 'hierarchy'>,
  scope: string,
): Promise<PolicyAssignment[]> => {
  const [hierarchy, found] = await Promise.all([desk.hierarchy(), desk.policies.assignments(scope)]);
  return underKnownNames(found, hierarchy);
};

const lookUpOnce = (
  initiatives: readonly Initiative[],
  catalogue: readonly CatalogueEntry[],
): PolicyMap['recommendationsOf'] => {
  const known = new Map<string, readonly CatalogueEntry[]>();
  return (assignment, referenceIds) => {
    const name = JSON.stringify([assignment.definitionId, assignment.definitionVersion, referenceIds]);
    const before = known.get(name);
    if (before !== undefined) return before;
    const definitions = new Set(definitionsOf(initiatives, assignment, referenceIds).map((each) => each.toLowerCase()));
    const found = catalogue.filter(
      ({ policyDefinitionId }) => policyDefinitionId !== undefined && definitions.has(policyDefinitionId.toLowerCase()),
    );
    known.set(name, found);
    return found;
  };
};

/** Whether an assignment includes a definition; each initiative is gone through once. */
const holdsByDefinition = (initiatives: readonly Initiative[]): PolicyMap['holds'] => {
  const known = new Map<string, ReadonlySet<string>>();
  return (assignment, definitionId) => {
    if (definitionId === undefined) return false;
    const name = JSON.stringify([assignment.definitionId, assignment.definitionVersion]);
    const held = known.get(name) ?? new Set(definitionsOf(initiatives, assignment, undefined).map(normalId));
    known.set(name, held);
    return held.has(normalId(definitionId));
  };
};

/** The same of some assignments alone. Pure. */
export const mapOf = (
  assignments: readonly PolicyAssignment[],
  initiatives: readonly Initiative[],
  catalogue: readonly CatalogueEntry[],
): PolicyMap => ({
  assignments,
  initiatives,
  catalogue,
  assignmentById: new Map(assignments.map((each) => [normalId(each.id), each])),
  recommendationsOf: lookUpOnce(initiatives, catalogue),
  holds: holdsByDefinition(initiatives),
});

/** The policy assignments of the whole tenant, or those that bear on a scope, and which recommendations they include. */
export const mapPolicies = async (
  desk: Pick<Desk, 'policies' | 'recommendations' | 'hierarchy'>,
  scope: string = everything,
): Promise<PolicyMap> => {
  const [assignments, catalogue] = await Promise.all([readAssignments(desk, scope), desk.recommendations.catalogue()]);
  return mapOf(assignments, await readInitiatives(desk, assignments), catalogue);
};

/** The definitions behind the given reference ids of an assignment, or all of them without reference ids. */
const definitionsOf = (
  initiatives: readonly Initiative[],
  assignment: PolicyAssignment,
  referenceIds: readonly string[] | undefined,
): string[] => {
  if (!isInitiative(assignment.definitionId)) return [assignment.definitionId];
  const wanted = referenceIds?.map((each) => each.toLowerCase());
  return (initiativeOf(assignment, initiatives)?.references ?? [])
    .filter((reference) => wanted === undefined || wanted.includes(reference.referenceId.toLowerCase()))
    .map((reference) => reference.definitionId);
};

/** Whether an assignment is of an initiative that could not be read, so that it may include anything. */
export const isUnread = ({ initiatives }: Pick<PolicyMap, 'initiatives'>, assignment: PolicyAssignment): boolean =>
  isInitiative(assignment.definitionId) && initiativeOf(assignment, initiatives) === undefined;

export const assignmentOf = (
  map: PolicyMap,
  exemption: Pick<Exemption, 'policyAssignmentId'>,
): PolicyAssignment | undefined => map.assignmentById.get(normalId(exemption.policyAssignmentId));

/** The recommendations that an exemption exempts from; empty for an ordinary exemption of Azure Policy, or if its assignment is gone. */
export const bearingOn = (
  map: PolicyMap,
  exemption: Pick<Exemption, 'policyAssignmentId' | 'referenceIds'>,
): readonly CatalogueEntry[] => {
  const assignment = assignmentOf(map, exemption);
  return assignment === undefined ? [] : map.recommendationsOf(assignment, exemption.referenceIds);
};
