import { sameId } from '../tenant/arm-id.ts';
import type { Target } from './exemption-plan.ts';

export type Narrowed = {
  /** What is still to be written, never more than was approved. */
  readonly targets: readonly Target[];
  /** Approved, but no longer to be written: the assignment is gone or excludes the scope now, or another exemption covers it. */
  readonly obsolete: readonly Target[];
  /** Names of policy assignments that would need an exemption today but were not approved. */
  readonly notCovered: readonly string[];
};

const isSamePlace = (a: Target, b: Target): boolean =>
  sameId(a.assignmentId, b.assignmentId) && sameId(a.scope, b.scope);

/** What of an approved target today's plan still asks for; a whole assignment only where both mean one: else all of an initiative would be exempt. */
const narrowed = (approved: Target, today: Target | undefined): Target | undefined => {
  if (today === undefined) return undefined;
  if (approved.referenceIds === undefined || today.referenceIds === undefined)
    return approved.referenceIds === today.referenceIds ? approved : undefined;
  const wanted = today.referenceIds.map((each) => each.toLowerCase());
  const referenceIds = approved.referenceIds.filter((each) => wanted.includes(each.toLowerCase()));
  return referenceIds.length === 0 ? undefined : { ...approved, referenceIds };
};

/** Brings what was approved up to date with a plan made today, without ever widening it. Pure. */
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
