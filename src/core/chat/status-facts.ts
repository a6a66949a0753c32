import { clockOf, formatEnd, formatInstant } from '../calendar.ts';
import type { DoneSoFar } from './done-so-far.ts';
import { approverNames } from '../request/request.ts';
import type { RequestStatus } from '../request/request-status.ts';
import type { StatusFacts } from '../request/status-words.ts';
import type { RequestView } from './request-view.ts';

/** The reduction by approvers of the latest terms of the request; undefined if they approved them as they were. */
const narrowedTo = ({ request, history, scopeLabels, timeZone }: RequestView): string | undefined =>
  history
    .slice(history.findLastIndex(({ event }) => event === 'changed') + 1)
    .some(({ event }) => event.endsWith('-with-changes'))
    ? `until ${formatEnd(request.terms.expiresAt, timeZone)}, for ${scopeLabels.join(', ')}`
    : undefined;

const progressOf = ({ request: { progress } }: RequestView): string | undefined =>
  progress === undefined || progress.exempt === 0 ? undefined : `${progress.exempt} of ${progress.of}`;

const stepUnderWay: Partial<Record<RequestStatus, string>> = {
  approved: 'exemption-written',
  revoking: 'exemption-removed',
};

/** How many exemptions were written or removed since that began; undefined: nothing is under way, none is done, or it is a single one. */
export const doneSoFar = ({ request: { status, targets }, history }: RequestView): DoneSoFar | undefined => {
  const step = stepUnderWay[status];
  if (step === undefined || targets.length < 2) return undefined;
  const begun = history.findLastIndex(({ from, to }) => to === status && from !== status);
  const ids = history.slice(begun + 1).flatMap(({ event, facts }) => (event === step ? (facts.exemption ?? []) : []));
  return ids.length === 0 ? undefined : { done: new Set(ids).size, of: targets.length };
};

const doneWords = (view: RequestView): string | undefined => {
  const so = doneSoFar(view);
  return so && `${so.done} of ${so.of}`;
};

/** The facts of one request for the sentences of its status. */
export const statusFacts = (view: RequestView): StatusFacts => {
  const { request, history } = view;
  const { decision, emergency, revocation } = request;
  return {
    reference: request.reference,
    recommendation: request.terms.recommendation.title,
    requester: request.requester.name,
    approvers: approverNames(request),
    narrowedTo: narrowedTo(view),
    comments: request.approvals.map(({ comment }) => comment),
    rejection:
      request.status === 'rejected' && decision !== undefined
        ? { by: decision.by.name, reason: decision.comment }
        : undefined,
    revocation: revocation && { by: revocation.by?.name, reason: revocation.reason },
    adopted: request.governance.adopted === true,
    ratifyBy: emergency && formatInstant(emergency.ratifyBy, clockOf(view)),
    progress: progressOf(view),
    done: doneWords(view),
    failure: request.failure,
    replacedBy: history.findLast(({ event }) => event === 'replaced')?.facts.by,
    keptBy: history.findLast(({ event }) => event === 'revoked')?.facts.keptBy,
  };
};
