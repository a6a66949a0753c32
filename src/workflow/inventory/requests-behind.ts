import type { Exemption } from '../../core/exemption/exemption.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { sameId } from '../../core/tenant/arm-id.ts';

/** Finds the request behind an exemption. Trusted only if the stored request names this exemption id. */
export const requestsBehind = (
  requests: readonly ExemptionRequest[],
): ((exemption: Pick<Exemption, 'id' | 'requestReference'>) => ExemptionRequest | undefined) => {
  const byReference = new Map(requests.map((request) => [request.reference, request]));
  return ({ id, requestReference = '' }) => {
    const request = byReference.get(requestReference);
    return request?.targets.some((target) => sameId(target.exemptionId, id)) === true ? request : undefined;
  };
};
