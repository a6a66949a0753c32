import { resourceTypeOf, sameId } from '../tenant/arm-id.ts';
import { holdingOf, isSwitchedOff, type Holding } from '../tenant/assignment-references.ts';
import { isFreed, overlapping } from '../exemption/exemption-cover.ts';
import { exemptionIdFor } from '../exemption/exemption-id.ts';
import type { PlannedExemption, Reference } from '../exemption/exemption-overlap.ts';
import type { Exemption, ExemptionCategory } from '../exemption/exemption.ts';
import { covers, type Hierarchy } from '../tenant/hierarchy.ts';
import type { Obstacle } from './obstacle.ts';
import { overlapFindings, type Asked, type Finding } from './overlap-findings.ts';
import {
  excluded,
  noAssignment,
  notEnforced,
  notExemptible,
  notSelected,
  selectionByOthers,
  selectionNotChecked,
  switchedOff,
  unreadInitiative,
} from './plan-obstacles.ts';
import type { Initiative, PolicyAssignment } from '../tenant/policy.ts';
import type { Recommendation } from '../tenant/recommendation.ts';
import { looksAtLocation, selects } from '../tenant/resource-selector.ts';

/** One exemption to write, for one policy assignment that includes the recommendation. */
export type Target = {
  /** Full ARM id of the exemption; see exemption-id.ts. */
  readonly exemptionId: string;
  readonly scope: string;
  readonly assignmentId: string;
  readonly assignmentName: string;
  /**
   * Every reference id of the policy in the initiative. Undefined only for a direct assignment, which accepts none; for an initiative it
   * would exempt all of it.
   */
  readonly referenceIds: readonly string[] | undefined;
};

export type ScopePlan = {
  readonly targets: readonly Target[];
  readonly obstacles: readonly Obstacle[];
  /** Existing exemptions and what they mean; overlap-obstacles.ts puts them into words. */
  readonly findings: readonly Finding[];
};

/** The effect of a request. */
export type ExemptionPlan = Pick<ScopePlan, 'targets' | 'obstacles'> & {
  /** Titles of other recommendations that the same exemptions cover, because they use the same policy definition. */
  readonly alsoExempts: readonly string[];
  /** Names of policy assignments that include the recommendation but are left out, because the permissions of Exemption Desk do not reach them. */
  readonly leftOut: readonly string[];
};

export type PlanInput = {
  readonly recommendation: Pick<Recommendation, 'title' | 'policyDefinitionId'>;
  readonly scope: string;
  readonly category: ExemptionCategory;
  /** Undefined: no expiry. */
  readonly expiresAt: Date | undefined;
  /** Every assignment at, above and below the scope. */
  readonly assignments: readonly PolicyAssignment[];
  readonly initiatives: readonly Initiative[];
  readonly existing: readonly Exemption[];
  readonly hierarchy: Hierarchy;
  readonly now: Date;
  /** The location of the resource at the scope; undefined if unknown, or if the scope is not a resource. */
  readonly location: string | undefined;
  /** A hexadecimal digest of a text. */
  readonly hash: (text: string) => string;
};

type Placed = { readonly assignment: PolicyAssignment; readonly holding: Holding; readonly scope: string };

const isHeld = ({ holding }: Placed): boolean => holding.kind === 'direct' || holding.kind === 'references';

const namesOf = (placed: readonly { readonly assignment: PolicyAssignment }[]): string[] =>
  placed.map(({ assignment }) => assignment.displayName);

/**
 * The assignments that reach the scope, each with the scope of its exemption: the requested scope, or the scope of the assignment where
 * that is below (Azure refuses an exemption above its assignment).
 */
const placedFor = (input: PlanInput, definitionId: string): Placed[] =>
  input.assignments.flatMap((assignment) => {
    const scope = covers(assignment.scope, input.scope, input.hierarchy) ? input.scope : assignment.scope;
    if (!covers(input.scope, scope, input.hierarchy)) return [];
    return [{ assignment, holding: holdingOf(assignment, definitionId, input.initiatives), scope }];
  });

const plannedFor = (
  { category, expiresAt, hash }: PlanInput,
  { assignment, scope }: Placed,
  references: readonly Reference[],
): PlannedExemption => {
  const named = references.filter((each) => each !== undefined);
  const id = exemptionIdFor(scope, assignment.id, named, hash);
  const referenceIds = named.length === 0 ? undefined : named;
  return { id, scope, policyAssignmentId: assignment.id, referenceIds, category, expiresAt };
};

const askedOf = (input: PlanInput, placed: Placed): Placed & Asked => {
  const { assignment, holding, scope } = placed;
  const references = holding.kind === 'references' ? holding.referenceIds : [undefined];
  const context = { ...input, location: sameId(scope, input.scope) ? input.location : undefined };
  const around = (asked: readonly Reference[]) => {
    const planned = plannedFor(input, placed, asked);
    return { planned, found: overlapping(planned, context) };
  };
  const all = around(references);
  const missing = references.filter((reference) => !isFreed(all.found, reference));
  const written = missing.length === 0 ? undefined : missing.length === references.length ? all : around(missing);
  return { ...placed, assignmentName: assignment.displayName, references, found: all.found, written };
};

const targetOf = ({ assignmentName, written }: Asked): Target[] => {
  if (written === undefined) return [];
  const { id: exemptionId, scope, policyAssignmentId: assignmentId, referenceIds } = written.planned;
  return [{ exemptionId, scope, assignmentId, assignmentName, referenceIds }];
};

const blocked = (...obstacles: readonly Obstacle[]): ScopePlan => ({ targets: [], obstacles, findings: [] });

/** Whether the selectors of the assignment include the requested resource. A wider scope always contains something that they include. */
const selection = (input: PlanInput, { assignment, scope }: Placed): ReturnType<typeof selects> => {
  const resourceType = resourceTypeOf(input.scope);
  if (resourceType === undefined || !sameId(scope, input.scope)) return 'yes';
  return selects(assignment.resourceSelectors, { resourceType, location: input.location, referenceId: undefined });
};

/** The part of the given assignments that is still to be exempted. */
const planFor = (input: PlanInput, definitionId: string, inForce: readonly Placed[]): ScopePlan => {
  const asked = inForce.map((placed) => askedOf(input, placed));
  const open = asked.filter(({ written }) => written !== undefined);
  const unenforced = open.filter(({ assignment }) => !assignment.enforced);
  const unselected = open.filter((placed) => selection(input, placed) === 'unknown');
  const [unplaced, byOthers] = [
    unselected.filter(({ assignment }) => looksAtLocation(assignment.resourceSelectors)),
    unselected.filter(({ assignment }) => !looksAtLocation(assignment.resourceSelectors)),
  ];
  const off = open.filter(({ assignment }) => isSwitchedOff(assignment, definitionId, input.initiatives));
  return {
    targets: asked.flatMap(targetOf),
    findings: overlapFindings(asked),
    obstacles: [
      ...(unenforced.length > 0 ? [notEnforced(namesOf(unenforced))] : []),
      ...(off.length > 0 ? [switchedOff(namesOf(off))] : []),
      ...(unplaced.length > 0 ? [selectionNotChecked(namesOf(unplaced))] : []),
      ...(byOthers.length > 0 ? [selectionByOthers(namesOf(byOthers))] : []),
    ],
  };
};

/**
 * Plans the exemptions that cover a recommendation at a scope: one for each assignment in force that includes its policy definition, with
 * all its reference ids. Leaves out excluded scopes, resources that selectors leave out and everything that active exemptions already
 * cover. An initiative that could not be read blocks the plan, because it may include the definition. Pure.
 */
export const planExemptions = (input: PlanInput): ScopePlan => {
  const definitionId = input.recommendation.policyDefinitionId;
  if (definitionId === undefined) return blocked(notExemptible(input.recommendation.title));

  const placed = placedFor(input, definitionId);
  const isExcluded = ({ assignment, scope }: Placed): boolean =>
    assignment.excludedScopes.some((each) => covers(each, scope, input.hierarchy));
  const isLeftOut = (each: Placed): boolean => selection(input, each) === 'no';

  const meant = placed.filter((each) => !isExcluded(each) && !isLeftOut(each));
  const unread = meant.filter(({ holding }) => holding.kind === 'unread');
  if (unread.length > 0) return blocked(unreadInitiative(unread.map(({ assignment }) => assignment)));

  const inForce = meant.filter(isHeld);
  if (inForce.length > 0) return planFor(input, definitionId, inForce);
  const held = placed.filter(isHeld);
  if (held.length === 0) return blocked(noAssignment);
  const [outside, unselected] = [held.filter(isExcluded), held.filter((each) => !isExcluded(each))];
  return blocked(
    ...(outside.length > 0 ? [excluded(namesOf(outside))] : []),
    ...(unselected.length > 0 ? [notSelected(namesOf(unselected))] : []),
  );
};

/** Titles of the other recommendations that use the same policy definition, and are therefore exempted together. */
export const alsoExempted = (
  recommendation: Pick<Recommendation, 'key' | 'policyDefinitionId'>,
  catalogue: readonly Pick<Recommendation, 'key' | 'title' | 'policyDefinitionId'>[],
): string[] => {
  const { key, policyDefinitionId: definitionId } = recommendation;
  if (definitionId === undefined) return [];
  return catalogue
    .filter((each) => each.policyDefinitionId !== undefined && sameId(each.policyDefinitionId, definitionId))
    .filter((each) => each.key.toLowerCase() !== key.toLowerCase())
    .map(({ title }) => title);
};
