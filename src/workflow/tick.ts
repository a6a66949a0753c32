import { attemptAll } from './attempt-all.ts';
import type { Desk } from './desk.ts';
import { followRequests, resumeApproved } from './follow-requests.ts';
import { publishLedgerHead } from './publish-ledger-head.ts';
import { sweepExemptions } from './sweep-exemptions.ts';

const sweepIfDue = async (desk: Desk): Promise<void> => {
  const { lastLookedAt: last } = await desk.database.sweeps.progress();
  if (last === undefined || Math.abs(desk.now().getTime() - last.getTime()) >= desk.sweepMinutes * 60_000)
    await sweepExemptions(desk);
};

/** What is done each minute, by one replica at a time: everything whose deadline is a column. Safe to run at any time and twice. */
export const tick = (desk: Desk): Promise<void> =>
  attemptAll([publishLedgerHead, resumeApproved, followRequests, sweepIfDue].map((part) => () => part(desk)));
