import { isInEffect, isOverdue, progressOf } from '../core/effect.ts';
import { isExpired } from '../core/exemption.ts';
import { queryScopes } from '../core/hierarchy.ts';
import type { Actor } from '../core/person.ts';
import { moved, type EffectProgress, type ExemptionRequest, type RequestStatus } from '../core/request.ts';
import { attemptAll } from './attempt-all.ts';
import { changeRequest } from './change-request.ts';
import type { Desk } from './desk.ts';
import { reportNotEffective } from './report-not-effective.ts';

const resumeAfterMs = 10 * 60_000;
const actor: Actor = { kind: 'job', name: 'follow-requests' };

const move = async (desk: Desk, before: ExemptionRequest, to: RequestStatus): Promise<void> => {
  await changeRequest(desk, { before, after: moved(before, to, desk.timeZone), actor, event: to });
};

const progressNow = async (desk: Desk, request: ExemptionRequest): Promise<EffectProgress> => {
  const where = queryScopes(request.terms.scopes, await desk.hierarchy());
  return progressOf(await desk.recommendations.assessments(request.terms.recommendation.key, where));
};

/** The cards say how far it is, so they are drawn again when that changes. */
const noteProgress = async (desk: Desk, request: ExemptionRequest, progress: EffectProgress): Promise<void> => {
  if (request.progress?.exempt === progress.exempt && request.progress.of === progress.of) return;
  await desk.database.transaction(async (store) => {
    await store.requests.recordProgress(request.reference, progress);
    await store.jobs.send('publish-request', { reference: request.reference });
  });
};

const followOne = async (desk: Desk, request: ExemptionRequest): Promise<void> => {
  if (isExpired(request.terms, desk.now())) return move(desk, request, 'expired');
  if (request.status === 'effective') return;
  const progress = await progressNow(desk, request);
  if (isInEffect(progress)) return move(desk, request, 'effective');
  await noteProgress(desk, request, progress);
  if (isOverdue(request, desk.now())) await reportNotEffective(desk, request, progress);
};

/**
 * Follows what was written until it ends: in effect once Defender counts nothing unhealthy there any more, expired past its end. What does not
 * show in time is reported once and followed on.
 */
export const followRequests = async (desk: Desk): Promise<void> => {
  const written = await desk.database.requests.list({ statuses: ['applied', 'partly-applied', 'effective'] });
  await attemptAll(written.map((request) => () => followOne(desk, request)));
};

/** Starts the work in Azure again for requests that were decided but whose job was lost or gave up. */
export const resumeDecided = async (desk: Desk): Promise<void> => {
  const limit = desk.now().getTime() - resumeAfterMs;
  for (const { reference, status, decision, revocation } of await desk.database.requests.list({
    statuses: ['approved', 'revoking'],
  })) {
    const decided = status === 'approved' ? decision : revocation;
    if (decided !== undefined && decided.at.getTime() <= limit)
      await desk.database.jobs.send(status === 'approved' ? 'apply-request' : 'revoke-request', { reference });
  }
};
