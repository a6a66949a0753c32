import { queryScopes } from '../core/hierarchy.ts';
import type { Actor } from '../core/person.ts';
import { moved, type ExemptionRequest, type RequestStatus } from '../core/request.ts';
import { changeRequest } from './change-request.ts';
import type { Desk } from './desk.ts';

const actor: Actor = { kind: 'job', name: 'follow-requests' };

const isInEffect = async (desk: Desk, request: ExemptionRequest): Promise<boolean> => {
  const where = queryScopes(request.terms.scopes, await desk.hierarchy());
  const assessments = await desk.recommendations.assessments(request.terms.recommendation.key, where);
  return !assessments.some((assessment) => assessment.status === 'unhealthy');
};

const nextOf = async (desk: Desk, request: ExemptionRequest): Promise<RequestStatus | undefined> => {
  if (request.terms.expiresAt.getTime() <= desk.now().getTime()) return 'expired';
  return request.status === 'applied' && (await isInEffect(desk, request)) ? 'effective' : undefined;
};

/** Follows what was written until it ends: in effect once Defender counts nothing unhealthy there any more, expired past its end. */
export const followRequests = async (desk: Desk): Promise<void> => {
  for (const before of await desk.database.requests.list({ statuses: ['applied', 'effective'] })) {
    const next = await nextOf(desk, before);
    if (next !== undefined)
      await changeRequest(desk, { before, after: moved(before, next, desk.timeZone), actor, event: next });
  }
};

/** Starts the writing again for requests that were approved but whose job was lost or gave up. */
export const resumeApproved = async (desk: Desk, olderThanMinutes = 10): Promise<void> => {
  const limit = desk.now().getTime() - olderThanMinutes * 60_000;
  for (const { reference, decision } of await desk.database.requests.list({ statuses: ['approved'] })) {
    if (decision !== undefined && decision.at.getTime() <= limit)
      await desk.database.jobs.send('apply-request', { reference });
  }
};
