import type { Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { SweepProgress } from '../../core/inventory/sweep.ts';
import type { Desk } from '../desk.ts';
import { mapPolicies, type PolicyMap } from '../plan/map-policies.ts';

/** The data that one sweep works with. */
export type SweepLook = {
  /** The time of the whole sweep, however long it takes. */
  readonly at: Date;
  readonly progress: SweepProgress;
  readonly map: PolicyMap;
  readonly hierarchy: Hierarchy;
};

export const lookAround = async (desk: Desk): Promise<SweepLook> => {
  const at = desk.now();
  const [progress, map, hierarchy] = await Promise.all([
    desk.database.sweeps.progress(),
    mapPolicies(desk),
    desk.hierarchy(),
  ]);
  return { at, progress, map, hierarchy };
};
