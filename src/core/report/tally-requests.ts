import type { Severity } from '../tenant/severity.ts';
import { verdictOf, type Verdict } from '../replay/verdict.ts';
import type { ReportedRequest } from '../request/listed-requests.ts';
import { awaitsApproval } from '../request/request.ts';
import { isWithin, type ReportPeriod } from './report-period.ts';

/** The numbers of requests in the period. */
export type DecisionNumbers = {
  /** Sent in the period; of these, the undecided and the withdrawn ones, whenever that happened. */
  readonly sent: number;
  readonly lapsed: number;
  readonly withdrawn: number;
  /** Decided in the period by somebody other than the requester, whenever they were sent. */
  readonly approved: number;
  readonly rejected: number;
  /** Passed in the period without an approval, so that there is no decision to time. */
  readonly unneeded: number;
  /** Of those that were approved or needed no approval. */
  readonly renewals: number;
  /** Milliseconds from sending to decision, over all that were approved or rejected; undefined if there are none. */
  readonly medianMs: number | undefined;
};

/** A request that waits for a decision now, as far as a report counts it. */
export type OpenRequest = {
  readonly waitingSince: Date;
  readonly scopes: readonly string[];
  readonly severity: Severity;
};

/** What a report keeps of the requests that were counted so far. */
export type RequestTally = {
  readonly open: readonly OpenRequest[];
  readonly counts: Omit<DecisionNumbers, 'medianMs'>;
  /** Milliseconds from sending to decision. */
  readonly took: readonly number[];
};

export const emptyTally: RequestTally = {
  open: [],
  counts: { sent: 0, lapsed: 0, withdrawn: 0, approved: 0, rejected: 0, unneeded: 0, renewals: 0 },
  took: [],
};

export type TallyFacts = {
  readonly period: ReportPeriod;
  /** IANA name; days begin and end in this zone. */
  readonly timeZone: string;
};

/** The requests that a report counts: those waiting now, and those sent or decided in the period. */
export const isCounted = ({ period, timeZone }: TallyFacts): ((request: ReportedRequest) => boolean) => {
  const within = isWithin(period, timeZone);
  return (request) => awaitsApproval(request) || within(request.createdAt) || within(verdictOf(request)?.at);
};

/** The numbers after some more requests; those that a report does not count change nothing. */
export const tallied = (
  before: RequestTally,
  requests: readonly ReportedRequest[],
  { period, timeZone }: TallyFacts,
): RequestTally => {
  const within = isWithin(period, timeZone);
  const sent = requests.filter(({ createdAt }) => within(createdAt));
  const decided = requests.flatMap((request) => {
    const verdict = verdictOf(request);
    return verdict !== undefined && within(verdict.at) ? [{ request, verdict }] : [];
  });
  const withVerdict = (...kinds: readonly Verdict['kind'][]) =>
    decided.filter(({ verdict }) => kinds.includes(verdict.kind));
  const { counts } = before;
  return {
    open: [
      ...before.open,
      ...requests.filter(awaitsApproval).map(({ waitingSince, terms }) => ({
        waitingSince,
        scopes: terms.scopes,
        severity: terms.recommendation.severity,
      })),
    ],
    counts: {
      sent: counts.sent + sent.length,
      lapsed: counts.lapsed + sent.filter(({ status }) => status === 'lapsed').length,
      withdrawn: counts.withdrawn + sent.filter(({ status }) => status === 'withdrawn').length,
      approved: counts.approved + withVerdict('approved').length,
      rejected: counts.rejected + withVerdict('rejected').length,
      unneeded: counts.unneeded + withVerdict('unneeded').length,
      renewals: counts.renewals + withVerdict('approved', 'unneeded').filter(({ request }) => request.isRenewal).length,
    },
    took: [
      ...before.took,
      ...withVerdict('approved', 'rejected').map(
        ({ request, verdict }) => verdict.at.getTime() - request.createdAt.getTime(),
      ),
    ],
  };
};

/** The middle value, or the mean of the two middle ones for an even number. Undefined for an empty list. */
export const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
};

export const decisionNumbers = ({ counts, took }: RequestTally): DecisionNumbers => ({
  ...counts,
  medianMs: median(took),
});
