import { firstFew } from '../../core/first-few.ts';
import { expiryOf, type ExemptionUnit } from '../../core/alert/alert.ts';
import { normalId, scopesAbove } from '../../core/tenant/arm-id.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import type { Recommendation } from '../../core/tenant/recommendation.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';

type Known = Pick<Recommendation, 'key' | 'title' | 'severity'>;

/** The scope that holds a scope directly inside its subscription; management groups and subscriptions stand for themselves. */
const parentScope = (scope: string): string => normalId(scopesAbove(scope)[1] ?? scope);

/**
 * The key of what an exemption is told of together with: the exemptions of one request; for those made outside, what was made together
 * (recommendation, parent scope, expiry, creator, day). Stable over sweeps and restarts, and without a person's name in it.
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
      // To the minute: whoever makes several gives them the same end, but not the same millisecond.
      exemption.expiresAt?.toISOString().slice(0, 16) ?? 'never',
      exemption.createdBy ?? 'unknown',
      exemption.createdAt?.toISOString().slice(0, 10) ?? 'unknown',
    ]),
  ).slice(0, 32)}`;

/** What alerts call the recommendations that an exemption switches off; undefined where there is none: then nobody is told of it. */
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
  return { title: request?.terms.recommendation.title ?? title, severity: first.severity };
};

/**
 * The units that some sightings make, without those that bear on no Defender recommendation; `live` holds what Azure has just told of some of them,
 * by normal id.
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

/** Renewing starts the warnings afresh: they are counted per end. */
export const endKey = (unit: Pick<ExemptionUnit, 'key' | 'exemptions'>): string =>
  `${unit.key}|ends ${expiryOf(unit)?.toISOString() ?? 'never'}`;
