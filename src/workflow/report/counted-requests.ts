import { instantsOf, type ReportPeriod } from '../../core/report/report-period.ts';
import { emptyTally, isCounted, tallied, type RequestTally } from '../../core/report/tally-requests.ts';
import type { ReportedRequest, RequestsInSight } from '../../core/request/listed-requests.ts';
import type { Desk } from '../desk.ts';

/** The requests that a report counts, newest first, a portion at a time. */
export async function* countedRequests(
  { database, timeZone }: Pick<Desk, 'database' | 'timeZone'>,
  inSight: RequestsInSight,
  period: ReportPeriod,
): AsyncGenerator<ReportedRequest[], void> {
  const isIn = isCounted({ period, timeZone });
  for await (const portion of database.requests.inPeriod({ inSight, ...instantsOf(period, timeZone) }))
    yield portion.filter(isIn);
}

/** Counts them; of a whole life of requests no more than a portion is in memory. */
export const tallyRequests = async (
  desk: Pick<Desk, 'database' | 'timeZone'>,
  inSight: RequestsInSight,
  period: ReportPeriod,
): Promise<RequestTally> => {
  let tally = emptyTally;
  for await (const portion of countedRequests(desk, inSight, period))
    tally = tallied(tally, portion, { period, timeZone: desk.timeZone });
  return tally;
};
