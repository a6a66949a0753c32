import type { WhyEmpty } from '../../core/access/why-empty.ts';
import type { ListedExemption } from '../../core/inventory/listed-exemption.ts';
import { reportNumbers, type ReportNumbers } from '../../core/report/report.ts';
import { checkedPeriod, type ReportPeriod } from '../../core/report/report-period.ts';
import type { RequestsInSight } from '../../core/request/listed-requests.ts';
import type { Desk } from '../desk.ts';
import { listExemptions } from '../inventory/list-exemptions.ts';
import { requestsInSight } from '../tell/list-requests.ts';
import { readingFor } from '../rights/find-why-empty.ts';
import { takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';
import { tallyRequests } from './counted-requests.ts';

export type Report = {
  readonly period: ReportPeriod;
  readonly numbers: ReportNumbers;
  readonly exemptions: readonly ListedExemption[];
  /** Whose requests the numbers count. */
  readonly inSight: RequestsInSight;
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
  const readRequests = async () => {
    const viewpoint = await takeViewpoint(desk, asker);
    const inSight = requestsInSight(viewpoint, asker);
    const [tally, [any]] = await Promise.all([
      tallyRequests(desk, inSight, period),
      desk.database.requests.page({ inSight }, { most: 1 }),
    ]);
    return { inSight, tally, hasAny: any !== undefined };
  };
  const [{ rows: exemptions, viewpoint, withoutDefender, whyEmpty }, { inSight, tally, hasAny }] = await Promise.all([
    listExemptions(desk, asker, { text: '', state: undefined, subscription: '', withinDays: expiringWithinDays }),
    readRequests(),
  ]);
  return {
    period,
    numbers: reportNumbers({ exemptions, requests: tally, hierarchy: viewpoint.hierarchy, now }),
    exemptions,
    inSight,
    viewpoint,
    withoutDefender,
    whyEmpty: hasAny ? undefined : whyEmpty,
  };
};
