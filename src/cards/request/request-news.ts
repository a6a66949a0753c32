import { firstFew } from '../../core/first-few.ts';
import { clockOf, formatInstant, formatWithoutZone } from '../../core/calendar.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { statusFacts } from '../../core/chat/status-facts.ts';
import { voidedApprovals } from '../../core/ledger/former-terms.ts';
import { approvalsMissing, approvalsSoFar, approverNames, type Decision } from '../../core/request/request.ts';
import { wordsOf } from '../../core/request/status-words.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import { lapsesAt } from '../../core/request/waiting.ts';
import { retirementOf } from '../../core/tenant/retired-recommendation.ts';
import { shortened } from '../../core/visible-text.ts';
import { alsoSentence } from './target-words.ts';
import { earlierEnd } from './terms-facts.ts';
import type { Colour } from '../wording.ts';

export type News = {
  readonly sentence: string;
  readonly colour: Colour;
  /** An approver can do without it while deciding. */
  readonly folds?: true;
};

const isOver: readonly RequestStatus[] = ['rejected', 'withdrawn', 'lapsed', 'revoked', 'replaced'];

const plain = (sentence: string): News => ({ sentence, colour: 'default' });

const sinceWhen = (view: RequestView): News => {
  const { request } = view;
  const [since, lapses] = [
    formatWithoutZone(request.waitingSince, clockOf(view)),
    formatInstant(lapsesAt(request), clockOf(view)),
  ];
  return { ...plain(`Waiting since ${since}; it lapses on ${lapses} unless somebody decides.`), folds: true };
};

/** An emergency was written before anybody else approved it: the card says by when somebody must. */
const unratified = (view: RequestView): News[] => {
  const { request } = view;
  const { emergency, requester, decision } = request;
  if (emergency === undefined) return [];
  const words = decision?.comment ?? '';
  return [
    {
      sentence: `${requester.name} had it written to Azure immediately, as an emergency. Somebody else must approve it by ${formatInstant(emergency.ratifyBy, clockOf(view))}; otherwise it is removed from Azure.`,
      colour: 'warning',
    },
    ...(words === '' ? [] : [plain(`“${shortened(words, 600)}”`)]),
    ...approvalsGiven(view),
    waiting(view),
  ];
};

const waiting = ({ askedIn, request }: RequestView): News =>
  askedIn.length > 0
    ? { ...plain(`Sent to approvers in ${firstFew(askedIn, 5)}.`), folds: true }
    : {
        sentence: `No approver was notified, because no channel receives requests for this scope. Approvers find it in their requests to decide: ${request.reference}`,
        colour: 'warning',
      };

/** Comments, each with its author where there are several. */
const commentsOf = (decisions: readonly Decision[]): News[] =>
  decisions
    .filter(({ comment }) => comment !== '')
    .map(({ by, comment }) => plain(`${decisions.length > 1 ? `${by.name}: ` : ''}“${shortened(comment, 600)}”`));

const approvalsGiven = ({ request }: RequestView): News[] =>
  request.governance.approvals === 1 ? [] : [plain(`${approvalsSoFar(request)}.`), ...commentsOf(request.approvals)];

const decided = (view: RequestView): News[] => {
  const { request } = view;
  const { decision, status } = request;
  if (decision === undefined || request.emergency !== undefined) return [];
  const at = formatInstant(decision.at, clockOf(view));
  if (status === 'rejected') return [plain(`Rejected by ${decision.by.name} on ${at}.`), ...commentsOf([decision])];
  if (request.governance.adopted)
    return [
      plain(`Adopted by ${decision.by.name} on ${at}. It was created outside Exemption Desk; nobody approved it here.`),
    ];
  return [plain(`Approved by ${approverNames(request)} on ${at}.`), ...commentsOf(request.approvals)];
};

const alsoExempts = ({ request }: RequestView): News[] => {
  const sentence = alsoSentence(request);
  return sentence === '' ? [] : [{ sentence, colour: 'warning' }];
};

const revoked = (view: RequestView): News[] => {
  const { request } = view;
  if (request.revocation === undefined) return [];
  const { by, at, reason } = request.revocation;
  if (by === undefined) return [plain(reason)];
  return [
    plain(`Revoked by ${by.name} on ${formatInstant(at, clockOf(view))}.`),
    ...(reason === '' ? [] : [plain(`“${shortened(reason, 600)}”`)]),
  ];
};

const failed = ({ request: { status, failure } }: RequestView): News[] => {
  const isFailed = status === 'failed' || status === 'partly-applied' || status === 'revoking';
  return isFailed && failure !== undefined ? [{ sentence: shortened(failure, 600), colour: 'attention' }] : [];
};

const whatIsNow = (view: RequestView): News[] => {
  const sentence = wordsOf(view.request).onCard?.(statusFacts(view));
  return sentence === undefined ? [] : [plain(sentence)];
};

/** In the place of the buttons of somebody who has approved. */
export const youApproved = (view: RequestView, { at }: Decision): News => ({
  sentence: `✓ You approved it on ${formatInstant(at, clockOf(view))}. It needs ${approvalsMissing(view.request)}.`,
  colour: 'default',
});

/** Whoever approved other terms than these, since the terms were changed last. */
const voided = ({ history }: RequestView): News[] => {
  const latest = voidedApprovals(history).at(-1);
  return latest === undefined
    ? []
    : [
        plain(
          `${latest.by} changed the terms after ${latest.approvers.map(({ name }) => name).join(' and ')} had approved, so ${latest.approvers.length === 1 ? 'that approval no longer counts' : 'those approvals no longer count'}.`,
        ),
      ];
};

const shortening = ({ request, replaced, timeZone }: RequestView): News[] => {
  const sentence = earlierEnd(replaced, request.terms, timeZone);
  return sentence === undefined ? [] : [{ sentence, colour: 'attention' }];
};

const undecided = (view: RequestView): News[] => [
  ...shortening(view),
  ...voided(view),
  ...approvalsGiven(view),
  waiting(view),
  sinceWhen(view),
  ...alsoExempts(view),
];

/** The successor of a recommendation that Microsoft retired, while the request is of use to somebody. */
const retirement = ({ request: { status, terms } }: RequestView): News[] => {
  const sentence = isOver.includes(status) ? undefined : retirementOf(terms.recommendation.key);
  return sentence === undefined ? [] : [{ sentence, colour: 'warning' }];
};

/** The status of a request in sentences: who decided, what is the case now, and what happens next. */
export const newsOf = (view: RequestView): News[] => [
  ...decided(view),
  ...unratified(view),
  ...(view.request.status === 'pending' ? undecided(view) : []),
  ...revoked(view),
  ...failed(view),
  ...whatIsNow(view),
  ...retirement(view),
];
