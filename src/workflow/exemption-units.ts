import { normalId, scopesAbove } from '../core/arm-id.ts';
import type { ExemptionUnit } from '../core/alert.ts';
import { expiryOf } from '../core/alert.ts';
import type { Exemption } from '../core/exemption.ts';
import type { ExemptionRequest } from '../core/request.ts';
import { requestBehind } from './list-exemptions.ts';
import { bearingOn, type PolicyMap } from './policy-map.ts';

/** The scope that holds a scope directly inside its subscription; management groups and subscriptions stand for themselves. */
const parentScope = (scope: string): string => normalId(scopesAbove(scope)[1] ?? scope);

const outsideKey = (exemption: Exemption, recommendationKeys: readonly string[]): string =>
  [
    'outside',
    recommendationKeys.join('+'),
    parentScope(exemption.scope),
    exemption.expiresAt?.toISOString() ?? 'never',
    exemption.createdBy ?? 'unknown',
  ].join('|');

/**
 * What alerts are about: the exemptions of one request; for those made outside, what was made together (recommendation, parent scope, expiry,
 * creator). Exemptions that bear on no Defender recommendation are left out.
 */
export const unitsOf = (
  map: PolicyMap,
  exemptions: readonly Exemption[],
  requests: readonly ExemptionRequest[],
): ExemptionUnit[] => {
  const units = new Map<string, ExemptionUnit>();
  for (const exemption of exemptions) {
    const recommendations = bearingOn(map, exemption);
    const [first] = recommendations;
    if (first === undefined) continue;
    const request = requestBehind(requests, exemption);
    const key =
      request?.reference ??
      outsideKey(
        exemption,
        recommendations.map((each) => each.key),
      );
    const others = recommendations.length - 1;
    const title = others === 0 ? first.title : `${first.title} and ${others} more`;
    const unit = units.get(key);
    units.set(key, {
      key,
      recommendation: { title: request?.terms.recommendation.title ?? title, severity: first.severity },
      exemptions: [...(unit?.exemptions ?? []), exemption],
      reference: request?.reference,
    });
  }
  return [...units.values()];
};

/** Renewing starts the warnings afresh: they are counted per end. */
export const endKey = (unit: ExemptionUnit): string => `${unit.key}|ends ${expiryOf(unit)?.toISOString() ?? 'never'}`;
