import { isExpired } from '../../core/exemption/exemption.ts';
import { chunksOf } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { KeptGap } from '../../core/inventory/kept-gaps.ts';
import type { Desk } from '../desk.ts';
import { gapFinder, isWritten, standingRequests, type FindGaps, type Gap } from './find-gaps.ts';
import { isGone } from './find-orphans.ts';
import type { SweepLook } from './look-around.ts';
import type { Stock } from './take-stock.ts';

const requestsAtOnce = 200;

type WithRequest = KeptGap & { readonly request: ExemptionRequest };
export type OpenGap = WithRequest & { readonly targets: readonly Target[] };
export type ClosedGap = WithRequest;

/** The gaps of some requests that were looked at, and those of them that are over, whose gaps nobody follows any more. */
export type GapsNow = {
  readonly open: readonly OpenGap[];
  readonly closed: readonly ClosedGap[];
  readonly over: readonly string[];
};

const openIn = (gaps: readonly Gap[], kept: readonly KeptGap[]): OpenGap[] =>
  gaps.flatMap(({ request, targets }) =>
    [...Map.groupBy(targets, ({ assignmentId }) => normalId(assignmentId))].map(([assignmentId, missing]) => {
      const { reference } = request;
      const before = kept.find((each) => each.reference === reference && each.assignmentId === assignmentId);
      const round = before === undefined ? 1 : before.open ? before.round : before.round + 1;
      const assignmentName = missing[0]?.assignmentName ?? '';
      return { request, reference, assignmentId, assignmentName, targets: missing, round, open: true };
    }),
  );

/** An assignment that is not listed may only be hidden: its gap is closed once Azure answers 404 for it. */
const isClosed = async (desk: Desk, { map }: SweepLook, { assignmentId }: KeptGap): Promise<boolean> =>
  map.assignments.some(({ id }) => normalId(id) === assignmentId) || isGone(desk, assignmentId);

const openNow = async (desk: Desk, gaps: readonly Gap[]): Promise<OpenGap[]> =>
  openIn(gaps, gaps.length === 0 ? [] : await desk.database.gaps.of(gaps.map(({ request }) => request.reference)));

/** What became of gaps that were open before, and what else their requests lack now. */
const followOpen = async (
  desk: Desk,
  look: SweepLook,
  find: FindGaps,
  before: readonly KeptGap[],
): Promise<GapsNow> => {
  const references = [...new Set(before.map(({ reference }) => reference))];
  const requests = await desk.database.requests.list({ references });
  const following = requests.filter((request) => isWritten(request) && !isExpired(request.terms, look.at));
  const gaps = await find(following, true);
  const byReference = new Map(gaps.map((gap) => [gap.request.reference, gap]));
  const open = await openNow(desk, gaps);
  const stillOpen = new Set(open.map(({ reference, assignmentId }) => JSON.stringify([reference, assignmentId])));
  const closed: ClosedGap[] = [];
  for (const gap of before) {
    const request = byReference.get(gap.reference)?.request;
    if (request === undefined || stillOpen.has(JSON.stringify([gap.reference, gap.assignmentId]))) continue;
    if (await isClosed(desk, look, gap)) closed.push({ ...gap, request });
  }
  const followed = new Set(following.map(({ reference }) => reference));
  return { open, closed, over: references.filter((reference) => !followed.has(reference)) };
};

/** Those without an open gap: the others were followed already. */
const notFollowed = async (desk: Desk, requests: readonly ExemptionRequest[]): Promise<ExemptionRequest[]> => {
  const kept = await desk.database.gaps.of(requests.map(({ reference }) => reference));
  const followed = new Set(kept.flatMap(({ open, reference }) => (open ? [reference] : [])));
  return requests.filter(({ reference }) => !followed.has(reference));
};

/** The requests among which gaps open: all when policies change; otherwise those that were written only after they had changed. */
async function* mayHaveOpened(
  desk: Desk,
  { progress }: SweepLook,
  { madeFor }: Stock,
  policies: string,
): AsyncGenerator<readonly ExemptionRequest[], void> {
  if (progress.policies !== policies) yield* standingRequests(desk);
  else
    for (const references of chunksOf([...madeFor], requestsAtOnce))
      yield await desk.database.requests.list({ references });
}

/**
 * Finds the coverage gaps that are open now, and those among the open ones of before that are closed: also when somebody exempts. A portion holds
 * those of some requests; it is to be told and noted before the next one is asked for.
 */
export async function* followGaps(
  desk: Desk,
  look: SweepLook,
  stock: Stock,
  policies: string,
): AsyncGenerator<GapsNow, void> {
  const find = gapFinder(desk, look);
  for await (const before of desk.database.gaps.open()) yield await followOpen(desk, look, find, before);
  for await (const requests of mayHaveOpened(desk, look, stock, policies)) {
    const open = await openNow(desk, await find(await notFollowed(desk, requests), false));
    if (open.length > 0) yield { open, closed: [], over: [] };
  }
}
