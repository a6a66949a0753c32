import { GovernanceError } from '../governance-error.ts';
import { noLonger } from '../plan/gone-scopes.ts';
import { moved, type ExemptionRequest } from './request.ts';

/** Each waiting request is looked after once in this time, so that one for which nothing is left is closed within an hour. */
export const lookAfterEveryMs = 55 * 60_000;
/** In each minute so many have their turn, the longest neglected first: 1,100 in that time. */
export const mostInAMinute = 20;

/** Why a request is closed whose every scope is gone. */
export const goneWords = (labels: readonly string[]): string =>
  `${noLonger(labels)}, so there is nothing left to exempt. Nothing was changed in Azure.`;

const gone = 'no longer exists in Azure.';

/** Why Azure refused to write one exemption whose scope is gone. */
export const goneSentence = (label: string): string => `${label} ${gone}`;

/** Whether a reason says no more than that. */
export const isGoneSentence = (failure: string): boolean => failure.endsWith(gone);

/** Why nothing was written of a request of which a part is gone. */
export const goneInPart = (labels: readonly string[]): string =>
  `${noLonger(labels)}, so nothing was written. Send a new request for what is left.`;

/** A request of which nothing is left, and of which nothing was written, closed. */
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
