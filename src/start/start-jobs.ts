import { deliverAlerts } from '../workflow/alert/deliver-alerts.ts';
import { refreshAlerts } from '../workflow/alert/refresh-alerts.ts';
import { tellTarget } from '../workflow/connect/tell-target.ts';
import type { SweepingDesk } from '../workflow/desk.ts';
import { cleanUp } from '../workflow/inventory/clean-up.ts';
import { redrawHomes } from '../workflow/home/redraw-homes.ts';
import { tick, timedSweep } from '../workflow/operate/tick.ts';
import { postWeeklyReport } from '../workflow/report/send-weekly-reports.ts';
import { postMissingCards } from '../workflow/tell/post-missing-cards.ts';
import { publishRequest } from '../workflow/tell/publish-request.ts';
import { remindApprovers } from '../workflow/tell/remind-approvers.ts';
import { applyRequest } from '../workflow/write/apply-request.ts';
import { revokeRequest } from '../workflow/write/revoke-request.ts';
import type { OpenJobs } from '../jobs/open-jobs.ts';
import type { Bot } from './start-bot.ts';

/** The use case for each job. What Teams sent is answered by the bot. */
export const jobHandlers = (
  desk: SweepingDesk,
  { answerIn }: Pick<Bot, 'answerIn'>,
): Parameters<OpenJobs['work']>[0] => ({
  'answer-activity': ({ conversationId }) => answerIn(conversationId),
  'apply-request': ({ reference }) => applyRequest(desk, reference),
  'revoke-request': ({ reference }) => revokeRequest(desk, reference),
  'clean-up': ({ cleanupId }) => cleanUp(desk, cleanupId),
  'remind-approvers': ({ reference, conversationId }) => remindApprovers(desk, reference, conversationId),
  'publish-request': async ({ reference }) => {
    await publishRequest(desk, reference);
    await redrawHomes(desk);
  },
  'post-missing-cards': ({ conversationId }) => postMissingCards(desk, conversationId),
  'deliver-alerts': () => deliverAlerts(desk),
  'refresh-alerts': () => refreshAlerts(desk),
  'tell-target': ({ target }) => tellTarget(desk, target),
  'post-weekly-report': ({ channelId, monday }) => postWeeklyReport(desk, channelId, monday),
  'sweep-exemptions': async () => {
    await timedSweep(desk);
  },
});

/** Starts the workers of the job queue, and the tick of each minute. */
export const startJobs = async (jobs: OpenJobs, desk: SweepingDesk, bot: Bot, everyMinute = true): Promise<void> => {
  await desk.database.outbox.keepTargets(desk.connections, desk.now());
  await jobs.work(jobHandlers(desk, bot));
  if (everyMinute) await jobs.everyMinute(() => tick(desk));
};
