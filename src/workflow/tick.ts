import { attemptAll } from './attempt-all.ts';
import type { Desk } from './desk.ts';
import { followRequests, resumeDecided } from './follow-requests.ts';
import { forgetOld } from './forget-old.ts';
import { takeHint } from './note-azure-events.ts';
import { publishLedgerHead } from './publish-ledger-head.ts';
import { releaseAlerts } from './release-alerts.ts';
import { timedSweep } from './timed-sweep.ts';
import { watchWaiting } from './watch-waiting.ts';
import { sendWeeklyReports } from './weekly-report.ts';

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
      resumeDecided,
      watchWaiting,
      followRequests,
      sweepIfDue,
      releaseAlerts,
      sendWeeklyReports,
      forgetOld,
    ].map((part) => () => part(desk)),
  );
