import type { Draft } from '../../core/request/draft.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { isInForce, standing, type ExemptionRequest } from '../../core/request/request.ts';
import { requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';

/** Only a request in force, or one that has expired, can be renewed or changed. */
export const refuseUnlessReplaceable = (desk: Desk, request: ExemptionRequest): void => {
  if (isInForce(request) || request.status === 'expired') return;
  const where = standing(request, desk.timeZone);
  throw new GovernanceError('conflict', `${request.reference} cannot be renewed or changed, because it is ${where}.`);
};

/** The waiting request that a draft changes. */
export const findAmended = async (
  desk: Desk,
  { amends }: Pick<Draft, 'amends'>,
): Promise<ExemptionRequest | undefined> => (amends === undefined ? undefined : requestNamed(desk, amends.reference));

/**
 * The request that a draft replaces: named by the draft, or by the waiting request that it changes. Throws GovernanceError conflict if it
 * can no longer be replaced.
 */
export const findReplaced = async (
  desk: Desk,
  { amends, replaces }: Pick<Draft, 'amends' | 'replaces'>,
): Promise<ExemptionRequest | undefined> => {
  const reference =
    replaces?.reference ??
    (amends === undefined ? undefined : (await requestNamed(desk, amends.reference)).renewal?.of);
  if (reference === undefined) return undefined;
  const request = await requestNamed(desk, reference);
  refuseUnlessReplaceable(desk, request);
  return request;
};
