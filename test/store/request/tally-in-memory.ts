import { verdictOf, type Verdict } from '../../../src/core/replay/verdict.ts';
import { isWithin, type ReportPeriod } from '../../../src/core/report/report-period.ts';
import { awaitsApproval, type ExemptionRequest } from '../../../src/core/request/request.ts';
import type { RequestTally } from '../../../src/core/request/listed-requests.ts';
import { normalId, subscriptionOf } from '../../../src/core/tenant/arm-id.ts';

const twoDays = 48 * 3_600_000;

export type Counted = ExemptionRequest & { readonly isRenewal: boolean };

type TallyFacts = { readonly period: ReportPeriod; readonly timeZone: string; readonly now: Date };

/** The middle value, or the mean of the two middle ones for an even number. Undefined for an empty list. */
export const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
};

const numbers = <Key>(keys: readonly Key[]): Map<Key, number> =>
  new Map([...Map.groupBy(keys, (key) => key)].map(([key, all]) => [key, all.length]));

const placesOf = ({ terms }: Counted): string[] => [
  ...new Set(terms.scopes.map((scope) => normalId(subscriptionOf(scope) ?? scope))),
];

/** Whether a report counts a request. */
export const isCounted = (request: Counted, { period, timeZone }: Pick<TallyFacts, 'period' | 'timeZone'>): boolean =>
  awaitsApproval(request) || [request.createdAt, verdictOf(request)?.at].some((at) => isWithin(period, timeZone)(at));

/** The numbers of requests as a function makes them that holds all in memory. */
export const tallyInMemory = (requests: readonly Counted[], { period, timeZone, now }: TallyFacts): RequestTally => {
  const within = isWithin(period, timeZone);
  const sent = requests.filter(({ createdAt }) => within(createdAt));
  const open = requests.filter(awaitsApproval);
  const decided = requests.flatMap((request) => {
    const verdict = verdictOf(request);
    return verdict !== undefined && within(verdict.at) ? [{ request, verdict }] : [];
  });
  const as = (...kinds: readonly Verdict['kind'][]) => decided.filter(({ verdict }) => kinds.includes(verdict.kind));
  return {
    open: {
      all: open.length,
      overdue: open.filter(({ waitingSince }) => now.getTime() - waitingSince.getTime() >= twoDays).length,
      byPlace: numbers(open.flatMap(placesOf)),
      bySeverity: numbers(open.map(({ terms }) => terms.recommendation.severity)),
    },
    decisions: {
      sent: sent.length,
      lapsed: sent.filter(({ status }) => status === 'lapsed').length,
      withdrawn: sent.filter(({ status }) => status === 'withdrawn').length,
      approved: as('approved').length,
      rejected: as('rejected').length,
      unneeded: as('unneeded').length,
      renewals: as('approved', 'unneeded').filter(({ request }) => request.isRenewal).length,
      medianMs: median(
        as('approved', 'rejected').map(({ request, verdict }) => verdict.at.getTime() - request.createdAt.getTime()),
      ),
    },
  };
};
