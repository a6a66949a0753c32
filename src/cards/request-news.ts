import { formatInstant } from '../core/calendar.ts';
import { approvalsSoFar, approverNames, type Decision, type RequestStatus } from '../core/request.ts';
import type { RequestView } from '../core/request-view.ts';
import { shortened } from './plain-text.ts';
import { alsoSentence } from './target-words.ts';
import { listed, type Colour } from './wording.ts';

export type News = { readonly sentence: string; readonly colour: Colour };

const plain = (sentence: string): News => ({ sentence, colour: 'default' });

const waiting = ({ askedIn, request }: RequestView): News =>
  askedIn.length > 0
    ? plain(`Approvers were asked in ${listed(askedIn, 5)}.`)
    : {
        sentence: `Nobody could be reached: no channel takes requests for this scope. An approver can write: approve ${request.reference}`,
        colour: 'warning',
      };

/** Whose words they are is said where there are several. */
const wordsOf = (decisions: readonly Decision[]): News[] =>
  decisions
    .filter(({ comment }) => comment !== '')
    .map(({ by, comment }) => plain(`${decisions.length > 1 ? `${by.name}: ` : ''}“${shortened(comment, 600)}”`));

const approvalsGiven = ({ request }: RequestView): News[] =>
  request.governance.approvals === 1 ? [] : [plain(`${approvalsSoFar(request)}.`), ...wordsOf(request.approvals)];

const decided = ({ request, timeZone }: RequestView): News[] => {
  const { decision, status } = request;
  if (decision === undefined) return [];
  const at = formatInstant(decision.at, timeZone);
  if (status === 'rejected') return [plain(`Rejected by ${decision.by.name}, ${at}.`), ...wordsOf([decision])];
  return [plain(`Approved by ${approverNames(request)}, ${at}.`), ...wordsOf(request.approvals)];
};

const soFar = ({ request: { progress } }: RequestView): string =>
  progress === undefined || progress.exempt === 0 ? '' : `In effect on ${progress.exempt} of ${progress.of} so far. `;

const alsoExempts = ({ request }: RequestView): News[] => {
  const sentence = alsoSentence(request);
  return sentence === '' ? [] : [{ sentence, colour: 'warning' }];
};

const afterwards: Readonly<Record<RequestStatus, (view: RequestView) => News[]>> = {
  pending: (view) => [...approvalsGiven(view), waiting(view), ...alsoExempts(view)],
  approved: () => [plain('It is being written to Azure; Defender for Cloud may then take up to 24 hours to show it.')],
  applied: (view) => [plain(`Written to Azure. ${soFar(view)}Defender for Cloud may take up to 24 hours to show it.`)],
  'partly-applied': (view) => [
    { sentence: shortened(view.request.failure ?? 'Azure did not accept all of it.', 600), colour: 'attention' },
    plain(`The rest is written to Azure. ${soFar(view)}It can be tried again.`),
  ],
  effective: () => [plain('Defender for Cloud no longer counts the recommendation there.')],
  rejected: () => [],
  withdrawn: ({ request }) => [plain(`${request.requester.name} took the request back. Nothing was changed in Azure.`)],
  failed: ({ request }) => [
    { sentence: shortened(request.failure ?? 'Azure did not accept it.', 600), colour: 'attention' },
  ],
  expired: () => [plain('The exemption has ended and the recommendation is open again.')],
};

/** Where a request stands now, in sentences: who decided, and what happens next. */
export const newsOf = (view: RequestView): News[] => [...decided(view), ...afterwards[view.request.status](view)];
