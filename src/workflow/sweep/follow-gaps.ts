import { isExpired } from '../../core/exemption/exemption.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { KeptGap } from '../../core/inventory/kept-gaps.ts';
import type { Desk } from '../desk.ts';
import { gapsAmong, isWritten, standingRequests, type Gap } from './find-gaps.ts';
import { isGone } from './find-orphans.ts';
import type { SweepLook } from './look-around.ts';
import type { Stock } from './take-stock.ts';

type WithRequest = KeptGap & { readonly request: ExemptionRequest };
export type OpenGap = WithRequest & { readonly targets: readonly Target[] };
export type ClosedGap = WithRequest;

/** The gaps of all requests that were looked at, and the requests that are over, whose gaps nobody follows any more. */
export type GapsNow = {
  readonly open: readonly OpenGap[];
  readonly closed: readonly ClosedGap[];
  readonly over: readonly string[];
};

/** Gaps open when policies change, and for a request that was written only after they had changed. They close also when somebody exempts. */
const lookedAt = async (
  desk: Desk,
  look: SweepLook,
  stock: Stock,
  policies: string,
  following: readonly ExemptionRequest[],
): Promise<Gap[]> => {
  const known = new Set(following.map(({ reference }) => reference));
  if (look.progress.policies !== policies) return gapsAmong(desk, look, standingRequests(desk), known);
  const made = [...stock.made.values()].flatMap(({ reference }) => reference ?? []);
  const references = [...new Set(made)].filter((reference) => !known.has(reference));
  const fresh = references.length === 0 ? [] : await desk.database.requests.list({ references });
  return gapsAmong(desk, look, [...fresh, ...following], known);
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

/** Finds the coverage gaps that are open now, and those among the open ones of before that are closed. */
export const followGaps = async (desk: Desk, look: SweepLook, stock: Stock, policies: string): Promise<GapsNow> => {
  const before = await desk.database.gaps.open();
  const references = [...new Set(before.map(({ reference }) => reference))];
  const requests = references.length === 0 ? [] : await desk.database.requests.list({ references });
  const following = requests.filter((request) => isWritten(request) && !isExpired(request.terms, look.at));
  const gaps = await lookedAt(desk, look, stock, policies, following);
  const byReference = new Map(gaps.map((gap) => [gap.request.reference, gap]));
  const open = openIn(gaps, gaps.length === 0 ? [] : await desk.database.gaps.of([...byReference.keys()]));
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

const keptOf = ({ reference, assignmentId, assignmentName, round }: KeptGap, open: boolean): KeptGap => ({
  reference,
  assignmentId,
  assignmentName,
  round,
  open,
});

/** Stores what was told. */
export const noteGaps = async (desk: Desk, { open, closed, over }: GapsNow): Promise<void> => {
  await desk.database.gaps.keep([...open.map((gap) => keptOf(gap, true)), ...closed.map((gap) => keptOf(gap, false))]);
  await desk.database.gaps.forget(over);
};
