import type { Hierarchy } from '../tenant/hierarchy.ts';
import { summedUp, type ListingCounts, type ListingTally } from '../inventory/listing-tally.ts';
import { bySeverity, bySubscription, type ReportGroup } from './report-groups.ts';
import type { ReportPeriod } from './report-period.ts';
import type { DecisionNumbers, RequestTally } from '../request/listed-requests.ts';

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
  readonly exemptions: ListingTally;
  readonly requests: RequestTally;
  readonly hierarchy: Hierarchy;
};

/** A report as its card shows it. */
export type ReportView = {
  readonly numbers: ReportNumbers;
  readonly period: ReportPeriod;
  /** The scopes that it covers, in words. */
  readonly covers: string;
  readonly note: string;
};

const exemptionNumbers = (counts: ListingCounts): ExemptionNumbers => ({
  inForce: counts.active + counts.expiring + counts['never-expires'],
  expiring: counts.expiring,
  neverExpires: counts['never-expires'],
  expired: counts.expired,
  orphaned: counts.orphaned,
  outside: counts.outside,
});

/**
 * The numbers of a report, from everything its reader may see: exemptions and waiting requests as they are now, decisions in the period.
 * docs/report.md says what it counts.
 */
export const reportNumbers = ({ exemptions, requests, hierarchy }: ReportFacts): ReportNumbers => ({
  exemptions: exemptionNumbers(summedUp(exemptions.byPlace.values())),
  open: requests.open.all,
  overdue: requests.open.overdue,
  decisions: requests.decisions,
  bySubscription: bySubscription(exemptions.byPlace, requests.open.byPlace, hierarchy),
  bySeverity: bySeverity(exemptions.bySeverity, requests.open.bySeverity),
});

/** Whether a report has no numbers at all. */
export const isEmptyReport = ({ exemptions, open, decisions }: ReportNumbers): boolean =>
  exemptions.inForce + exemptions.expired + exemptions.orphaned === 0 &&
  open + decisions.sent + decisions.approved + decisions.rejected + decisions.unneeded === 0;
