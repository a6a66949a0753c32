import { attemptAll } from '../attempt-all.ts';
import { tellTargetsIfDue } from '../connect/tell-target.ts';
import type { Desk, SweepingDesk } from '../desk.ts';
import { followRequests, resumeDecided } from '../tell/follow-requests.ts';
import { endCleanups } from '../inventory/end-cleanups.ts';
import { forgetOld } from './forget-old.ts';
import { tellDrafts } from '../tell/tell-drafts.ts';
import { takeHint } from './note-azure-events.ts';
import { refreshMirror } from '../mirror/refresh-mirror.ts';
import { sampleMirror } from '../mirror/sample-mirror.ts';
import { publishLedgerHead } from '../ledger/publish-ledger-head.ts';
import { watchWaiting } from '../decide/watch-waiting.ts';
import { redrawHomes } from '../home/redraw-homes.ts';
import { sendWeeklyReports } from '../report/send-weekly-reports.ts';
import { sweepExemptions, type SweepWay } from '../sweep/sweep-exemptions.ts';

/** Sweeps, and records the duration. */
export const timedSweep = async (desk: SweepingDesk): Promise<SweepWay> => {
  const from = desk.now();
  const way = await sweepExemptions(desk);
  const milliseconds = desk.now().getTime() - from.getTime();
  await desk.database.sweeps.took(milliseconds);
  desk.observe({ what: 'sweep', milliseconds, way });
  return way;
};

/** Longer than anything normally waits for its turn. */
const usualWaitMs = 60_000;

/** Resumes answering whatever has waited in the inbox for longer than `waitMs`: the replica that had it may be gone. */
export const resumeAnswers = async (desk: Desk, waitMs = usualWaitMs): Promise<void> => {
  const { inbox, jobs } = desk.database;
  for (const conversationId of await inbox.waitingSince(new Date(desk.now().getTime() - waitMs)))
    await jobs.send('answer-activity', { conversationId });
};

/** Schedules the delivery of alerts that have become due, for example at the end of quiet hours or for a digest. */
const releaseAlerts = async (desk: Desk): Promise<void> => {
  if ((await desk.database.alerts.conversationsDue(desk.now())).length > 0)
    await desk.database.jobs.send('deliver-alerts', {});
};

/** Schedules the drawing of alerts that Teams did not take before. */
const refreshAlertsIfDue = async (desk: Desk): Promise<void> => {
  if (await desk.database.postedAlerts.isAnyOutdated(desk.now())) await desk.database.jobs.send('refresh-alerts', {});
};

const sweepIfDue = async (desk: SweepingDesk): Promise<void> => {
  const { lastLookedAt: last } = await desk.database.sweeps.progress();
  const isHinted = await takeHint(desk);
  const isDue = last === undefined || Math.abs(desk.now().getTime() - last.getTime()) >= desk.sweepMinutes * 60_000;
  if (isHinted || isDue) await timedSweep(desk);
};

/** Runs every minute on one replica: everything whose deadline is stored in a column. Safe to run at any time and twice. */
export const tick = (desk: SweepingDesk): Promise<void> =>
  attemptAll(
    [
      publishLedgerHead,
      resumeAnswers,
      resumeDecided,
      endCleanups,
      watchWaiting,
      tellDrafts,
      followRequests,
      sampleMirror,
      refreshMirror,
      sweepIfDue,
      redrawHomes,
      releaseAlerts,
      refreshAlertsIfDue,
      tellTargetsIfDue,
      sendWeeklyReports,
      forgetOld,
    ].map((part) => () => part(desk)),
  );
