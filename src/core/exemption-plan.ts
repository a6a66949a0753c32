import { formatDay } from './calendar.ts';
import { nameOf, normalId, sameId } from './arm-id.ts';
import { isExpired, type Exemption } from './exemption.ts';
import { covers, type Hierarchy } from './hierarchy.ts';
import { isInitiative, type Initiative, type PolicyAssignment } from './policy.ts';
import type { Recommendation } from './recommendation.ts';

/** One exemption to write: one per policy assignment that holds the recommendation's definition. */
export type Target = {
  /** Full ARM id of the exemption; derived from scope, assignment and references, so a repeated write hits the same object. */
  readonly exemptionId: string;
  readonly scope: string;
  readonly assignmentId: string;
  readonly assignmentName: string;
  /** Every reference id of the definition in the initiative; undefined only for a direct assignment, which accepts none. Never undefined for an initiative: that would exempt all of it. */
  readonly referenceIds: readonly string[] | undefined;
};

export type ObstacleCode =
  | 'already-requested'
  | 'not-exemptible-by-policy'
  | 'excluded-scope'
  | 'no-assignment'
  | 'already-exempt'
  | 'partly-exempt'
  | 'not-enforced';

/** What stands in the way, as a sentence with its remedy. A blocking one leaves nothing to write. */
export type Obstacle = { readonly code: ObstacleCode; readonly blocking: boolean; readonly sentence: string };

export type ExemptionPlan = { readonly targets: readonly Target[]; readonly obstacles: readonly Obstacle[] };

export type PlanInput = {
  readonly recommendation: Pick<Recommendation, 'title' | 'policyDefinitionId'>;
  readonly scope: string;
  /** Every assignment at, above and below the scope. */
  readonly assignments: readonly PolicyAssignment[];
  readonly initiatives: readonly Initiative[];
  readonly existing: readonly Exemption[];
  readonly hierarchy: Hierarchy;
  readonly now: Date;
  /** IANA name, for naming days. */
  readonly timeZone: string;
  /** A hexadecimal digest of a text. */
  readonly hash: (text: string) => string;
};

const notExemptible = (title: string): Obstacle => ({
  code: 'not-exemptible-by-policy',
  blocking: true,
  sentence: `“${title}” is not driven by Azure Policy, so a policy exemption cannot cover it. In the Azure portal use Environment settings > Exemptions.`,
});

const noAssignment: Obstacle = {
  code: 'no-assignment',
  blocking: true,
  sentence:
    'No policy assignment in force at this scope holds this recommendation. Assign the Microsoft cloud security benchmark there first.',
};

const excluded = (names: readonly string[]): Obstacle => ({
  code: 'excluded-scope',
  blocking: true,
  sentence: `This scope is excluded from ${names.join(', ')}, so it is not evaluated there and needs no exemption.`,
});

const alreadyExempt = ({ displayName, name, expiresAt }: Exemption, timeZone: string): Obstacle => {
  const until = expiresAt === undefined ? ', which never expires' : ` until ${formatDay(expiresAt, timeZone)}`;
  return {
    code: 'already-exempt',
    blocking: true,
    sentence: `This is already exempt by “${displayName || name}”${until}.`,
  };
};

const partlyExempt = (names: readonly string[]): Obstacle => ({
  code: 'partly-exempt',
  blocking: false,
  sentence: `Already exempt on ${names.join(', ')}; the request covers what is missing.`,
});

const notEnforced = (names: readonly string[]): Obstacle => ({
  code: 'not-enforced',
  blocking: false,
  sentence: `${names.join(', ')} is assigned without enforcement.`,
});

/** The reference ids under which an assignment evaluates a definition: undefined for not at all, 'direct' for an assignment of the definition itself. */
const referencesIn = (
  assignment: PolicyAssignment,
  definitionId: string,
  initiatives: readonly Initiative[],
): readonly string[] | 'direct' | undefined => {
  if (!isInitiative(assignment.definitionId))
    return sameId(assignment.definitionId, definitionId) ? 'direct' : undefined;
  const initiative = initiatives.find((candidate) => sameId(candidate.id, assignment.definitionId));
  const references =
    initiative?.references.filter((each) => sameId(each.definitionId, definitionId)).map((each) => each.referenceId) ??
    [];
  return references.length === 0 ? undefined : references;
};

const includes = (ids: readonly string[], id: string): boolean =>
  ids.some((each) => each.toLowerCase() === id.toLowerCase());

/** The active exemption that already covers a reference (undefined: the whole assignment) at a scope. */
const coverOf = (
  input: PlanInput,
  assignmentId: string,
  scope: string,
  referenceId: string | undefined,
): Exemption | undefined =>
  input.existing.find(
    (exemption) =>
      !isExpired(exemption, input.now) &&
      sameId(exemption.policyAssignmentId, assignmentId) &&
      covers(exemption.scope, scope, input.hierarchy) &&
      (exemption.referenceIds === undefined ||
        (referenceId !== undefined && includes(exemption.referenceIds, referenceId))),
  );

const exemptionIdFor = (
  input: PlanInput,
  scope: string,
  assignmentId: string,
  references: readonly string[],
): string => {
  const subject = nameOf(scope)
    .replace(/[^A-Za-z0-9_-]/g, '-')
    .slice(0, 40);
  const digest = input
    .hash([normalId(scope), normalId(assignmentId), ...references.map((each) => each.toLowerCase()).sort()].join('|'))
    .slice(0, 12);
  return `${scope}/providers/Microsoft.Authorization/policyExemptions/ED-${subject}-${digest}`;
};

/**
 * From a recommendation and a scope to the exemptions that cover it: one for each assignment in force that holds its policy definition, with all
 * its reference ids. An assignment above the scope is exempted at the scope, one below it at its own scope (Azure refuses an exemption above its
 * assignment). Excluded scopes and what active exemptions already cover are left out. Pure.
 */
export const planExemptions = (input: PlanInput): ExemptionPlan => {
  const definitionId = input.recommendation.policyDefinitionId;
  if (definitionId === undefined) return { targets: [], obstacles: [notExemptible(input.recommendation.title)] };

  const holding = input.assignments.flatMap((assignment) => {
    const references = referencesIn(assignment, definitionId, input.initiatives);
    if (references === undefined) return [];
    const scope = covers(assignment.scope, input.scope, input.hierarchy) ? input.scope : assignment.scope;
    return covers(input.scope, scope, input.hierarchy) ? [{ assignment, references, scope }] : [];
  });
  const inForce = holding.filter(
    ({ assignment, scope }) => !assignment.excludedScopes.some((each) => covers(each, scope, input.hierarchy)),
  );
  if (inForce.length === 0) {
    const names = holding.map(({ assignment }) => assignment.displayName);
    return { targets: [], obstacles: [names.length === 0 ? noAssignment : excluded(names)] };
  }

  const found = inForce.map(({ assignment, references, scope }) => {
    const wanted = references === 'direct' ? [undefined] : references;
    const missing = wanted.filter((reference) => coverOf(input, assignment.id, scope, reference) === undefined);
    return { assignment, scope, references, wanted, missing };
  });
  const open = found.filter(({ missing }) => missing.length > 0);
  const [first] = found;
  if (open.length === 0 && first !== undefined) {
    const cover = coverOf(input, first.assignment.id, first.scope, first.wanted[0]);
    return { targets: [], obstacles: cover === undefined ? [] : [alreadyExempt(cover, input.timeZone)] };
  }

  const covered = found
    .filter(({ missing, wanted }) => missing.length < wanted.length)
    .map(({ assignment }) => assignment.displayName);
  const unenforced = open
    .filter(({ assignment }) => !assignment.enforced)
    .map(({ assignment }) => assignment.displayName);
  return {
    targets: open.map(({ assignment, scope, references, missing }) => {
      const referenceIds = references === 'direct' ? undefined : missing.filter((each) => each !== undefined);
      return {
        exemptionId: exemptionIdFor(input, scope, assignment.id, referenceIds ?? []),
        scope,
        assignmentId: assignment.id,
        assignmentName: assignment.displayName,
        referenceIds,
      };
    }),
    obstacles: [
      ...(covered.length > 0 ? [partlyExempt(covered)] : []),
      ...(unenforced.length > 0 ? [notEnforced(unenforced)] : []),
    ],
  };
};
