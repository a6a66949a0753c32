import { approvalsMissing, approvalsSoFar, type ExemptionRequest } from './request.ts';

/**
 * What the requester is told when somebody approved and others still have to; undefined while nobody has. `narrowedTo`: what that approval
 * left of the terms.
 */
export const partlyApproved = (request: ExemptionRequest, narrowedTo: string | undefined): string | undefined => {
  const latest = request.approvals.at(-1);
  if (latest === undefined) return undefined;
  const { by, comment } = latest;
  const changes = narrowedTo === undefined ? '' : ` with changes: ${narrowedTo}`;
  const words = comment === '' ? '' : ` “${comment}”`;
  return `${by.name} approved ${request.reference}${changes}.${words} It has ${approvalsSoFar(request)}, and needs ${approvalsMissing(request)}.`;
};

/** What somebody is told whose approval was for other terms. */
export const noLongerCounts = (reference: string, by: string): string =>
  `${by} changed ${reference} after you approved it, so your approval no longer counts. Look at the new terms and decide again. To see it, send: request ${reference}`;
