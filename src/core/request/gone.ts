import { GovernanceError } from '../governance-error.ts';
import { firstFew } from '../first-few.ts';
import { distinctBy } from '../lists.ts';
import type { Target } from '../plan/exemption-plan.ts';
import { normalId } from '../tenant/arm-id.ts';
import { moved, type ExemptionRequest } from './request.ts';

const minuteMs = 60_000;
const minutesInAnHour = 60;
/** Of the requests whose turn it is in one minute, this many are looked after; which ones, changes from hour to hour. */
const mostInAMinute = 20;

/** One target for each scope: whether the scope is there does not depend on the others. */
export const oneOfEachScope = (targets: readonly Target[]): Target[] =>
  distinctBy(targets, ({ scope }) => normalId(scope));

/** The waiting requests whose turn it is in this minute of every hour; those for the same scope have the same turn. */
export const whoseTurn = (
  requests: readonly ExemptionRequest[],
  now: Date,
  hash: (text: string) => string,
): ExemptionRequest[] => {
  const minutes = Math.floor(now.getTime() / minuteMs);
  const hour = Math.floor(minutes / minutesInAnHour);
  const turnOf = ({ targets }: ExemptionRequest): number =>
    Number.parseInt(hash(normalId(targets[0]?.scope ?? '')).slice(0, 8), 16) % minutesInAnHour;
  return requests
    .filter((each) => each.targets.length > 0 && turnOf(each) === minutes % minutesInAnHour)
    .map((request) => ({ request, rank: hash(`${hour} ${request.reference}`) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, mostInAMinute)
    .map(({ request }) => request);
};

const noLonger = (labels: readonly string[]): string =>
  `${firstFew(labels, 3)} no longer ${labels.length === 1 ? 'exists' : 'exist'} in Azure`;

/** Why a request is closed whose every scope is gone. */
export const goneWords = (labels: readonly string[]): string =>
  `${noLonger(labels)}, so there is nothing left to exempt. Nothing was changed in Azure.`;

/** A waiting request of which nothing is left, closed. */
export const closedAsGone = (
  request: ExemptionRequest,
  labels: readonly string[],
  timeZone: string,
): ExemptionRequest => moved(request, 'lapsed', timeZone, { failure: goneWords(labels) });

/** Throws if a part is gone: Azure would refuse to write it, and all or nothing is written. */
export const refusePartlyGone = (
  { reference, requester, renewal }: Pick<ExemptionRequest, 'reference' | 'requester' | 'renewal'>,
  labels: readonly string[],
): void => {
  if (labels.length === 0) return;
  // A renewal is approved as a whole.
  const remedy =
    renewal === undefined
      ? `Choose what is left with “Approve with changes…”, or ask ${requester.name} to change the request.`
      : `Ask ${requester.name} to change the request.`;
  throw new GovernanceError('conflict', `${noLonger(labels)}, so ${reference} cannot be written as it is. ${remedy}`);
};

/** What somebody is told whose approval has become pointless. */
export const goneAfterApproval = (reference: string, why: string): string =>
  `${reference}, which you approved, was closed. ${why}`;
