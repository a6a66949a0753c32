import { awaitsApproval, moved, type ExemptionRequest } from '../../core/request/request.ts';
import type { Actor } from '../../core/person.ts';
import { dueReminders, emergencyHours, lapsesAt } from '../../core/request/waiting.ts';
import { closeGone } from './close-gone.ts';
import { findApprovalPlaces } from './find-approval-channels.ts';
import { attemptAll, attemptEach } from '../attempt-all.ts';
import { changeRequest } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { revoke } from '../write/revoke-request.ts';

const actor: Actor = { kind: 'job', name: 'watch-waiting' };

/** Reminds each place once for a step; claim and job are committed together. Whoever dies in between does it again. */
const remind = async (desk: Desk, request: ExemptionRequest): Promise<void> => {
  const { reference, termsVersion } = request;
  const now = desk.now();
  const due = dueReminders(request, now).map((step) => `reminder ${termsVersion} ${step}`);
  if (due.length === 0) return;
  for (const { id: conversationId } of await findApprovalPlaces(desk, request)) {
    if (await desk.database.alerts.isClaimed(conversationId, reference, due)) continue;
    await desk.database.transaction(async (store) => {
      if (await store.alerts.claim(conversationId, reference, due, desk.now()))
        await store.jobs.send('remind-approvers', { reference, conversationId });
    });
  }
  await desk.database.requests.noteReminded(reference, now);
};

const watch = async (desk: Desk, request: ExemptionRequest): Promise<void> => {
  const now = desk.now();
  if (!awaitsApproval(request)) return;
  if (request.emergency !== undefined && request.emergency.ratifyBy <= now) {
    await revoke(desk, request, undefined, `Nobody approved it within ${emergencyHours} hours.`);
  } else if (request.status === 'pending' && lapsesAt(request) <= now) {
    const after = moved(request, 'lapsed', desk.timeZone);
    await changeRequest(desk, { before: request, after, actor, event: 'lapsed' });
  } else await remind(desk, request);
};

const watchDue = (desk: Desk): Promise<void> =>
  attemptEach(desk.database.requests.toWatch(desk.now()), (portion) =>
    attemptAll(portion.map((request) => () => watch(desk, request))),
  );

/** Looks after waiting requests: closes those whose scopes are gone, reminds approvers, lets requests lapse that nobody decides, and takes back emergencies that nobody approves. */
export const watchWaiting = (desk: Desk): Promise<void> =>
  attemptAll([closeGone, watchDue].map((part) => () => part(desk)));
