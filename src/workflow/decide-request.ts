import { GovernanceError } from '../core/governance-error.ts';
import { asPerson, samePerson, type Person } from '../core/person.ts';
import {
  moved,
  refuseOwnDecision,
  standing,
  withApproval,
  type ExemptionRequest,
  type RequestStatus,
} from '../core/request.ts';
import { changeRequest, refuseStale, requestNamed } from './change-request.ts';
import type { Desk } from './desk.ts';
import { refuseUnlessApprover } from './may-decide.ts';

export type DecisionInput = {
  readonly reference: string;
  /** The version of the terms that the clicked card showed; undefined for a typed command. */
  readonly version: number | undefined;
  /** The approver's comment, or the reason of a rejection. */
  readonly words: string;
};

const notOpen = (request: ExemptionRequest, open: readonly RequestStatus[], timeZone: string): GovernanceError => {
  const where = standing(request, timeZone);
  const { reference } = request;
  return new GovernanceError(
    'conflict',
    open.includes('pending')
      ? `${reference} is already ${where}.`
      : `There is nothing to try again: ${reference} is ${where}.`,
  );
};

/** The request as this person may change it now: by their rights, in one of these statuses, in the version they saw. */
const toDecide = async (
  desk: Desk,
  person: Person,
  input: DecisionInput,
  ...open: readonly RequestStatus[]
): Promise<ExemptionRequest> => {
  const request = await requestNamed(desk, input.reference);
  refuseOwnDecision(request, person);
  await refuseUnlessApprover(desk, person, request);
  if (!open.includes(request.status)) throw notOpen(request, open, desk.timeZone);
  refuseStale(request, input.version);
  return request;
};

/** Approves: recorded first; with the last approval that the rules ask for it is written to Azure by the job. */
export const approveRequest = async (desk: Desk, person: Person, input: DecisionInput): Promise<ExemptionRequest> => {
  const before = await toDecide(desk, person, input, 'pending');
  const after = withApproval(before, { by: person, at: desk.now(), comment: input.words }, desk.timeZone);
  const done = after.status === 'approved';
  return changeRequest(desk, {
    before,
    after,
    actor: asPerson(person),
    event: done ? 'approved' : 'approved-in-part',
    text: input.words,
    jobs: done ? ['apply-request'] : [],
  });
};

export const rejectRequest = async (desk: Desk, person: Person, input: DecisionInput): Promise<ExemptionRequest> => {
  if (input.words.trim() === '') {
    throw new GovernanceError('invalid', `Say why, so that it can be mended: reject ${input.reference} <reason>`);
  }
  const before = await toDecide(desk, person, input, 'pending');
  const decision = { by: person, at: desk.now(), comment: input.words };
  const after = moved(before, 'rejected', desk.timeZone, { decision });
  return changeRequest(desk, { before, after, actor: asPerson(person), event: 'rejected', text: input.words });
};

/** Tries again to write an approved request that Azure refused. */
export const retryRequest = async (desk: Desk, person: Person, input: DecisionInput): Promise<ExemptionRequest> => {
  const before = await toDecide(desk, person, input, 'failed', 'partly-applied');
  const after = moved(before, 'approved', desk.timeZone, { failure: undefined });
  return changeRequest(desk, { before, after, actor: asPerson(person), event: 'retried', jobs: ['apply-request'] });
};

/** Takes a request back; only its requester may, and only while nobody has decided. */
export const withdrawRequest = async (desk: Desk, person: Person, input: DecisionInput): Promise<ExemptionRequest> => {
  const before = await requestNamed(desk, input.reference);
  if (!samePerson(before.requester, person)) {
    throw new GovernanceError('forbidden', `Only ${before.requester.name} may withdraw ${before.reference}.`);
  }
  const after = moved(before, 'withdrawn', desk.timeZone);
  refuseStale(before, input.version);
  return changeRequest(desk, { before, after, actor: asPerson(person), event: 'withdrawn' });
};
