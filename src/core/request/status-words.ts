import { retirementOf } from '../tenant/retired-recommendation.ts';
import type { RequestStatus } from './request-status.ts';
import { lapsesAfterDays } from './waiting.ts';

/** The facts that the sentences below contain, as readable texts. */
export type StatusFacts = {
  readonly reference: string;
  /** The title of the recommendation. */
  readonly recommendation: string;
  readonly requester: string;
  /** "Bob Berger and Erin Eder" */
  readonly approvers: string;
  /** The reduction by approvers: "until 21 Dec 2026, 23:59 (UTC), for vm-1"; undefined: none. */
  readonly narrowedTo: string | undefined;
  /** Comments of the approvers. */
  readonly comments: readonly string[];
  readonly rejection: { readonly by: string; readonly reason: string } | undefined;
  /** Undefined name: an emergency that nobody approved in time. */
  readonly revocation: { readonly by: string | undefined; readonly reason: string } | undefined;
  readonly adopted: boolean;
  /** The time until which somebody else must approve an emergency; undefined: this is none. */
  readonly ratifyBy: string | undefined;
  /** The number of resources on which it is in effect so far: "3 of 5"; undefined: none. */
  readonly progress: string | undefined;
  /** How many of its exemptions are written or removed so far: "12 of 40"; undefined: there are too few to count, or nothing is under way. */
  readonly done: string | undefined;
  /** Why Azure was not written, as a sentence. */
  readonly failure: string | undefined;
  /** The reference of the later request. */
  readonly replacedBy: string | undefined;
  /** The references of later requests for which some of its exemptions stay in Azure after it was removed. */
  readonly keptBy: string | undefined;
};

type Sentence = (facts: StatusFacts) => string;

type StatusWords = {
  /** On cards and in lists. */
  readonly label: string;
  /** The label of an exemption that was created outside Exemption Desk, which nobody approved here. Undefined: the same label. */
  readonly labelWhenAdopted?: string;
  /** The words after "EX-12AB is". */
  readonly state: string;
  /** The state and the next step, on the card of the request. Undefined: the card says nothing more. */
  readonly onCard?: Sentence;
  /** The message to the requester in their personal chat. Undefined: none. */
  readonly notice?: Sentence;
};

/** The part of a request that decides what is said of its status. */
type StatedRequest = {
  readonly status: RequestStatus;
  readonly terms: { readonly recommendation: { readonly key: string } };
};

const upTo24Hours = 'Defender for Cloud can take up to 24 hours to show it.';
const soFar = ({ progress }: StatusFacts): string =>
  progress === undefined ? '' : `In effect on ${progress} so far. `;
const quoted = (text: string): string => (text === '' ? '' : ` “${text}”`);

const approvedNotice: Sentence = ({ reference, ...facts }) => {
  if (facts.ratifyBy !== undefined)
    return `Exemption Desk is writing ${reference} to Azure as an emergency. Somebody else must approve it by ${facts.ratifyBy}; otherwise it is removed from Azure.`;
  if (facts.adopted) return `You adopted ${reference}. The exemption stays in Azure as it is, with your justification.`;
  const changes = facts.narrowedTo === undefined ? '' : ` with changes: ${facts.narrowedTo}`;
  return `${reference} was approved by ${facts.approvers}${changes}.${facts.comments.map(quoted).join('')} Exemption Desk is writing it to Azure.`;
};

const revokingNotice: Sentence = ({ reference, revocation }) =>
  revocation?.by === undefined
    ? `${reference} is being removed from Azure. ${revocation?.reason ?? ''}`.trim()
    : `${reference} was revoked by ${revocation.by} and is being removed from Azure.${quoted(revocation.reason)}`;

/** Every sentence about the status of a request whose recommendation lives. */
export const statusWords: Readonly<Record<RequestStatus, StatusWords>> = {
  pending: { label: 'Waiting for approval', state: 'waiting for approval' },
  approved: {
    label: 'Approved',
    labelWhenAdopted: 'Being adopted',
    state: 'approved',
    onCard: ({ done }) =>
      `Exemption Desk is writing it to Azure${done === undefined ? '' : `: ${done} exemptions written`}. After that, ${upTo24Hours}`,
    notice: approvedNotice,
  },
  rejected: {
    label: 'Rejected',
    state: 'rejected',
    notice: ({ reference, rejection }) =>
      `${reference} was rejected by ${rejection?.by ?? 'an approver'}.${quoted(rejection?.reason ?? '')}`,
  },
  withdrawn: {
    label: 'Withdrawn',
    state: 'withdrawn',
    onCard: ({ requester }) => `${requester} withdrew the request. Nothing was changed in Azure.`,
  },
  lapsed: {
    label: 'Lapsed: nobody decided',
    state: 'lapsed because nobody decided in time',
    onCard: ({ failure }) => failure ?? `Nobody decided within ${lapsesAfterDays} days. Nothing was changed in Azure.`,
    notice: ({ reference, failure }) =>
      failure !== undefined
        ? `${reference} was closed. ${failure}`
        : `${reference} lapsed because nobody decided within ${lapsesAfterDays} days. Nothing was changed in Azure. You can send a new request.`,
  },
  applied: {
    label: 'Approved and written to Azure',
    labelWhenAdopted: 'Adopted',
    state: 'written to Azure',
    onCard: (facts) => `Written to Azure. ${soFar(facts)}${upTo24Hours}`,
    notice: ({ reference }) => `${reference} was written to Azure. ${upTo24Hours}`,
  },
  'partly-applied': {
    label: 'Approved, partly written to Azure',
    labelWhenAdopted: 'Partly adopted',
    state: 'partly written to Azure',
    onCard: (facts) => `The rest was written to Azure. ${soFar(facts)}An approver can try again.`,
    notice: ({ reference, failure = '' }) =>
      `${reference} was only partly written to Azure. An approver can try the rest again. ${failure}`.trim(),
  },
  effective: {
    label: 'In effect',
    state: 'in effect',
    onCard: () => 'Defender for Cloud no longer counts the recommendation there.',
    notice: ({ reference, recommendation }) =>
      `${reference} is in effect: Defender for Cloud no longer counts “${recommendation}” there.`,
  },
  failed: {
    label: 'Approved, but not written to Azure',
    labelWhenAdopted: 'Could not be adopted',
    state: 'refused by Azure',
    notice: ({ reference, failure = '' }) => `${reference} was approved, but Azure refused it. ${failure}`.trim(),
  },
  expired: {
    label: 'Expired',
    state: 'expired',
    onCard: () => 'The exemption expired and the recommendation is open again.',
    notice: ({ reference, recommendation }) => `${reference} expired. “${recommendation}” is open again.`,
  },
  revoking: {
    label: 'Being removed from Azure',
    state: 'being removed from Azure',
    onCard: ({ failure, done }) =>
      failure === undefined
        ? `Exemption Desk is removing it from Azure${done === undefined ? '' : `: ${done} exemptions deleted`}.`
        : 'It is still in Azure. Exemption Desk keeps trying to remove it.',
    notice: revokingNotice,
  },
  revoked: {
    label: 'Revoked',
    state: 'revoked',
    onCard: ({ keptBy }) =>
      keptBy === undefined
        ? 'It was removed from Azure and the recommendation is open again.'
        : `It was removed from Azure, except for what belongs to ${keptBy} now.`,
    notice: ({ reference, recommendation, keptBy }) =>
      keptBy === undefined
        ? `${reference} was removed from Azure. “${recommendation}” is open again.`
        : `${reference} was removed from Azure, except for what belongs to ${keptBy} now. There “${recommendation}” stays exempt.`,
  },
  replaced: {
    label: 'Replaced by a later request',
    state: 'replaced by a later request',
    onCard: ({ replacedBy = 'A later request' }) => `${replacedBy} replaced it. The recommendation stays exempt there.`,
    notice: ({ reference, recommendation, replacedBy = 'a later request' }) =>
      `${reference} was replaced by ${replacedBy}. “${recommendation}” stays exempt.`,
  },
};

/** What is said instead once Microsoft has retired the recommendation: it is neither in effect nor open again. */
const wordsWhenRetired: Readonly<Partial<Record<RequestStatus, Partial<StatusWords>>>> = {
  applied: {
    onCard: () => 'Written to Azure.',
    notice: ({ reference }) => `${reference} was written to Azure.`,
  },
  'partly-applied': { onCard: () => 'The rest was written to Azure.' },
  effective: {
    label: 'Recommendation retired',
    state: 'written to Azure, for a recommendation that Microsoft retired',
    onCard: () => 'The exemption is still in Azure.',
    notice: ({ reference }) => `${reference} is written to Azure.`,
  },
  expired: {
    onCard: () => 'The exemption expired.',
    notice: ({ reference }) => `${reference} expired.`,
  },
  revoked: {
    onCard: ({ keptBy }) =>
      keptBy === undefined
        ? 'It was removed from Azure.'
        : `It was removed from Azure, except for what belongs to ${keptBy} now.`,
    notice: ({ reference }) => `${reference} was removed from Azure.`,
  },
  replaced: {
    onCard: ({ replacedBy = 'A later request' }) => `${replacedBy} replaced it.`,
    notice: ({ reference, replacedBy = 'a later request' }) => `${reference} was replaced by ${replacedBy}.`,
  },
};

/** The sentences about the status of a request. */
export const wordsOf = ({ status, terms }: StatedRequest): StatusWords => ({
  ...statusWords[status],
  ...(retirementOf(terms.recommendation.key) === undefined ? {} : wordsWhenRetired[status]),
});

/** The label of a request that was written to Azure before anybody else approved it. */
export const emergencyLabel = (status: RequestStatus): string =>
  status === 'approved' ? 'Emergency: being written to Azure' : 'Emergency: written, waiting for approval';

/** The label and the state of a request that was closed because everything that it was for is gone. */
export const goneLabel = 'Closed: nothing left to exempt';
export const goneState = 'closed because what it was for no longer exists in Azure';
