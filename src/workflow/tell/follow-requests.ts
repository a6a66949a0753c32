import { isInEffect, isOverdue, progressOf, whyUnseen } from '../../core/request/effect.ts';
import type { Assessment } from '../../core/tenant/recommendation.ts';
import { queryScopes } from '../../core/tenant/scope-sets.ts';
import type { Actor } from '../../core/person.ts';
import { heldIds } from '../../core/request/exemption-claims.ts';
import { moved, type EffectProgress, type ExemptionRequest } from '../../core/request/request.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import { attemptAll, attemptEach } from '../attempt-all.ts';
import { changeRequest } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { laterHolders } from '../record/settle-claims.ts';
import { readOnlyNow } from '../heed-read-only.ts';
import { reportInEffect, reportNotEffective } from './report-not-effective.ts';

const resumeAfterMs = 10 * 60_000;
/** How long people wait for the effect in front of the screen; afterwards it depends on Defender's evaluations every few hours. */
const freshMs = 60 * 60_000;
const actor: Actor = { kind: 'job', name: 'follow-requests' };

const move = async (desk: Desk, before: ExemptionRequest, to: RequestStatus): Promise<void> => {
  await changeRequest(desk, { before, after: moved(before, to, desk.timeZone), actor, event: to });
};

/** Ends a request whose exemptions all belong to a later one, as an earlier version could leave it behind. */
const retire = async (desk: Desk, before: ExemptionRequest): Promise<void> => {
  const [by] = await laterHolders(desk.database, desk.now(), before);
  if (by === undefined) return;
  const after = moved(before, 'replaced', desk.timeZone);
  await changeRequest(desk, { before, after, actor, event: 'replaced', facts: { by } });
};

/** What Defender shows of each of the requests, in their order. */
const assessmentsOfAll = async (desk: Desk, requests: readonly ExemptionRequest[]): Promise<Assessment[][]> => {
  const hierarchy = await desk.hierarchy();
  const questions = requests.map(({ terms }) => ({
    key: terms.recommendation.key,
    where: queryScopes(terms.scopes, hierarchy),
  }));
  return desk.recommendations.assessmentsOfAll(questions);
};

/** Cards show the progress, so they are drawn again when it changes. */
const noteProgress = async (desk: Desk, request: ExemptionRequest, progress: EffectProgress): Promise<void> => {
  if (request.progress?.exempt === progress.exempt && request.progress.of === progress.of) return;
  await desk.database.transaction(async (store) => {
    await store.requests.recordProgress(request.reference, progress);
    await store.jobs.send('publish-request', { reference: request.reference });
  });
};

const noteEffect = async (desk: Desk, request: ExemptionRequest, seen: readonly Assessment[]): Promise<void> => {
  const { key } = request.terms.recommendation;
  const progress = progressOf(seen);
  if (isInEffect(key, seen)) {
    // First, because whoever dies in between does it again.
    await reportInEffect(desk, request);
    return move(desk, request, 'effective');
  }
  await noteProgress(desk, request, progress);
  if (isOverdue(request, desk.now())) await reportNotEffective(desk, request, progress, whyUnseen(key, seen));
};

const followPortion = async (desk: Desk, portion: readonly ExemptionRequest[]): Promise<void> => {
  const standing = portion.filter((request) => heldIds(request).length > 0);
  const seen = standing.length === 0 ? [] : await assessmentsOfAll(desk, standing);
  const pairs = standing.flatMap((request, index) => {
    const how = seen[index];
    return how === undefined ? [] : [{ request, how }];
  });
  await attemptAll(
    pairs.map(
      ({ request, how }) =>
        () =>
          noteEffect(desk, request, how),
    ),
  );
};

/** Checks whether written exemptions show in Defender: fresh ones at each tick, the others as often as there are sweeps. */
const followEffects = async (desk: Desk): Promise<void> => {
  const now = desk.now();
  const last = await desk.database.sweeps.followedAt();
  const isTurnOfAll = last === undefined || Math.abs(now.getTime() - last.getTime()) >= desk.sweepMinutes * 60_000;
  const since = isTurnOfAll ? undefined : new Date(now.getTime() - freshMs);
  await attemptEach(desk.database.requests.toFollow(now, since), (portion) => followPortion(desk, portion));
  if (isTurnOfAll) await desk.database.sweeps.followed(now);
};

/**
 * Follows written requests until they end: in effect once Defender counts no unhealthy resource there any more, expired after their expiry.
 * One that does not take effect in time is reported once and followed further.
 */
export const followRequests = async (desk: Desk): Promise<void> => {
  const { requests } = desk.database;
  const now = desk.now();
  const ofEach = (work: (request: ExemptionRequest) => Promise<void>) => (portion: readonly ExemptionRequest[]) =>
    attemptAll(portion.map((request) => () => work(request)));
  await attemptAll([
    () =>
      attemptEach(
        requests.withoutExemption(now),
        ofEach((request) => retire(desk, request)),
      ),
    () =>
      attemptEach(
        requests.toExpire(now),
        ofEach((request) => move(desk, request, 'expired')),
      ),
    () => followEffects(desk),
  ]);
};

/** Starts the jobs of decided requests again if they were lost or gave up; not while jobs wait for permission to write. */
export const resumeDecided = async (desk: Desk): Promise<void> => {
  if ((await readOnlyNow(desk)) !== undefined) return;
  const limit = new Date(desk.now().getTime() - resumeAfterMs);
  for await (const portion of desk.database.requests.toResume(limit))
    for (const { reference, status } of portion)
      await desk.database.jobs.send(status === 'approved' ? 'apply-request' : 'revoke-request', { reference });
};
