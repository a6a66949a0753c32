import { sameId } from '../tenant/arm-id.ts';
import { initiativeOf } from '../tenant/assignment-references.ts';
import type { Initiative, PolicyAssignment } from '../tenant/policy.ts';
import type { Target } from './exemption-plan.ts';
import type { Obstacle } from './obstacle.ts';

/** Reference ids that an exemption names and that its initiative does not have in the version that the assignment uses. */
export type Gone = {
  readonly exemptionId: string;
  readonly assignmentName: string;
  readonly referenceIds: readonly string[];
};

/**
 * What is gone of some exemptions. Azure refuses to write them as they are. Nothing is said of an assignment that is gone itself or whose
 * initiative could not be read. Pure.
 */
export const goneFrom = (
  targets: readonly Target[],
  assignments: readonly PolicyAssignment[],
  initiatives: readonly Initiative[],
): Gone[] =>
  targets.flatMap(({ exemptionId, assignmentId, assignmentName, referenceIds = [] }) => {
    const assignment = assignments.find(({ id }) => sameId(id, assignmentId));
    const initiative = assignment === undefined ? undefined : initiativeOf(assignment, initiatives);
    if (initiative === undefined) return [];
    const known = new Set(initiative.references.map(({ referenceId }) => referenceId.toLowerCase()));
    const gone = referenceIds.filter((each) => !known.has(each.toLowerCase()));
    return gone.length === 0 ? [] : [{ exemptionId, assignmentName, referenceIds: gone }];
  });

/** The targets without what is gone; a target of which nothing is left is left out. */
export const withoutGone = (targets: readonly Target[], gone: readonly Gone[]): Target[] =>
  targets.flatMap((target) => {
    const dead = gone.find(({ exemptionId }) => sameId(exemptionId, target.exemptionId))?.referenceIds ?? [];
    if (dead.length === 0 || target.referenceIds === undefined) return [target];
    const referenceIds = target.referenceIds.filter((each) => !dead.includes(each));
    return referenceIds.length === 0 ? [] : [{ ...target, referenceIds }];
  });

/** What is gone, in a sentence for each assignment. */
export const goneSentence = (gone: readonly Gone[]): string =>
  [...Map.groupBy(gone, ({ assignmentName }) => assignmentName)]
    .map(([name, alike]) => {
      const ids = [...new Set(alike.flatMap(({ referenceIds }) => referenceIds))];
      return `The initiative of ${name} no longer includes ${ids.join(', ')} in the version that is assigned.`;
    })
    .join(' ');

/**
 * The obstacles of a plan with what is gone of the exemptions that it replaces or repeats: a warning, or if nothing is left to exempt the reason,
 * instead of the advice to assign something.
 */
export const withGone = (
  obstacles: readonly Obstacle[],
  gone: readonly Gone[],
  planned: readonly Target[],
): readonly Obstacle[] => {
  if (gone.length === 0) return obstacles;
  const nothingLeft = planned.length === 0 && obstacles.some(({ code }) => code === 'no-assignment');
  const found: Obstacle = {
    code: 'references-gone',
    kind: nothingLeft ? 'blocking' : 'warning',
    sentence: `${goneSentence(gone)} ${nothingLeft ? 'Nothing is left to exempt there.' : 'The exemption leaves that out.'}`,
  };
  return [found, ...(nothingLeft ? obstacles.filter(({ code }) => code !== 'no-assignment') : obstacles)];
};
