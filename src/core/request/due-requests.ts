import type { ExemptionRequest } from './request.ts';

type Portions = AsyncIterable<ExemptionRequest[]>;

/** What the minute's jobs ask for: only requests for which something is due, in portions. The order is undefined. */
export type DueRequests = {
  /** Those that wait for approvals and lapse, are to be taken back, or have not had a reminder that is due. */
  readonly toWatch: (now: Date) => Portions;
  /** From now on every reminder that is due until then counts as sent. */
  readonly noteReminded: (reference: string, at: Date) => Promise<void>;
  /** Those that were approved or revoked by then, and are still to be written or taken out of Azure. */
  readonly toResume: (decidedBy: Date) => Portions;
  /** Written ones that have expired. */
  readonly toExpire: (now: Date) => Portions;
  /** Written ones of which nothing stands in Azure any more. */
  readonly withoutExemption: (now: Date) => Portions;
  /** Written ones that are not in effect yet; with `since`, only those written after it, or at an unknown time. */
  readonly toFollow: (now: Date, since: Date | undefined) => Portions;
};
