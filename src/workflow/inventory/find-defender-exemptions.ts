import type { DefenderExemption } from '../../core/inventory/defender-exemption.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { covers, scopeChain, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { sameId, subscriptionOf } from '../../core/tenant/arm-id.ts';
import type { Assessment } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';
import type { Viewpoint } from '../rights/take-viewpoint.ts';

/**
 * Exemptions made in Defender, around everything that a viewpoint shows. Undefined if Azure does not answer: a list shows the others
 * without waiting for these.
 */
export const findDefenderExemptions = async (
  desk: Pick<Desk, 'defenderExemptions'>,
  { where, hierarchy }: Pick<Viewpoint, 'where' | 'hierarchy'>,
): Promise<DefenderExemption[] | undefined> => {
  const subscriptions = [...where.subscriptions, ...where.narrower.flatMap((scope) => subscriptionOf(scope) ?? [])];
  return unlessUntold(
    () => desk.defenderExemptions.list(subscriptions.flatMap((each) => scopeChain(each, hierarchy))),
    undefined,
  );
};

/** Whether such an exemption exempts an assessment. */
export const exempts = (
  { recommendationKey, scope, excludedScopes }: DefenderExemption,
  { recommendationKey: key, resourceId }: Assessment,
  hierarchy: Hierarchy,
): boolean =>
  sameId(recommendationKey, key) &&
  covers(scope, resourceId, hierarchy) &&
  !excludedScopes.some((excluded) => covers(excluded, resourceId, hierarchy));
