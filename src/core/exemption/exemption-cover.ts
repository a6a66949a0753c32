import type { Exemption } from './exemption.ts';
import {
  endOf,
  overlapOf,
  type Overlap,
  type OverlapContext,
  type PlannedExemption,
  type Reference,
} from './exemption-overlap.ts';

/** An existing exemption and its relation to a planned one. */
export type Overlapping = { readonly exemption: Exemption; readonly overlap: Overlap };

/** The existing exemptions that overlap a planned one. */
export const overlapping = (
  planned: PlannedExemption,
  { existing, ...context }: OverlapContext & { readonly existing: readonly Exemption[] },
): Overlapping[] =>
  existing
    .map((exemption) => ({ exemption, overlap: overlapOf(planned, exemption, context) }))
    .filter(({ overlap }) => overlap.kind !== 'apart' || overlap.isReplaced);

/** Among the exemptions that certainly cover a reference at the whole planned scope, the one that lasts longest. */
export const coverOf = (found: readonly Overlapping[], reference: Reference): Overlapping | undefined =>
  found
    .filter(({ overlap }) => overlap.frees.includes(reference))
    .reduce<Overlapping | undefined>(
      (longest, each) => (longest === undefined || endOf(each.exemption) > endOf(longest.exemption) ? each : longest),
      undefined,
    );

/** Whether it lasts at least as long as the planned one, which then adds nothing to what it covers. */
export const isLasting = ({ overlap }: Overlapping): boolean => overlap.ends !== 'earlier';

/** Whether an existing exemption covers a reference until the requested expiry. */
export const isFreed = (found: readonly Overlapping[], reference: Reference): boolean => {
  const cover = coverOf(found, reference);
  return cover !== undefined && isLasting(cover);
};
