import { normalId } from '../tenant/arm-id.ts';
import type { ExemptionRequest } from '../request/request.ts';

type Renewable = Pick<ExemptionRequest, 'createdAt' | 'appliedAt' | 'targets'>;

/** Whether a request renews another: it is for an exemption (by its ARM id) that an earlier one of these requests wrote. */
export const isRenewalAmong = (requests: readonly Renewable[]): ((request: Renewable) => boolean) => {
  const firstSent = new Map<string, number>();
  for (const { createdAt, appliedAt, targets } of requests)
    for (const { exemptionId } of appliedAt === undefined ? [] : targets) {
      const id = normalId(exemptionId);
      firstSent.set(id, Math.min(createdAt.getTime(), firstSent.get(id) ?? Infinity));
    }
  return ({ createdAt, targets }) =>
    targets.some(({ exemptionId }) => (firstSent.get(normalId(exemptionId)) ?? Infinity) < createdAt.getTime());
};
