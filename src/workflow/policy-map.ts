import { sameId } from '../core/arm-id.ts';
import type { Exemption } from '../core/exemption.ts';
import { everything } from '../core/hierarchy.ts';
import { isInitiative, type Initiative, type PolicyAssignment } from '../core/policy.ts';
import type { Recommendation } from '../core/recommendation.ts';
import type { Desk } from './desk.ts';

type CatalogueEntry = Pick<Recommendation, 'key' | 'title' | 'severity' | 'policyDefinitionId'>;

/** Which policy assignments hold which recommendations, over the whole tenant. */
export type PolicyMap = {
  readonly assignments: readonly PolicyAssignment[];
  readonly initiatives: readonly Initiative[];
  readonly catalogue: readonly CatalogueEntry[];
  readonly holds: (assignment: PolicyAssignment, policyDefinitionId: string | undefined) => boolean;
};

/** The initiatives behind some assignments, each read once. */
export const initiativesOf = async (
  desk: Pick<Desk, 'policies'>,
  assignments: readonly PolicyAssignment[],
): Promise<Initiative[]> => {
  const ids = new Set(assignments.map((each) => each.definitionId.toLowerCase()).filter(isInitiative));
  const found = await Promise.all([...ids].map((id) => desk.policies.initiative(id)));
  return found.filter((each) => each !== undefined);
};

export const policyMap = async (desk: Pick<Desk, 'policies' | 'recommendations'>): Promise<PolicyMap> => {
  const [assignments, catalogue] = await Promise.all([
    desk.policies.assignments(everything),
    desk.recommendations.catalogue(),
  ]);
  const initiatives = await initiativesOf(desk, assignments);
  return {
    assignments,
    initiatives,
    catalogue,
    holds: (assignment, definitionId) =>
      definitionId !== undefined &&
      definitionsOf(initiatives, assignment, undefined).some((each) => sameId(each, definitionId)),
  };
};

/** The definitions behind the given reference ids of an assignment; all of them where none are given. */
const definitionsOf = (
  initiatives: readonly Initiative[],
  assignment: PolicyAssignment,
  referenceIds: readonly string[] | undefined,
): string[] => {
  if (!isInitiative(assignment.definitionId)) return [assignment.definitionId];
  const wanted = referenceIds?.map((each) => each.toLowerCase());
  return (initiatives.find((each) => sameId(each.id, assignment.definitionId))?.references ?? [])
    .filter((reference) => wanted === undefined || wanted.includes(reference.referenceId.toLowerCase()))
    .map((reference) => reference.definitionId);
};

export const assignmentOf = (
  map: PolicyMap,
  exemption: Pick<Exemption, 'policyAssignmentId'>,
): PolicyAssignment | undefined =>
  map.assignments.find((assignment) => sameId(assignment.id, exemption.policyAssignmentId));

/** The recommendations that an exemption switches off; none for an ordinary Azure Policy exemption or one whose assignment is gone. */
export const bearingOn = (
  map: PolicyMap,
  exemption: Pick<Exemption, 'policyAssignmentId' | 'referenceIds'>,
): CatalogueEntry[] => {
  const assignment = assignmentOf(map, exemption);
  if (assignment === undefined) return [];
  const definitions = new Set(
    definitionsOf(map.initiatives, assignment, exemption.referenceIds).map((each) => each.toLowerCase()),
  );
  return map.catalogue.filter(
    (entry) => entry.policyDefinitionId !== undefined && definitions.has(entry.policyDefinitionId.toLowerCase()),
  );
};
