import { attemptAll } from './attempt-all.ts';
import type { Desk } from './desk.ts';
import { followRequests, resumeApproved } from './follow-requests.ts';
import { publishLedgerHead } from './publish-ledger-head.ts';
import { releaseAlerts } from './release-alerts.ts';
import { timedSweep } from './timed-sweep.ts';

const sweepEveryMs = 5 * 60_000;

const sweepIfDue = async (desk: Desk): Promise<void> => {
  const last = await desk.database.sweeps.lastCompleted();
  if (last === undefined || Math.abs(desk.now().getTime() - last.getTime()) >= sweepEveryMs) await timedSweep(desk);
};

/** What is done each minute, by one replica at a time: everything whose deadline is a column. Safe to run at any time and twice. */
export const tick = (desk: Desk): Promise<void> =>
  attemptAll(
    [publishLedgerHead, resumeApproved, followRequests, sweepIfDue, releaseAlerts].map((part) => () => part(desk)),
  );
