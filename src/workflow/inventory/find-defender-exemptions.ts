import type { DefenderExemption } from '../../core/inventory/defender-exemption.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { covers, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { sameId } from '../../core/tenant/arm-id.ts';
import type { Assessment } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';

/** All exemptions made in Defender. Undefined if Azure does not answer: a list shows the others without waiting for these. */
export const findDefenderExemptions = async (
  desk: Pick<Desk, 'defenderExemptions'>,
): Promise<DefenderExemption[] | undefined> => unlessUntold(() => desk.defenderExemptions.list(), undefined);

/** Whether such an exemption exempts an assessment. */
export const exempts = (
  { recommendationKey, scope, excludedScopes }: DefenderExemption,
  { recommendationKey: key, resourceId }: Assessment,
  hierarchy: Hierarchy,
): boolean =>
  recommendationKey !== undefined &&
  sameId(recommendationKey, key) &&
  covers(scope, resourceId, hierarchy) &&
  !excludedScopes.some((excluded) => covers(excluded, resourceId, hierarchy));
