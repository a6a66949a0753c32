import { normalId, sameId } from '../tenant/arm-id.ts';
import { covers, type Hierarchy } from '../tenant/hierarchy.ts';
import { coveredBy, widest, type ScopeTest } from '../tenant/scope-sets.ts';
import type { Person } from '../person.ts';
import { matchesWildcard } from '../wildcard.ts';
import { conditionsHold, whyNotTrue, type Condition } from './condition.ts';

/** One role assignment together with what its role definition allows. */
export type Grant = {
  readonly scope: string;
  readonly roleName: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  /** Of the assignment and of this permission of its role. It grants only actions for which all of them are provably true. */
  readonly conditions: readonly Condition[];
};

/** One deny assignment. It overrides every grant. */
export type Denial = {
  readonly scope: string;
  readonly name: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly appliesToChildScopes: boolean;
  /** It spares only actions for which one of them is provably false. */
  readonly conditions: readonly Condition[];
};

export type Access = {
  readonly grants: readonly Grant[];
  readonly denials: readonly Denial[];
  /** Roles the person could activate in Privileged Identity Management but has not. */
  readonly eligible: readonly Grant[];
  /**
   * Subscriptions (ids) of which nobody could tell what is denied there, out of how many: everything in them counts as denied. Or they have
   * only not been read yet after a start.
   */
  readonly unread?: {
    readonly subscriptions: readonly string[];
    readonly of: number;
    readonly isStillReading: boolean;
  };
};

/**
 * Reads from Azure what a person may do. Every method throws GovernanceError unavailable when Azure does not answer, and never returns more
 * access than Azure reported.
 */
export type AccessSource = {
  /** For choosing what to show: includes roles held through groups; cached for at most 5 minutes. */
  readonly forReading: (person: Person) => Promise<Access>;
  /**
   * For decisions at some scopes: read live, bypassing every cache, within 2 s once a token and a connection are there. `hierarchy`, as it is being
   * read for the same decision, spares questions about management groups above the other scopes.
   */
  readonly forDecision: (person: Person, scopes: readonly string[], hierarchy?: Promise<Hierarchy>) => Promise<Access>;
  /**
   * For saying why somebody sees nothing: every role that they could activate in Privileged Identity Management, directly or through a group.
   * Undefined where Azure does not say; never throws for that.
   */
  readonly eligibleRoles: (person: Person) => Promise<readonly Grant[] | undefined>;
  /**
   * For decisions: object ids of every group that the person is in, directly or through another group, read live. Undefined where Exemption
   * Desk may not ask.
   */
  readonly groupsForDecision: (person: Person) => Promise<readonly string[] | undefined>;
};

export const readAssessments = 'Microsoft.Security/assessments/read';
export const readDefenderExemptions = 'Microsoft.Security/standardAssignments/read';
export const readSecureScores = 'Microsoft.Security/secureScores/read';
/** Reader holds it, Security Reader does not. */
export const readTags = 'Microsoft.Resources/tags/read';
/** Whom governance rules of Defender made an owner. */
export const readGovernanceOwners = 'Microsoft.Security/assessments/governanceAssignments/read';
export const readRoles = 'Microsoft.Authorization/roleAssignments/read';
export const readExemptions = 'Microsoft.Authorization/policyExemptions/read';
export const writeExemptions = 'Microsoft.Authorization/policyExemptions/write';
export const deleteExemptions = 'Microsoft.Authorization/policyExemptions/delete';
export const exemptFromAssignment = 'Microsoft.Authorization/policyAssignments/exempt/action';

/** Whether one permission of a role, or one deny assignment, includes an action. */
export const permits = (
  permission: { actions: readonly string[]; notActions: readonly string[] },
  action: string,
): boolean =>
  permission.actions.some((pattern) => matchesWildcard(pattern, action)) &&
  !permission.notActions.some((pattern) => matchesWildcard(pattern, action));

/** Whether one permission of a role grants an action: its actions include it, and its conditions are provably true of it. */
export const grants = (grant: Omit<Grant, 'scope' | 'roleName'>, action: string): boolean =>
  permits(grant, action) && conditionsHold(grant.conditions, action) === true;

const mayDeny = (denial: Denial, action: string): boolean =>
  permits(denial, action) && conditionsHold(denial.conditions, action) !== false;

const denies = (denial: Denial, action: string, scope: string, hierarchy: Hierarchy): boolean =>
  mayDeny(denial, action) &&
  (denial.appliesToChildScopes ? covers(denial.scope, scope, hierarchy) : sameId(denial.scope, scope));

/** The deny assignment that blocks an action at a scope. */
export const denialOf = (access: Access, action: string, scope: string, hierarchy: Hierarchy): Denial | undefined =>
  access.denials.find((denial) => denies(denial, action, scope, hierarchy));

const heldAt = (held: readonly Grant[], action: string, hierarchy: Hierarchy): ScopeTest =>
  coveredBy(
    held.filter((grant) => grants(grant, action)).map(({ scope }) => scope),
    hierarchy,
  );

const deniedAt = ({ denials }: Access, action: string, hierarchy: Hierarchy): ScopeTest => {
  const those = denials.filter((denial) => mayDeny(denial, action));
  const [deep, flat] = [true, false].map((isDeep) =>
    those.filter(({ appliesToChildScopes }) => appliesToChildScopes === isDeep).map(({ scope }) => scope),
  );
  const isBelow = coveredBy(deep ?? [], hierarchy);
  const exactly = new Set(flat?.map(normalId));
  return (scope) => isBelow(scope) || exactly.has(normalId(scope));
};

type Held = 'grants' | 'eligible';

const makeTest = (access: Access, held: Held, action: string, hierarchy: Hierarchy): ScopeTest => {
  const isHeld = heldAt(access[held], action, hierarchy);
  const isDenied = deniedAt(access, action, hierarchy);
  return (scope) => isHeld(scope) && !isDenied(scope);
};

const tests = new WeakMap<Access, WeakMap<Hierarchy, Map<string, ScopeTest>>>();

/** Goes through the roles once for each action, because lists ask about thousands of scopes. */
const testOf = (access: Access, held: Held, action: string, hierarchy: Hierarchy): ScopeTest => {
  const ofAccess = tests.get(access) ?? new WeakMap<Hierarchy, Map<string, ScopeTest>>();
  tests.set(access, ofAccess);
  const known = ofAccess.get(hierarchy) ?? new Map<string, ScopeTest>();
  ofAccess.set(hierarchy, known);
  const key = `${held} ${action}`;
  const test = known.get(key) ?? makeTest(access, held, action, hierarchy);
  known.set(key, test);
  return test;
};

/**
 * Whether the access allows an action at a scope: a grant at or above it, wildcards and notActions per role, deny assignments last.
 * Several roles add up: one role's notActions take nothing from another's actions (Azure RBAC).
 */
export const mayDo = (access: Access, action: string, scope: string, hierarchy: Hierarchy): boolean =>
  testOf(access, 'grants', action, hierarchy)(scope);

/**
 * Scopes at which deny assignments block an action. Everything below such a scope counts as hidden, even where the assignment spares child
 * scopes: showing too little is safer than showing too much.
 */
export const deniedScopes = (access: Access, action: string): string[] =>
  access.denials.filter((denial) => mayDeny(denial, action)).map((denial) => denial.scope);

/** Whether activating an eligible role would allow it. */
export const couldActivate = (access: Access, action: string, scope: string, hierarchy: Hierarchy): boolean =>
  testOf(access, 'eligible', action, hierarchy)(scope);

/** The widest scopes at or below which the access may allow an action: where a role grants it, whatever is denied there. */
export const scopesGranted = (access: Access, action: string, hierarchy: Hierarchy): string[] =>
  widest(
    access.grants.filter((grant) => grants(grant, action)).map((grant) => grant.scope),
    hierarchy,
  );

/** The widest scopes at which the access allows an action. Lists cover these, minus the scopes inside them that `deniedScopes` returns. */
export const scopesAllowing = (access: Access, action: string, hierarchy: Hierarchy): string[] => {
  const scopes = access.grants.filter((grant) => grants(grant, action)).map((grant) => grant.scope);
  const isDenied = deniedAt(access, action, hierarchy);
  return widest(
    scopes.filter((scope) => !isDenied(scope)),
    hierarchy,
  );
};

/** The roles at or above a scope that name an action, and whose conditions keep them from granting it. */
export const heldBack = (
  held: readonly Grant[],
  action: string,
  scope: string,
  hierarchy: Hierarchy,
): { readonly grant: Grant; readonly why: string }[] =>
  held
    .filter((grant) => permits(grant, action) && !grants(grant, action) && covers(grant.scope, scope, hierarchy))
    .map((grant) => ({ grant, why: whyNotTrue(grant.conditions, action) }));

/** A sentence, after a space, if a deny assignment counts only because its condition cannot be evaluated; else empty. */
export const denialDoubt = ({ conditions }: Pick<Denial, 'conditions'>, action: string): string =>
  conditionsHold(conditions, action) === true
    ? ''
    : ` It has a condition that ${whyNotTrue(conditions, action)}, so it counts.`;

/** How to proceed when the permissions of Exemption Desk do not reach every policy assignment: write nothing, or write what is possible. */
export type PartialRights = 'all-or-nothing' | 'best-effort';
