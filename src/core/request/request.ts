import { formatInstant, type Clock } from '../calendar.ts';
import type { Target } from '../plan/exemption-plan.ts';
import { GovernanceError } from '../governance-error.ts';
import { sameObject, samePerson, type Person } from '../person.ts';
import type { Renewal } from './renewal.ts';
import type { RequestGovernance } from './request-governance.ts';
import { allowedNext, type RequestStatus } from './request-status.ts';
import { goneState, wordsOf } from './status-words.ts';
import type { Terms } from './terms.ts';

/** Why an exemption was taken out of Azure before its expiry, and by whom; undefined `by`: an emergency that nobody approved in time. */
export type Revocation = { readonly by: Person | undefined; readonly at: Date; readonly reason: string };

export type Decision = { readonly by: Person; readonly at: Date; readonly comment: string };

/** Of the resources that Defender for Cloud counted against the recommendation, the number that it shows as exempt. */
export type EffectProgress = { readonly exempt: number; readonly of: number };

export type ExemptionRequest = {
  /** The reference that people use: `EX-12AB`. */
  readonly reference: string;
  /** Counts every change. A change is saved only if the version that was read is still stored. */
  readonly version: number;
  readonly status: RequestStatus;
  readonly requester: Person;
  readonly createdAt: Date;
  /** The id of the channel or group chat where it was asked for; left out: in a personal chat. A renewal keeps that of what it renews. */
  readonly origin?: string | undefined;
  readonly terms: Terms;
  /** The exemptions to write, fixed when the request was sent. */
  readonly targets: readonly Target[];
  /** Titles of other recommendations that the same exemptions cover. */
  readonly alsoExempts: readonly string[];
  /** Names of policy assignments that also include the recommendation, but are beyond the permissions of Exemption Desk. */
  readonly leftOut: readonly string[];
  readonly governance: RequestGovernance;
  /** Undefined: it replaces no other request. */
  readonly renewal: Renewal | undefined;
  /** Counts the versions of the terms. An approval, and the button for it, belong to one of them. */
  readonly termsVersion: number;
  /** The approvals so far, all for these terms. */
  readonly approvals: readonly Decision[];
  /** The decision that ended the waiting: the last approval or the rejection; by the requester if no approval was required. */
  readonly decision: Decision | undefined;
  /** When it began to wait for approvals on these terms; reminders and lapsing count from here. */
  readonly waitingSince: Date;
  /**
   * Written before anybody else approved it: somebody must do so until `ratifyBy`, otherwise it is revoked. Undefined for all others, and
   * once it is approved.
   */
  readonly emergency: { readonly ratifyBy: Date } | undefined;
  readonly revocation: Revocation | undefined;
  /** Why Azure was not written, as a sentence; of a lapsed request: what it was for is gone. */
  readonly failure: string | undefined;
  readonly appliedAt: Date | undefined;
  /** Ids of the targets that are not in Azure as its own: refused there, deleted since, or written by a later request. Empty before it is written. */
  readonly absent: readonly string[];
  /** Undefined until the first check after writing. */
  readonly progress: EffectProgress | undefined;
};

/** "approved by Bob Berger on 21 Nov 2026, 14:05 (Europe/Berlin), now in effect": for somebody who decides too late. */
export const standing = (request: ExemptionRequest, clock: Clock): string => {
  const { status, decision } = request;
  if (status === 'lapsed' && request.failure !== undefined) return goneState;
  if (decision === undefined) return wordsOf(request).state;
  const yes = request.governance.adopted ? `adopted by ${decision.by.name}` : `approved by ${approverNames(request)}`;
  const decided = `${status === 'rejected' ? `rejected by ${decision.by.name}` : yes} on ${formatInstant(decision.at, clock)}`;
  return status === 'rejected' || status === 'approved' ? decided : `${decided}, now ${wordsOf(request).state}`;
};

/** The expiry in Azure, in UTC. An emergency expires by itself if nobody approves it, even if Exemption Desk is down. */
export const endInAzure = ({ terms, emergency }: Pick<ExemptionRequest, 'terms' | 'emergency'>): Date | undefined =>
  emergency === undefined || (terms.expiresAt !== undefined && terms.expiresAt <= emergency.ratifyBy)
    ? terms.expiresAt
    : emergency.ratifyBy;

/** The number of approvals that count: one for each person, none by the requester. */
const countedApprovals = ({ approvals, requester }: Pick<ExemptionRequest, 'approvals' | 'requester'>): number =>
  approvals.filter(
    ({ by }, at) => !samePerson(by, requester) && approvals.findIndex((earlier) => samePerson(earlier.by, by)) === at,
  ).length;

/** "1 of 2 approvals, by Bob Berger" */
export const approvalsSoFar = ({ approvals, governance }: ExemptionRequest): string => {
  const names = approvals.map(({ by }) => by.name).join(' and ');
  return `${approvals.length} of ${governance.approvals} approvals${names && `, by ${names}`}`;
};

/** "one more approval from somebody else" */
export const approvalsMissing = (request: ExemptionRequest): string => {
  const missing = request.governance.approvals - countedApprovals(request);
  return missing > 1 ? `${missing} more approvals from other people` : 'one more approval from somebody else';
};

/** "Bob Berger and Erin Eder", or why it is nobody. */
export const approverNames = ({
  approvals,
  governance,
  emergency,
}: Pick<ExemptionRequest, 'approvals' | 'governance' | 'emergency'>): string => {
  if (governance.adopted) return 'nobody here: it was created outside Exemption Desk';
  if (emergency !== undefined) return 'nobody yet, in an emergency';
  if (approvals.length > 0) return approvals.map(({ by }) => by.name).join(' and ');
  return governance.approvals === 0 ? 'nobody, as the rules allow' : 'nobody';
};

type Changeable = Pick<
  ExemptionRequest,
  'approvals' | 'decision' | 'failure' | 'appliedAt' | 'absent' | 'targets' | 'emergency' | 'revocation'
>;

/** As many approvals as the rules require. In an emergency the requester, who could decide it themselves, goes ahead without them. */
const isEnough = (request: ExemptionRequest): boolean =>
  request.emergency !== undefined || countedApprovals(request) >= request.governance.approvals;

const isWritten = ({ status }: Pick<ExemptionRequest, 'status'>): boolean =>
  status === 'applied' || status === 'effective';

/** What a request has when it is sent, before anybody decided and anything was written. */
export const undecided = {
  termsVersion: 1,
  approvals: [],
  decision: undefined,
  emergency: undefined,
  revocation: undefined,
  failure: undefined,
  appliedAt: undefined,
  absent: [],
  progress: undefined,
} as const satisfies Partial<ExemptionRequest>;

/** Written to Azure as requested, and neither expired nor taken out. */
export const isInForce = ({ status, emergency }: Pick<ExemptionRequest, 'status' | 'emergency'>): boolean =>
  emergency === undefined && (isWritten({ status }) || status === 'partly-applied');

/** It ended before anything was written, and what it was for still exists as far as is known. */
export const mayBeAskedAgain = ({ status, failure }: Pick<ExemptionRequest, 'status' | 'failure'>): boolean =>
  status === 'rejected' || status === 'withdrawn' || (status === 'lapsed' && failure === undefined);

/** Whether approvers still have to decide: before it is written or, in an emergency, afterwards. */
export const awaitsApproval = ({ status, emergency }: Pick<ExemptionRequest, 'status' | 'emergency'>): boolean =>
  status === 'pending' || (emergency !== undefined && (isWritten({ status }) || status === 'partly-applied'));

/**
 * The request in its next status. Throws GovernanceError conflict if that status may not follow, nobody decided, or fewer people approved
 * than the rules required when it was sent.
 */
export const moved = (
  request: ExemptionRequest,
  to: RequestStatus,
  timeZone: string,
  changes: Partial<Changeable> = {},
): ExemptionRequest => {
  const next = { ...request, ...changes, status: to, version: request.version + 1 };
  const undecided = (to === 'approved' || to === 'rejected') && next.decision === undefined;
  const forNoReason = to === 'revoking' && next.revocation === undefined;
  const settled = to === 'approved' && isWritten(request) && request.emergency === undefined;
  if (undecided || forNoReason || settled || !allowedNext[request.status].includes(to)) {
    throw new GovernanceError('conflict', `${request.reference} is already ${standing(request, timeZone)}.`);
  }
  if (to === 'approved' && !isEnough(next)) {
    throw new GovernanceError('conflict', `${request.reference} needs more approvals: it has ${approvalsSoFar(next)}.`);
  }
  return next;
};

/**
 * Adds an approval. The request is approved once there are enough, and waits until then; the last approval also ends an emergency. Throws
 * GovernanceError conflict for a second approval by the same person.
 */
export const withApproval = (request: ExemptionRequest, approval: Decision, timeZone: string): ExemptionRequest => {
  const waits = awaitsApproval(request);
  const again = request.approvals.some(({ by }) => samePerson(by, approval.by));
  if (again && waits) {
    throw new GovernanceError(
      'conflict',
      `You already approved ${request.reference}. It needs ${approvalsMissing(request)}.`,
    );
  }
  const approvals = again ? request.approvals : [...request.approvals, approval];
  const ratified = { ...request, approvals, emergency: undefined };
  return waits && !isEnough(ratified)
    ? { ...request, approvals, version: request.version + 1 }
    : moved(request, 'approved', timeZone, { approvals, decision: approval, emergency: undefined });
};

/**
 * The request, to be written once more. Whoever tries again counts as one more approver: by the time Azure is asked again, an earlier one may
 * have lost the permissions. An emergency goes on resting on its requester until somebody approves it. Throws GovernanceError conflict.
 */
export const withRetry = (request: ExemptionRequest, retry: Decision, timeZone: string): ExemptionRequest => {
  const counts = request.emergency === undefined && !request.approvals.some(({ by }) => samePerson(by, retry.by));
  const approvals = counts ? [...request.approvals, retry] : request.approvals;
  return moved(request, 'approved', timeZone, { approvals, failure: undefined });
};

/** The request with other terms, waiting again. Earlier approvals are dropped, because they were for other terms. */
export const withTerms = (
  request: ExemptionRequest,
  changes: Pick<ExemptionRequest, 'terms' | 'targets'> &
    Partial<Pick<ExemptionRequest, 'alsoExempts' | 'leftOut' | 'governance' | 'renewal'>>,
  at: Date,
): ExemptionRequest => ({
  ...request,
  ...changes,
  version: request.version + 1,
  termsVersion: request.termsVersion + 1,
  approvals: [],
  waitingSince: at,
});

/** Throws if somebody decides their own request; checked before any role. */
export const refuseOwnDecision = (request: ExemptionRequest, person: Person): void => {
  // A guest has one object id here, whichever tenant a door names as theirs.
  if (sameObject(request.requester, person)) {
    throw new GovernanceError(
      'forbidden',
      `You may not decide ${request.reference}, because you asked for it yourself. Somebody else must decide it.`,
    );
  }
};

/** Throws unless the person is the requester. */
export const refuseUnlessRequester = (request: ExemptionRequest, person: Person, deed: string): void => {
  if (!samePerson(request.requester, person))
    throw new GovernanceError('forbidden', `Only ${request.requester.name} may ${deed} ${request.reference}.`);
};

/** References are read aloud and typed: case does not matter, and look-alike letters are not used. */
export const normalReference = (text: string): string => text.trim().toUpperCase();

export const referencePattern = /^EX-[0-9A-Z]{4,8}$/;
