import { normalised, sameId } from './arm-id.ts';
import { conditionHolds, type RoleCondition } from './role-condition.ts';
import type { DenyAssignment, Principal, RoleAssignment, Tenant } from './tenant.ts';

const patternOf = (action: string): RegExp =>
  new RegExp(`^${action.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\*', '.*')}$`, 'i');

const patterns = new Map<string, RegExp>();

const actionMatches = (pattern: string, action: string): boolean => {
  const known = patterns.get(pattern) ?? patternOf(pattern);
  patterns.set(pattern, known);
  return known.test(action);
};

type Grant = { readonly actions: readonly string[]; readonly notActions: readonly string[] };

const grants = ({ actions, notActions }: Grant, action: string): boolean =>
  actions.some((pattern) => actionMatches(pattern, action)) &&
  !notActions.some((pattern) => actionMatches(pattern, action));

const meets = (condition: RoleCondition | undefined, action: string): boolean | undefined =>
  condition === undefined || conditionHolds(condition, (pattern) => actionMatches(pattern, action));

type Groups = Tenant['groups'];
type ByMember = ReadonlyMap<string, readonly string[]>;

const known = new WeakMap<Groups, { readonly length: number; readonly byMember: ByMember }>();

/** The groups that each member is directly in; made anew when the number of groups has changed. */
const groupsByMember = (groups: Groups): ByMember => {
  const before = known.get(groups);
  if (before?.length === groups.length) return before.byMember;
  const pairs = groups.flatMap(({ id, members }) => members.map((member) => ({ member, id })));
  const byMember = new Map(
    [...Map.groupBy(pairs, ({ member }) => member)].map(([member, own]) => [member, own.map(({ id }) => id)]),
  );
  known.set(groups, { length: groups.length, byMember });
  return byMember;
};

/** The groups that somebody is in, directly or through other groups. */
export const groupsOf = ({ groups }: Pick<Tenant, 'groups'>, objectId: string): readonly string[] => {
  const byMember = groupsByMember(groups);
  const found = new Set<string>();
  const visit = (member: string): void => {
    for (const id of byMember.get(member) ?? []) {
      if (found.has(id)) continue;
      found.add(id);
      visit(id);
    }
  };
  visit(objectId);
  return [...found];
};

/** The object ids whose role assignments count for somebody. */
export const identitiesOf = (tenant: Pick<Tenant, 'groups'>, objectId: string): readonly string[] => [
  objectId,
  ...groupsOf(tenant, objectId),
];

const isGranted = (tenant: Tenant, assignment: RoleAssignment, action: string): boolean =>
  meets(assignment.condition, action) === true &&
  tenant.roleDefinitions.some(
    (definition) =>
      definition.name === assignment.role && grants(definition, action) && meets(definition.condition, action) === true,
  );

/** The scopes, in lower case, at which somebody was granted an action, for everything below them. */
export const scopesGranting = (tenant: Tenant, objectId: string, action: string): readonly string[] => {
  const identities = identitiesOf(tenant, objectId);
  return tenant.roleAssignments
    .filter((assignment) => identities.includes(assignment.principalId) && isGranted(tenant, assignment, action))
    .map(({ scope }) => normalised(scope));
};

const appliesTo = (tenant: Tenant, denial: DenyAssignment, objectId: string): boolean => {
  const identities = identitiesOf(tenant, objectId);
  const names = (list: readonly string[]): boolean => identities.some((identity) => list.includes(identity));
  return (denial.principals.includes('everyone') || names(denial.principals)) && !names(denial.excludePrincipals);
};

export type Verdict =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'denied'; readonly denial: DenyAssignment };

/** Judges if a principal may do something at a scope. Deny assignments override every role. */
export const authorise = (tenant: Tenant, principal: Principal, action: string, scope: string): Verdict => {
  const chain = tenant.chainOf(scope);
  const granting = scopesGranting(tenant, principal.objectId, action);
  if (!chain.some((level) => granting.includes(level))) return { kind: 'missing' };
  const denial = tenant.denyAssignments.find(
    (candidate) =>
      chain.some((level) => sameId(level, candidate.scope)) &&
      grants(candidate, action) &&
      meets(candidate.condition, action) !== false &&
      appliesTo(tenant, candidate, principal.objectId),
  );
  return denial === undefined ? { kind: 'allowed' } : { kind: 'denied', denial };
};
