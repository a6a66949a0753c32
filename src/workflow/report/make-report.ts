import type { WhyEmpty } from '../../core/access/why-empty.ts';
import type { ListedExemption } from '../../core/inventory/listed-exemption.ts';
import { reportNumbers, requestsOf, type ReportNumbers } from '../../core/report/report.ts';
import { checkedPeriod, type ReportPeriod } from '../../core/report/report-period.ts';
import { isRenewalAmong } from '../../core/inventory/is-renewal.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { listExemptions } from '../inventory/list-exemptions.ts';
import { listRequests } from '../tell/list-requests.ts';
import { readingFor } from '../rights/find-why-empty.ts';
import type { Asker, Viewpoint } from '../rights/take-viewpoint.ts';

export type Report = {
  readonly period: ReportPeriod;
  readonly numbers: ReportNumbers;
  readonly exemptions: readonly ListedExemption[];
  /** The requests that the numbers count, newest first. */
  readonly requests: readonly ExemptionRequest[];
  readonly isRenewal: (request: ExemptionRequest) => boolean;
  readonly viewpoint: Viewpoint;
  /** Azure did not return the exemptions made in Defender, so they are not counted. */
  readonly withoutDefender: boolean;
  /** Undefined unless there is neither an exemption nor a request to count. */
  readonly whyEmpty: WhyEmpty | undefined;
};

/** An exemption counts as expiring this many days before its expiry. */
export const expiringWithinDays = 30;

/**
 * The report for somebody, from exactly the exemptions and requests that they could list there. Throws GovernanceError invalid for an
 * invalid period.
 */
export const makeReport = (desk: Desk, asker: Asker, wanted: ReportPeriod): Promise<Report> =>
  readingFor('report', () => make(desk, asker, wanted));

const make = async (desk: Desk, asker: Asker, wanted: ReportPeriod): Promise<Report> => {
  const { timeZone } = desk;
  const now = desk.now();
  const period = checkedPeriod(wanted, now, timeZone);
  const [{ rows: exemptions, viewpoint, withoutDefender, whyEmpty }, { requests }] = await Promise.all([
    listExemptions(desk, asker, { text: '', state: undefined, subscription: '', withinDays: expiringWithinDays }),
    listRequests(desk, asker, 'all'),
  ]);
  const facts = { exemptions, requests, hierarchy: viewpoint.hierarchy, period, now, timeZone };
  return {
    period,
    numbers: reportNumbers(facts),
    exemptions,
    requests: requestsOf(facts),
    isRenewal: isRenewalAmong(requests),
    viewpoint,
    withoutDefender,
    whyEmpty: requests.length === 0 ? whyEmpty : undefined,
  };
};
