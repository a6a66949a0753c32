import { formatInstant } from '../../core/calendar.ts';
import {
  approvalsSoFar,
  approverNames,
  type Decision,
  type ExemptionRequest,
  type RequestStatus,
} from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { lapsesAfterDays, lapsesAt } from '../../core/request/waiting.ts';
import { shortened } from '../plain-text.ts';
import { alsoSentence } from './target-words.ts';
import { listed, type Colour } from '../wording.ts';

export type News = { readonly sentence: string; readonly colour: Colour };

const plain = (sentence: string): News => ({ sentence, colour: 'default' });

const sinceWhen = ({ request, timeZone }: RequestView): News =>
  plain(
    `Waiting since ${formatInstant(request.waitingSince, timeZone)}; it lapses ${formatInstant(lapsesAt(request), timeZone)} if nobody decides.`,
  );

/** Written before anybody else agreed: until when that holds. */
const unratified = (view: RequestView): News[] => {
  const { request, timeZone } = view;
  const { emergency, requester, decision } = request;
  if (emergency === undefined) return [];
  const words = decision?.comment ?? '';
  return [
    {
      sentence: `${requester.name} had it written at once, as an emergency. Somebody else has to approve it until ${formatInstant(emergency.ratifyBy, timeZone)}, else it is taken out of Azure.`,
      colour: 'warning',
    },
    ...(words === '' ? [] : [plain(`“${shortened(words, 600)}”`)]),
    ...approvalsGiven(view),
    waiting(view),
  ];
};

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
  if (decision === undefined || request.emergency !== undefined) return [];
  const at = formatInstant(decision.at, timeZone);
  if (status === 'rejected') return [plain(`Rejected by ${decision.by.name}, ${at}.`), ...wordsOf([decision])];
  if (request.governance.adopted)
    return [
      plain(`Adopted by ${decision.by.name}, ${at}. It was made outside Exemption Desk; nobody approved it here.`),
    ];
  return [plain(`Approved by ${approverNames(request)}, ${at}.`), ...wordsOf(request.approvals)];
};

const soFar = ({ request: { progress } }: RequestView): string =>
  progress === undefined || progress.exempt === 0 ? '' : `In effect on ${progress.exempt} of ${progress.of} so far. `;

const alsoExempts = ({ request }: RequestView): News[] => {
  const sentence = alsoSentence(request);
  return sentence === '' ? [] : [{ sentence, colour: 'warning' }];
};

const revoked = ({ revocation }: ExemptionRequest, timeZone: string): News[] => {
  if (revocation === undefined) return [];
  const { by, at, reason } = revocation;
  if (by === undefined) return [plain(reason)];
  return [
    plain(`Taken back by ${by.name}, ${formatInstant(at, timeZone)}.`),
    ...(reason === '' ? [] : [plain(`“${shortened(reason, 600)}”`)]),
  ];
};

const afterwards: Readonly<Record<RequestStatus, (view: RequestView) => News[]>> = {
  pending: (view) => [...approvalsGiven(view), waiting(view), sinceWhen(view), ...alsoExempts(view)],
  approved: () => [plain('It is being written to Azure; Defender for Cloud may then take up to 24 hours to show it.')],
  applied: (view) => [plain(`Written to Azure. ${soFar(view)}Defender for Cloud may take up to 24 hours to show it.`)],
  'partly-applied': (view) => [
    { sentence: shortened(view.request.failure ?? 'Azure did not accept all of it.', 600), colour: 'attention' },
    plain(`The rest is written to Azure. ${soFar(view)}It can be tried again.`),
  ],
  effective: () => [plain('Defender for Cloud no longer counts the recommendation there.')],
  rejected: () => [],
  withdrawn: ({ request }) => [plain(`${request.requester.name} took the request back. Nothing was changed in Azure.`)],
  lapsed: () => [plain(`Nobody decided it within ${lapsesAfterDays} days. Nothing was changed in Azure.`)],
  revoking: ({ request, timeZone }) => [
    ...revoked(request, timeZone),
    ...(request.failure === undefined
      ? [plain('It is being taken out of Azure.')]
      : [
          {
            sentence: `It is still in Azure, and is tried again: ${shortened(request.failure, 600)}`,
            colour: 'attention' as const,
          },
        ]),
  ],
  revoked: ({ request, timeZone }) => [
    ...revoked(request, timeZone),
    plain('It is out of Azure, and the recommendation is open again.'),
  ],
  failed: ({ request }) => [
    { sentence: shortened(request.failure ?? 'Azure did not accept it.', 600), colour: 'attention' },
  ],
  replaced: ({ history }) => {
    const by = history.findLast(({ event }) => event === 'replaced')?.facts.by ?? 'A later request';
    return [plain(`${by} stands in its place. The recommendation stays exempt there.`)];
  },
  expired: () => [plain('The exemption has ended and the recommendation is open again.')],
};

/** Where a request stands now, in sentences: who decided, and what happens next. */
export const newsOf = (view: RequestView): News[] => [
  ...decided(view),
  ...unratified(view),
  ...afterwards[view.request.status](view),
];
