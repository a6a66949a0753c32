import { firstFew } from '../../core/first-few.ts';
import { expiryOf, type ExemptionUnit } from '../../core/alert/alert.ts';
import { normalId, scopesAbove } from '../../core/tenant/arm-id.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { worstSeverity } from '../../core/tenant/severity.ts';
import type { Recommendation } from '../../core/tenant/recommendation.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';

type Known = Pick<Recommendation, 'key' | 'title' | 'severity'>;

/** The scope that directly contains a scope inside its subscription; for management groups and subscriptions, the scope itself. */
const parentScope = (scope: string): string => normalId(scopesAbove(scope)[1] ?? scope);

/**
 * The key of the unit in which alerts report an exemption: the exemptions of one request or, if made outside, those that were made together
 * (same recommendation, parent scope, expiry, creator and day). Stable over sweeps and restarts, and without a person's name in it.
 */
export const unitKeyOf = (
  exemption: Exemption,
  recommendations: readonly Known[],
  request: ExemptionRequest | undefined,
  hash: (text: string) => string,
): string =>
  request?.reference ??
  `outside ${hash(
    JSON.stringify([
      recommendations.map(({ key }) => key),
      parentScope(exemption.scope),
      // To the minute: exemptions made together have the same expiry, but not the same millisecond.
      exemption.expiresAt?.toISOString().slice(0, 16) ?? 'never',
      exemption.createdBy ?? 'unknown',
      exemption.createdAt?.toISOString().slice(0, 10) ?? 'unknown',
    ]),
  ).slice(0, 32)}`;

/** How alerts name the recommendations of an exemption; undefined if it has none, and then nobody is alerted about it. */
export const recommendationOf = (
  recommendations: readonly Known[],
  request: ExemptionRequest | undefined,
): Sighting['recommendation'] => {
  const [first] = recommendations;
  if (first === undefined) return undefined;
  const title = firstFew(
    recommendations.map((each) => each.title),
    1,
  );
  return {
    title: request?.terms.recommendation.title ?? title,
    severity: worstSeverity(recommendations.map((each) => each.severity)) ?? first.severity,
  };
};

/**
 * Groups sightings into units, without exemptions that belong to no Defender recommendation. `live` contains what Azure has just returned
 * for some of them, by normal id.
 */
export const unitsOf = (
  sightings: readonly Sighting[],
  live: ReadonlyMap<string, Exemption>,
  keyOf: (sighting: Sighting) => string = ({ unitKey }) => unitKey,
): (ExemptionUnit & { readonly sightings: readonly Sighting[] })[] =>
  [...Map.groupBy(sightings, keyOf)].flatMap(([, members]) => {
    const told = members.filter(({ recommendation }) => recommendation !== undefined);
    const [first] = told;
    if (first?.recommendation === undefined) return [];
    return [
      {
        key: first.unitKey,
        recommendation: first.recommendation,
        exemptions: told.map(({ exemption }) => live.get(normalId(exemption.id)) ?? exemption),
        reference: first.reference,
        sightings: told,
      },
    ];
  });

/** The key of a unit with its expiry: reminders are counted per expiry, so a renewal starts them again. */
export const endKey = (unit: Pick<ExemptionUnit, 'key' | 'exemptions'>): string =>
  `${unit.key}|ends ${expiryOf(unit)?.toISOString() ?? 'never'}`;
