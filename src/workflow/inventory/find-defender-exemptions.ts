import type { DefenderExemption } from '../../core/inventory/defender-exemption.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { covers, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { normalId, sameId } from '../../core/tenant/arm-id.ts';
import type { Assessment } from '../../core/tenant/recommendation.ts';
import { retiredNamed } from '../../core/tenant/retired-recommendation.ts';
import { severityOf } from '../../core/tenant/severity.ts';
import type { ListedExemption } from '../../core/inventory/listed-exemption.ts';
import type { Desk } from '../desk.ts';

/** The exemptions made in Defender at or above some scopes. Undefined if Azure does not answer: what was made in Azure Policy is shown without them. */
export const findDefenderExemptions = async (
  desk: Pick<Desk, 'defenderExemptions'>,
  scopes: readonly string[],
  hierarchy: Hierarchy,
): Promise<DefenderExemption[] | undefined> =>
  unlessUntold(() => desk.defenderExemptions.above(scopes, hierarchy), undefined);

type Named = ListedExemption['recommendations'];

/** A recommendation that Microsoft retired is in no catalogue any more. */
const formerly = (key: string): Named => {
  const retired = retiredNamed(key);
  return retired === undefined ? [] : [{ key: retired.key, title: retired.title, severity: severityOf('') }];
};

/** Finds what such exemptions exempt from: one recommendation, or none if its key is not known. */
export const namedIn = (catalogue: Named): ((exemption: Pick<DefenderExemption, 'recommendationKey'>) => Named) => {
  const byKey = Map.groupBy(catalogue, ({ key }) => normalId(key));
  return ({ recommendationKey: key = '' }) => byKey.get(normalId(key)) ?? formerly(key);
};

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
