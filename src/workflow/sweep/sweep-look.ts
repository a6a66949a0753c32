import type { Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { SweepProgress } from '../../core/inventory/sweep.ts';
import type { Desk } from '../desk.ts';
import { policyMap, type PolicyMap } from '../plan/policy-map.ts';

/** What one sweep looks with. */
export type SweepLook = {
  /** The moment of the whole sweep, however long it takes. */
  readonly at: Date;
  readonly progress: SweepProgress;
  readonly map: PolicyMap;
  readonly hierarchy: Hierarchy;
};

export const lookAround = async (desk: Desk): Promise<SweepLook> => {
  const at = desk.now();
  const [progress, map, hierarchy] = await Promise.all([
    desk.database.sweeps.progress(),
    policyMap(desk),
    desk.hierarchy(),
  ]);
  return { at, progress, map, hierarchy };
};
