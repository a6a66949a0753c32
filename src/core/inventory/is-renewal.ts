import { normalId } from '../tenant/arm-id.ts';
import type { ExemptionRequest } from '../request/request.ts';

/**
 * Whether a request renews another: it is for an exemption (by its ARM id) that an earlier one wrote. `firstSent` says when the first request
 * that wrote each exemption was sent, by normal id.
 */
export const isRenewal = (
  { createdAt, targets }: Pick<ExemptionRequest, 'createdAt' | 'targets'>,
  firstSent: ReadonlyMap<string, Date>,
): boolean => targets.some(({ exemptionId }) => (firstSent.get(normalId(exemptionId)) ?? createdAt) < createdAt);
