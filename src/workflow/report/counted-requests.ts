import { isRenewal } from '../../core/inventory/is-renewal.ts';
import { instantsOf, type ReportPeriod } from '../../core/report/report-period.ts';
import { emptyTally, isCounted, tallied, type RequestTally } from '../../core/report/tally-requests.ts';
import type { RequestsInSight } from '../../core/request/listed-requests.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';

type Portion = { readonly requests: readonly ExemptionRequest[]; readonly firstSent: ReadonlyMap<string, Date> };

/** The requests that a report counts, newest first, a portion at a time. */
async function* countedPortions(
  { database, timeZone }: Pick<Desk, 'database' | 'timeZone'>,
  inSight: RequestsInSight,
  period: ReportPeriod,
): AsyncGenerator<Portion, void> {
  const isIn = isCounted({ period, timeZone });
  for await (const portion of database.requests.inPeriod({ inSight, ...instantsOf(period, timeZone) })) {
    const requests = portion.filter(isIn);
    const ids = requests.flatMap(({ targets }) => targets.map(({ exemptionId }) => exemptionId));
    yield { requests, firstSent: ids.length === 0 ? new Map() : await database.requests.firstSent(ids, inSight) };
  }
}

export type CountedRequest = { readonly request: ExemptionRequest; readonly isRenewal: boolean };

/** The requests that a report counts, newest first. */
export async function* countedRequests(
  desk: Pick<Desk, 'database' | 'timeZone'>,
  inSight: RequestsInSight,
  period: ReportPeriod,
): AsyncGenerator<CountedRequest, void> {
  for await (const { requests, firstSent } of countedPortions(desk, inSight, period))
    yield* requests.map((request) => ({ request, isRenewal: isRenewal(request, firstSent) }));
}

/** Counts them; of a whole life of requests no more than a portion is in memory. */
export const tallyRequests = async (
  desk: Pick<Desk, 'database' | 'timeZone'>,
  inSight: RequestsInSight,
  period: ReportPeriod,
): Promise<RequestTally> => {
  let tally = emptyTally;
  for await (const { requests, firstSent } of countedPortions(desk, inSight, period))
    tally = tallied(tally, requests, { period, timeZone: desk.timeZone, firstSent });
  return tally;
};
