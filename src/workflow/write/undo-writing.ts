import { sameId } from '../../core/tenant/arm-id.ts';
import { isInitiative } from '../../core/tenant/policy.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { isRefusal, unlessRefused } from '../../core/governance-error.ts';
import type { WriteStep } from '../../core/request/write-step.ts';
import type { Desk } from '../desk.ts';
import { listingFinder, referenceBehind } from '../plan/list-facts.ts';
import { recordStep } from '../record/record-step.ts';

/** The reference ids that the initiative of an exemption has today; undefined if there is no initiative, or it could not be read. */
const knownReferences = async (
  desk: Desk,
  { scope, policyAssignmentId }: Exemption,
): Promise<readonly string[] | undefined> => {
  const assignments = await desk.policies.assignments(scope);
  const assignment = assignments.find(({ id }) => sameId(id, policyAssignmentId));
  if (assignment === undefined || !isInitiative(assignment.definitionId)) return undefined;
  const initiative = await desk.policies.initiative(assignment.definitionId, assignment.definitionVersion);
  return initiative?.references.map(({ referenceId }) => referenceId);
};

/** Puts back what stood there before; undefined: nothing. */
const takeBack = async (
  desk: Desk,
  standing: Exemption,
  before: WriteStep['before'],
): Promise<Exemption | undefined> => {
  if (before !== undefined) return desk.exemptions.restore(standing.id, before, await knownReferences(desk, standing));
  await desk.exemptions.remove(standing.id);
  return undefined;
};

/** Asked before anything is changed, and no reason to change nothing if Azure refuses: then lists follow with the next sweep. */
const finderAt = (desk: Desk, { scope }: Exemption) => unlessRefused(() => listingFinder(desk, [scope]), undefined);

/** Undoes only what still is this request's work; what somebody changed or replaced since stays. */
const undoOne = async (desk: Desk, step: WriteStep, reason: string): Promise<void> => {
  const { reference, exemptionId, before } = step;
  const standing = await desk.exemptions.read(exemptionId);
  const listingOf = standing === undefined ? undefined : await finderAt(desk, standing);
  const left = standing?.requestReference === reference ? await takeBack(desk, standing, before) : standing;
  const listing = left === undefined ? 'gone' : listingOf?.(left, await referenceBehind(desk, left));
  await recordStep(desk, { ...step, state: 'undone', refusal: step.refusal ?? reason }, listing);
};

/**
 * Restores what was in Azure before a request wrote there, last written first. Returns the ids that Azure refused to restore. Throws
 * GovernanceError unavailable if Azure does not answer: the next run continues from there.
 */
export const undoWriting = async (desk: Desk, steps: readonly WriteStep[], reason: string): Promise<string[]> => {
  const left: string[] = [];
  for (const step of steps.toReversed()) {
    if (step.state === 'undone') continue;
    try {
      await undoOne(desk, step, reason);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      left.push(step.exemptionId);
    }
  }
  return left;
};
