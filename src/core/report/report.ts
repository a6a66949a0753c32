import type { Hierarchy } from '../tenant/hierarchy.ts';
import { isRenewalAmong } from '../inventory/is-renewal.ts';
import type { ExemptionState } from '../inventory/exemption-state.ts';
import type { ListedExemption } from '../inventory/listed-exemption.ts';
import { bySeverity, bySubscription, type ReportGroup } from './report-groups.ts';
import { isWithin, type ReportPeriod } from './report-period.ts';
import { awaitsApproval, type ExemptionRequest } from '../request/request.ts';
import { verdictOf, type Verdict } from '../replay/verdict.ts';
import { isOverdue } from '../request/waiting.ts';

/** The number of exemptions now; those made together count once. */
export type ExemptionNumbers = {
  /** In force in Azure: active, expiring or without an expiry date. */
  readonly inForce: number;
  readonly expiring: number;
  readonly neverExpires: number;
  /** Expired, but still in Azure. */
  readonly expired: number;
  /** Their policy assignment is gone. */
  readonly orphaned: number;
  /** Of all of these, the ones without a request. */
  readonly outside: number;
};

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

export type ReportNumbers = {
  readonly exemptions: ExemptionNumbers;
  /** Requests that wait for a decision now, including emergencies; overdue: for more than 2 days. */
  readonly open: number;
  readonly overdue: number;
  readonly decisions: DecisionNumbers;
  readonly bySubscription: readonly ReportGroup[];
  readonly bySeverity: readonly ReportGroup[];
};

export type ReportFacts = {
  readonly exemptions: readonly ListedExemption[];
  readonly requests: readonly ExemptionRequest[];
  readonly hierarchy: Hierarchy;
  readonly period: ReportPeriod;
  readonly now: Date;
  /** IANA name; days begin and end in this zone. */
  readonly timeZone: string;
};

/** A report as its card shows it. */
export type ReportView = {
  readonly numbers: ReportNumbers;
  readonly period: ReportPeriod;
  /** The scopes that it covers, in words. */
  readonly covers: string;
  readonly note: string;
};

/** The middle value, or the mean of the two middle ones for an even number. Undefined for an empty list. */
export const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
};

const exemptionNumbers = (rows: readonly ListedExemption[]): ExemptionNumbers => {
  const inState = (...states: readonly ExemptionState[]): number =>
    rows.filter(({ state }) => states.includes(state)).length;
  return {
    inForce: inState('active', 'expiring', 'never-expires'),
    expiring: inState('expiring'),
    neverExpires: inState('never-expires'),
    expired: inState('expired'),
    orphaned: inState('orphaned'),
    outside: rows.filter(({ request }) => request === undefined).length,
  };
};

const decisionNumbers = ({ requests, period, timeZone }: ReportFacts): DecisionNumbers => {
  const within = isWithin(period, timeZone);
  const sent = requests.filter(({ createdAt }) => within(createdAt));
  const decided = requests.flatMap((request) => {
    const verdict = verdictOf(request);
    return verdict !== undefined && within(verdict.at) ? [{ request, verdict }] : [];
  });
  const withVerdict = (...kinds: readonly Verdict['kind'][]) =>
    decided.filter(({ verdict }) => kinds.includes(verdict.kind));
  const isRenewal = isRenewalAmong(requests);
  return {
    sent: sent.length,
    lapsed: sent.filter(({ status }) => status === 'lapsed').length,
    withdrawn: sent.filter(({ status }) => status === 'withdrawn').length,
    approved: withVerdict('approved').length,
    rejected: withVerdict('rejected').length,
    unneeded: withVerdict('unneeded').length,
    renewals: withVerdict('approved', 'unneeded').filter(({ request }) => isRenewal(request)).length,
    medianMs: median(
      withVerdict('approved', 'rejected').map(
        ({ request, verdict }) => verdict.at.getTime() - request.createdAt.getTime(),
      ),
    ),
  };
};

/** The requests that a report counts: those waiting now, and those sent or decided in the period. */
export const requestsOf = ({ requests, period, timeZone }: ReportFacts): readonly ExemptionRequest[] => {
  const within = isWithin(period, timeZone);
  return requests.filter(
    (request) => awaitsApproval(request) || within(request.createdAt) || within(verdictOf(request)?.at),
  );
};

/**
 * The numbers of a report, from everything its reader may see: exemptions and waiting requests as they are now, decisions in the period.
 * docs/report.md says what it counts.
 */
export const reportNumbers = (facts: ReportFacts): ReportNumbers => {
  const open = facts.requests.filter(awaitsApproval);
  return {
    exemptions: exemptionNumbers(facts.exemptions),
    open: open.length,
    overdue: open.filter((request) => isOverdue(request, facts.now)).length,
    decisions: decisionNumbers(facts),
    bySubscription: bySubscription(facts.exemptions, open, facts.hierarchy),
    bySeverity: bySeverity(facts.exemptions, open),
  };
};

/** Whether a report has no numbers at all. */
export const isEmptyReport = ({ exemptions, open, decisions }: ReportNumbers): boolean =>
  exemptions.inForce + exemptions.expired + exemptions.orphaned === 0 &&
  open + decisions.sent + decisions.approved + decisions.rejected + decisions.unneeded === 0;
