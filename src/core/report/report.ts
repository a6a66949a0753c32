import type { Hierarchy } from '../tenant/hierarchy.ts';
import type { ExemptionState } from '../inventory/exemption-state.ts';
import type { ListedExemption } from '../inventory/listed-exemption.ts';
import { bySeverity, bySubscription, type ReportGroup } from './report-groups.ts';
import type { ReportPeriod } from './report-period.ts';
import { decisionNumbers, type DecisionNumbers, type RequestTally } from './tally-requests.ts';
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
  readonly requests: RequestTally;
  readonly hierarchy: Hierarchy;
  readonly now: Date;
};

/** A report as its card shows it. */
export type ReportView = {
  readonly numbers: ReportNumbers;
  readonly period: ReportPeriod;
  /** The scopes that it covers, in words. */
  readonly covers: string;
  readonly note: string;
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

/**
 * The numbers of a report, from everything its reader may see: exemptions and waiting requests as they are now, decisions in the period.
 * docs/report.md says what it counts.
 */
export const reportNumbers = ({ exemptions, requests, hierarchy, now }: ReportFacts): ReportNumbers => ({
  exemptions: exemptionNumbers(exemptions),
  open: requests.open.length,
  overdue: requests.open.filter((request) => isOverdue(request, now)).length,
  decisions: decisionNumbers(requests),
  bySubscription: bySubscription(exemptions, requests.open, hierarchy),
  bySeverity: bySeverity(exemptions, requests.open),
});

/** Whether a report has no numbers at all. */
export const isEmptyReport = ({ exemptions, open, decisions }: ReportNumbers): boolean =>
  exemptions.inForce + exemptions.expired + exemptions.orphaned === 0 &&
  open + decisions.sent + decisions.approved + decisions.rejected + decisions.unneeded === 0;
