import type { Hierarchy } from '../tenant/hierarchy.ts';
import { isRenewalAmong } from '../inventory/is-renewal.ts';
import type { ExemptionState } from '../inventory/exemption-state.ts';
import type { ListedExemption } from '../inventory/listed-exemption.ts';
import { bySeverity, bySubscription, type ReportGroup } from './report-groups.ts';
import { isWithin, type ReportPeriod } from './report-period.ts';
import { awaitsApproval, type ExemptionRequest } from '../request/request.ts';
import { verdictOf, type Verdict } from '../replay/verdict.ts';
import { isOverdue } from '../request/waiting.ts';

/** How many exemptions there are now, those made together counted once. */
export type ExemptionNumbers = {
  /** Azure honours them: active, expiring or without an end. */
  readonly inForce: number;
  readonly expiring: number;
  readonly neverExpires: number;
  /** Over, but still in Azure. */
  readonly expired: number;
  /** Their policy assignment is gone. */
  readonly orphaned: number;
  /** Of all of these, those that no request of ours stands behind. */
  readonly outside: number;
};

/** What became of requests in the period. */
export type DecisionNumbers = {
  /** Sent in the period; of those, what nobody decided and what was taken back, whenever that was. */
  readonly sent: number;
  readonly lapsed: number;
  readonly withdrawn: number;
  /** Decided in the period by somebody else than the requester, whenever they were sent. */
  readonly approved: number;
  readonly rejected: number;
  /** Went through in the period without anybody having to agree: no decision to be timed. */
  readonly unneeded: number;
  /** Of those that were approved or needed nobody. */
  readonly renewals: number;
  /** Milliseconds from sending to the deciding answer, over all that were approved or rejected; undefined where none was. */
  readonly medianMs: number | undefined;
};

export type ReportNumbers = {
  readonly exemptions: ExemptionNumbers;
  /** Requests that wait for somebody now, emergencies included; overdue: for more than 2 days. */
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
  /** IANA name; the zone in which days begin and end. */
  readonly timeZone: string;
};

/** A report as its card shows it. */
export type ReportView = {
  readonly numbers: ReportNumbers;
  readonly period: ReportPeriod;
  /** What was looked at, in words. */
  readonly covers: string;
  readonly note: string;
};

/** The one in the middle; of an even number the mean of the two in the middle. Undefined for none. */
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

/** What the numbers rest on besides the exemptions: requests that wait now, or were sent or decided in the period. */
export const requestsOf = ({ requests, period, timeZone }: ReportFacts): readonly ExemptionRequest[] => {
  const within = isWithin(period, timeZone);
  return requests.filter(
    (request) => awaitsApproval(request) || within(request.createdAt) || within(verdictOf(request)?.at),
  );
};

/**
 * The numbers of a report, from what its reader may see: exemptions and waiting requests as they stand now, decisions as they fell in the period.
 * What it counts is said in docs/report.md.
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

/** Whether there is nothing at all to tell. */
export const isEmptyReport = ({ exemptions, open, decisions }: ReportNumbers): boolean =>
  exemptions.inForce + exemptions.expired + exemptions.orphaned === 0 &&
  open + decisions.sent + decisions.approved + decisions.rejected + decisions.unneeded === 0;
