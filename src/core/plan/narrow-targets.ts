import { sameId } from '../tenant/arm-id.ts';
import type { Target } from './exemption-plan.ts';

export type Narrowed = {
  /** The exemptions still to be written; never more than was approved. */
  readonly targets: readonly Target[];
  /** Approved, but not to be written any more: the assignment is gone or now excludes the scope, or another exemption covers it. */
  readonly obsolete: readonly Target[];
  /** Names of policy assignments that would need an exemption today but were not approved. */
  readonly notCovered: readonly string[];
};

const isSamePlace = (a: Target, b: Target): boolean =>
  sameId(a.assignmentId, b.assignmentId) && sameId(a.scope, b.scope);

/** Targets at the ids that an earlier request wrote in the same places, so that a renewal leaves nothing behind beside it. */
export const atEarlierIds = (targets: readonly Target[], earlier: readonly Target[]): Target[] =>
  targets.map((target) => {
    const there = earlier.find((each) => isSamePlace(each, target));
    return there === undefined ? target : { ...target, exemptionId: there.exemptionId };
  });

/**
 * The part of an approved target that today's plan still contains. A target without reference ids stays only if both have none; otherwise
 * all of an initiative would be exempt.
 */
const narrowed = (approved: Target, today: Target | undefined): Target | undefined => {
  if (today === undefined) return undefined;
  if (approved.referenceIds === undefined || today.referenceIds === undefined)
    return approved.referenceIds === today.referenceIds ? approved : undefined;
  const wanted = today.referenceIds.map((each) => each.toLowerCase());
  const referenceIds = approved.referenceIds.filter((each) => wanted.includes(each.toLowerCase()));
  return referenceIds.length === 0 ? undefined : { ...approved, referenceIds };
};

/** Updates the approved targets by a plan made today, without ever widening them. Pure. */
export const narrowTargets = (approved: readonly Target[], today: readonly Target[]): Narrowed => {
  const pairs = approved.map((target) => ({
    target,
    now: narrowed(
      target,
      today.find((each) => isSamePlace(each, target)),
    ),
  }));
  const unknown = today.filter((each) => !approved.some((target) => isSamePlace(each, target)));
  return {
    targets: pairs.flatMap(({ now }) => now ?? []),
    obsolete: pairs.filter(({ now }) => now === undefined).map(({ target }) => target),
    notCovered: [...new Set(unknown.map((each) => each.assignmentName))],
  };
};
