import type { Draft } from '../../core/request/draft.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { isInForce, standing, type ExemptionRequest } from '../../core/request/request.ts';
import { requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';

/** Only what is in force, or has ended by itself, can be put off or changed. */
export const refuseUnlessReplaceable = (desk: Desk, request: ExemptionRequest): void => {
  if (isInForce(request) || request.status === 'expired') return;
  const where = standing(request, desk.timeZone);
  throw new GovernanceError('conflict', `${request.reference} cannot be renewed or changed, because it is ${where}.`);
};

/** The request whose place a draft takes: named by it, or by the waiting request that it changes. Conflict where it is no longer there to be replaced. */
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
