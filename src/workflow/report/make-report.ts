import type { WhyEmpty } from '../../core/access/why-empty.ts';
import { ageSentences } from '../../core/inventory/listing-age.ts';
import type { ListingFilter } from '../../core/inventory/listing-filter.ts';
import { reportNumbers, type ReportNumbers } from '../../core/report/report.ts';
import { checkedPeriod, instantsOf, type ReportPeriod } from '../../core/report/report-period.ts';
import type { RequestsInSight } from '../../core/request/listed-requests.ts';
import type { Desk } from '../desk.ts';
import { allListed, lookAtKept, whyNoExemptions } from '../inventory/kept-exemptions.ts';
import { requestsInSight } from '../rights/requests-in-sight.ts';
import { readingFor } from '../rights/find-why-empty.ts';
import { takeViewpoint, timesOf, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

export type Report = {
  readonly period: ReportPeriod;
  readonly numbers: ReportNumbers;
  /** The exemptions that the numbers count. */
  readonly listed: ListingFilter;
  /** Whose requests the numbers count. */
  readonly inSight: RequestsInSight;
  readonly viewpoint: Viewpoint;
  /** How old the exemptions are and what is missing, as sentences; empty if nothing is to be said. */
  readonly age: string;
  /** Undefined unless there is neither an exemption nor a request to count. */
  readonly whyEmpty: WhyEmpty | undefined;
};

/**
 * The report for somebody, from exactly the exemptions and requests that they could list there. Throws GovernanceError invalid for an
 * invalid period.
 */
export const makeReport = (desk: Desk, asker: Asker, wanted: ReportPeriod): Promise<Report> =>
  readingFor('report', () => make(desk, asker, wanted));

const make = async (desk: Desk, asker: Asker, wanted: ReportPeriod): Promise<Report> => {
  const { timeZone, sweepMinutes } = desk;
  const now = desk.now();
  const period = checkedPeriod(wanted, now, timeZone);
  const readRequests = async () => {
    const viewpoint = await takeViewpoint(desk, asker);
    const inSight = requestsInSight(viewpoint, asker);
    const [tally, [any]] = await Promise.all([
      desk.database.requests.tally({ inSight, now, ...instantsOf(period, timeZone) }),
      desk.database.requests.page({ inSight }, { most: 1 }),
    ]);
    return { inSight, tally, hasAny: any !== undefined };
  };
  const readExemptions = async () => {
    const inSight = await lookAtKept(desk, asker);
    const listed = allListed(desk, inSight.sights);
    return { inSight, listed, tally: await desk.database.listings.tally(listed) };
  };
  const [exemptions, requests] = await Promise.all([readExemptions(), readRequests()]);
  const { viewpoint, readAt } = exemptions.inSight;
  const isEmpty = exemptions.tally.byPlace.size === 0 && !requests.hasAny;
  return {
    period,
    numbers: reportNumbers({
      ...{ exemptions: exemptions.tally, requests: requests.tally },
      hierarchy: viewpoint.hierarchy,
    }),
    listed: exemptions.listed,
    inSight: requests.inSight,
    viewpoint,
    age: ageSentences(readAt, { now, ...timesOf(desk, asker), sweepMinutes }),
    whyEmpty: isEmpty ? await whyNoExemptions(desk, asker, exemptions.inSight, 0) : undefined,
  };
};
