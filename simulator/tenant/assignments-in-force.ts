import { normalised, sameId, subscriptionIdOf } from './arm-id.ts';
import { effectiveInitiative } from './initiative-versions.ts';
import { isDisabled, isSelected } from './selectors.ts';
import type { Selectable } from './selectors.ts';
import { resourceIndexOf } from './resources/resource-index.ts';
import type { InitiativeMember, PolicyAssignment, Tenant } from './tenant.ts';

/** An assignment that includes a policy definition; without reference ids if it assigns the definition itself. */
export type Holder = {
  readonly assignment: PolicyAssignment;
  /** Without references whose effect an override disables, unless it disables all of them. */
  readonly referenceIds: readonly string[];
  readonly disabled: boolean;
};

type PolicyOfTenant = Pick<Tenant, 'policyAssignments' | 'initiatives' | 'chainOf' | 'resources'>;

/** The facts that selectors see at a scope; undefined for a group of resources. */
const selectableAt = (tenant: Pick<Tenant, 'resources'>, scope: string): Selectable | undefined => {
  const resource = resourceIndexOf(tenant).byId.get(normalised(scope));
  if (resource !== undefined) return { type: resource.type, location: resource.resourceGroup.location };
  const isSubscription = subscriptionIdOf(scope) !== '' && scope.split('/').length === 3;
  return isSubscription ? { type: 'Microsoft.Resources/subscriptions', location: '' } : undefined;
};

/** Like assignmentsInForce for many places. Places with the same assignments get the same list. */
export const createAssignmentsInForce = (assignments: readonly PolicyAssignment[]) => {
  const places = assignments.map((assignment) => ({
    assignment,
    at: normalised(assignment.scope),
    excluded: assignment.notScopes.map(normalised),
  }));
  const lists = new Map<string, readonly PolicyAssignment[]>();
  return (chain: readonly string[], selectable: Selectable | undefined): readonly PolicyAssignment[] => {
    const found = places.filter(
      ({ assignment, at, excluded }) =>
        chain.includes(at) &&
        (selectable === undefined || isSelected(assignment.resourceSelectors, selectable)) &&
        !excluded.some((scope) => chain.includes(scope)),
    );
    const name = found.map(({ assignment }) => assignment.id).join('\n');
    const list = lists.get(name) ?? found.map(({ assignment }) => assignment);
    lists.set(name, list);
    return list;
  };
};

/** The assignments in force on a scope: at it or above, and not excluded by their notScopes or resource selectors. */
export const assignmentsInForce = (tenant: PolicyOfTenant, scope: string): readonly PolicyAssignment[] =>
  createAssignmentsInForce(tenant.policyAssignments)(tenant.chainOf(scope), selectableAt(tenant, scope));

const referencesByMembers = new WeakMap<readonly InitiativeMember[], ReadonlyMap<string, readonly string[]>>();

/** The reference ids of each policy definition, by its id in lower case. */
const referencesOf = (members: readonly InitiativeMember[]): ReadonlyMap<string, readonly string[]> => {
  const known = referencesByMembers.get(members);
  if (known !== undefined) return known;
  const byDefinition = Map.groupBy(members, ({ policyDefinitionId }) => normalised(policyDefinitionId));
  const references = new Map(
    [...byDefinition].map(([id, own]) => [id, own.map((member) => member.policyDefinitionReferenceId)]),
  );
  referencesByMembers.set(members, references);
  return references;
};

/** Undefined if the assignment does not include the definition. */
const holderOf = (
  tenant: Pick<Tenant, 'initiatives'>,
  assignment: PolicyAssignment,
  policyDefinitionId: string,
): Holder | undefined => {
  if (sameId(assignment.policyDefinitionId, policyDefinitionId))
    return { assignment, referenceIds: [], disabled: isDisabled(assignment.overrides, '') };
  const members = effectiveInitiative(tenant, assignment)?.members ?? [];
  const referenceIds = referencesOf(members).get(normalised(policyDefinitionId)) ?? [];
  if (referenceIds.length === 0) return undefined;
  const enabled = referenceIds.filter((referenceId) => !isDisabled(assignment.overrides, referenceId));
  const disabled = enabled.length === 0;
  return { assignment, referenceIds: disabled ? referenceIds : enabled, disabled };
};

const nobody: readonly Holder[] = [];

type KnownHolders = WeakMap<PolicyAssignment, Map<string, Holder | undefined>>;
const knownHolders = new WeakMap<Tenant['initiatives'], KnownHolders>();

/** Like holderOf for many scopes. What holds a policy in one list of assignments is looked up once. */
export const createHolderLookup = (tenant: PolicyOfTenant) => {
  const known: KnownHolders = knownHolders.get(tenant.initiatives) ?? new WeakMap();
  knownHolders.set(tenant.initiatives, known);
  const lists = new WeakMap<readonly PolicyAssignment[], Map<string, readonly Holder[]>>();
  const lookUp = (assignment: PolicyAssignment, policyDefinitionId: string): Holder | undefined => {
    const ofAssignment = known.get(assignment) ?? new Map<string, Holder | undefined>();
    known.set(assignment, ofAssignment);
    if (!ofAssignment.has(policyDefinitionId))
      ofAssignment.set(policyDefinitionId, holderOf(tenant, assignment, policyDefinitionId));
    return ofAssignment.get(policyDefinitionId);
  };
  return (assignments: readonly PolicyAssignment[], policyDefinitionId: string | undefined): readonly Holder[] => {
    if (policyDefinitionId === undefined) return nobody;
    const ofList = lists.get(assignments) ?? new Map<string, readonly Holder[]>();
    lists.set(assignments, ofList);
    const holders =
      ofList.get(policyDefinitionId) ??
      assignments.map((one) => lookUp(one, policyDefinitionId)).filter((holder) => holder !== undefined);
    ofList.set(policyDefinitionId, holders);
    return holders;
  };
};

/** The assignments in force on a scope that include a policy definition and have not disabled it. */
export const holdersInForce = (tenant: PolicyOfTenant, scope: string, policyDefinitionId: string): readonly Holder[] =>
  createHolderLookup(tenant)(assignmentsInForce(tenant, scope), policyDefinitionId).filter(({ disabled }) => !disabled);
