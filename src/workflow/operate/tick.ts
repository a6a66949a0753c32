import { attemptAll } from '../attempt-all.ts';
import type { Desk } from '../desk.ts';
import { followRequests, resumeDecided } from '../tell/follow-requests.ts';
import { forgetOld } from './forget-old.ts';
import { takeHint } from './note-azure-events.ts';
import { publishLedgerHead } from '../ledger/publish-ledger-head.ts';
import { resumeAnswers } from './resume-answers.ts';
import { releaseAlerts } from '../alert/release-alerts.ts';
import { timedSweep } from './timed-sweep.ts';
import { watchWaiting } from '../decide/watch-waiting.ts';
import { sendWeeklyReports } from '../report/weekly-report.ts';

const sweepIfDue = async (desk: Desk): Promise<void> => {
  const { lastLookedAt: last } = await desk.database.sweeps.progress();
  const isHinted = await takeHint(desk);
  const isDue = last === undefined || Math.abs(desk.now().getTime() - last.getTime()) >= desk.sweepMinutes * 60_000;
  if (isHinted || isDue) await timedSweep(desk);
};

/** What is done each minute, by one replica at a time: everything whose deadline is a column. Safe to run at any time and twice. */
export const tick = (desk: Desk): Promise<void> =>
  attemptAll(
    [
      publishLedgerHead,
      resumeAnswers,
      resumeDecided,
      watchWaiting,
      followRequests,
      sweepIfDue,
      releaseAlerts,
      sendWeeklyReports,
      forgetOld,
    ].map((part) => () => part(desk)),
  );
