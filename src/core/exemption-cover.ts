import { resourceTypeOf, sameId } from './arm-id.ts';
import { isExpired, type Exemption } from './exemption.ts';
import { covers, type Hierarchy } from './hierarchy.ts';
import { selects } from './resource-selector.ts';

export type CoverContext = {
  readonly existing: readonly Exemption[];
  readonly hierarchy: Hierarchy;
  readonly now: Date;
  /** Where the resource at the scope is; undefined: not known, or the scope is no resource. */
  readonly location: string | undefined;
};

const includes = (ids: readonly string[], id: string): boolean =>
  ids.some((each) => each.toLowerCase() === id.toLowerCase());

/**
 * The active exemption that already covers one reference of an assignment (undefined: the whole assignment) at all of a scope. One that
 * selectors narrow counts only where they surely select the resource.
 */
export const coverOf = (
  { existing, hierarchy, now, location }: CoverContext,
  assignmentId: string,
  scope: string,
  referenceId: string | undefined,
): Exemption | undefined =>
  existing.find(
    (exemption) =>
      !isExpired(exemption, now) &&
      sameId(exemption.policyAssignmentId, assignmentId) &&
      covers(exemption.scope, scope, hierarchy) &&
      (exemption.referenceIds === undefined ||
        (referenceId !== undefined && includes(exemption.referenceIds, referenceId))) &&
      selects(exemption.resourceSelectors ?? [], { resourceType: resourceTypeOf(scope), location, referenceId }) ===
        'yes',
  );
