import { GovernanceError } from '../governance-error.ts';
import { firstFew } from '../first-few.ts';
import { distinctBy } from '../lists.ts';
import type { Target } from '../plan/exemption-plan.ts';
import { normalId } from '../tenant/arm-id.ts';
import { moved, type ExemptionRequest } from './request.ts';

/** Each waiting request is looked after once in this time, so that one for which nothing is left is closed within an hour. */
export const lookAfterEveryMs = 55 * 60_000;
/** In each minute so many have their turn, the longest neglected first: 1,100 in that time. */
export const mostInAMinute = 20;

/** One target for each scope: whether the scope is there does not depend on the others. */
export const oneOfEachScope = (targets: readonly Target[]): Target[] =>
  distinctBy(targets, ({ scope }) => normalId(scope));

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
