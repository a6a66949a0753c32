import { sameId } from '../../core/tenant/arm-id.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import type { SeenExemption } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import { buildExemption } from '../plan/build-exemption.ts';

/** In these statuses the exemptions of a request should be in Azure as written; in all others nothing is expected of them. */
const standing: readonly RequestStatus[] = ['applied', 'partly-applied', 'effective', 'expired'];

export const shouldStand = (request: ExemptionRequest | undefined): boolean =>
  request === undefined || standing.includes(request.status);

/** An emergency that nobody approved in time: Azure ends it by itself, and Exemption Desk takes it out. */
export const isTakenOut = ({ revocation, emergency }: ExemptionRequest, at?: Date): boolean =>
  (revocation !== undefined && revocation.by === undefined) ||
  (at !== undefined && emergency !== undefined && emergency.ratifyBy <= at);

/** What a request says should be at the id of an exemption; undefined if none does. */
export const whatShouldStand = (
  desk: Pick<Desk, 'hash'>,
  request: ExemptionRequest | undefined,
  found: SeenExemption,
): SeenExemption | undefined => {
  const target = request?.targets.find(({ exemptionId }) => sameId(exemptionId, found.id));
  if (request === undefined || target === undefined || !shouldStand(request)) return undefined;
  const { description, policyAssignmentId, referenceIds, category, displayName, expiresAt } = buildExemption(
    request,
    target,
  );
  return {
    ...found,
    policyAssignmentId,
    referenceIds,
    category,
    displayName,
    expiresAt,
    descriptionHash: desk.hash(description),
    // Writing keeps existing selectors, so they do not show who wrote the exemption.
    resourceSelectors: [],
  };
};
