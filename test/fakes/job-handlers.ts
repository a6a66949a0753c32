import { deliverAlerts } from '../../src/workflow/alert/deliver-alerts.ts';
import type { Desk } from '../../src/workflow/desk.ts';
import { cleanUp } from '../../src/workflow/inventory/clean-up.ts';
import { timedSweep } from '../../src/workflow/operate/tick.ts';
import { postWeeklyReport } from '../../src/workflow/report/send-weekly-reports.ts';
import { publishRequest } from '../../src/workflow/tell/publish-request.ts';
import { remindApprovers } from '../../src/workflow/tell/remind-approvers.ts';
import { applyRequest } from '../../src/workflow/write/apply-request.ts';
import { revokeRequest } from '../../src/workflow/write/revoke-request.ts';
import type { Handlers } from './fake-jobs.ts';

/** The use case behind each job, as the app has it; what comes from Teams is answered by the bot alone. */
export const handlersFor = (desk: Desk): Handlers => ({
  'answer-activity': async () => undefined,
  'apply-request': ({ reference }) => applyRequest(desk, reference),
  'revoke-request': ({ reference }) => revokeRequest(desk, reference),
  'clean-up': ({ cleanupId }) => cleanUp(desk, cleanupId),
  'remind-approvers': ({ reference, conversationId }) => remindApprovers(desk, reference, conversationId),
  'publish-request': ({ reference }) => publishRequest(desk, reference),
  'deliver-alerts': () => deliverAlerts(desk),
  'post-weekly-report': ({ channelId, monday }) => postWeeklyReport(desk, channelId, monday),
  'sweep-exemptions': () => timedSweep(desk),
});
