import type { Exemption } from './exemption.ts';
import {
  endOf,
  overlapOf,
  type Overlap,
  type OverlapContext,
  type PlannedExemption,
  type Reference,
} from './exemption-overlap.ts';

/** An existing exemption and how it stands to a planned one. */
export type Overlapping = { readonly exemption: Exemption; readonly overlap: Overlap };

/** The existing exemptions that have anything to do with a planned one. */
export const overlapping = (
  planned: PlannedExemption,
  { existing, ...context }: OverlapContext & { readonly existing: readonly Exemption[] },
): Overlapping[] =>
  existing
    .map((exemption) => ({ exemption, overlap: overlapOf(planned, exemption, context) }))
    .filter(({ overlap }) => overlap.kind !== 'apart' || overlap.isReplaced);

/** Of the exemptions that surely free a reference of the planned one at all of its scope, the one that does so longest. */
export const coverOf = (found: readonly Overlapping[], reference: Reference): Overlapping | undefined =>
  found
    .filter(({ overlap }) => overlap.frees.includes(reference))
    .reduce<Overlapping | undefined>(
      (longest, each) => (longest === undefined || endOf(each.exemption) > endOf(longest.exemption) ? each : longest),
      undefined,
    );

/** Whether it lasts at least until the asked end, so that the planned one adds nothing to what it frees. */
export const isLasting = ({ overlap }: Overlapping): boolean => overlap.ends !== 'earlier';

/** Whether something frees a reference until the asked end. */
export const isFreed = (found: readonly Overlapping[], reference: Reference): boolean => {
  const cover = coverOf(found, reference);
  return cover !== undefined && isLasting(cover);
};
