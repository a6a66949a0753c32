import { GovernanceError } from '../../core/governance-error.ts';
import { asPerson, samePerson, type Person } from '../../core/person.ts';
import {
  awaitsApproval,
  moved,
  refuseOwnDecision,
  refuseUnlessRequester,
  standing,
  withApproval,
  withRetry,
  withTerms,
  type ExemptionRequest,
} from '../../core/request/request.ts';
import { placesOf, refuseUnlessShown } from '../../core/plan/decided-together.ts';
import { refuseUnlessNamed } from '../../core/plan/named-scopes.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { afresh } from '../afresh.ts';
import { changeRequest, refuseStale, requestNamed } from '../record/change-request.ts';
import { askingAhead } from '../ask-ahead.ts';
import type { Desk } from '../desk.ts';
import { askScopes } from '../plan/find-gone.ts';
import { refuseUnlessDecider } from '../rights/may-decide.ts';
import { refuseIfGone } from './close-gone.ts';
import { narrowRequest, type Reduction } from './narrow-request.ts';
import { recordingRefusal, type Deed } from '../record/record-refusal.ts';
import { revoke } from '../write/revoke-request.ts';

export type DecisionInput = {
  readonly reference: string;
  /** The conversation where it was said or pressed; without it, nothing shows that the person may know of the request. */
  readonly here?: string;
  /** The version of the terms on the clicked card; undefined for a typed command. */
  readonly version: number | undefined;
  /** The comment of the approver, or the reason of a rejection. */
  readonly words: string;
  /** How many scopes the card named on which it is approved; undefined: none, as for a typed line. */
  readonly named?: number | undefined;
  /** It is decided together with others, from the row that named it. */
  readonly isAmongOthers?: boolean;
  /** An approver may approve less than was requested. */
  readonly narrowing?: Reduction;
};

type Open = {
  readonly isOpen: (request: ExemptionRequest) => boolean;
  readonly otherwise: (reference: string, standing: string) => string;
};

const waiting: Open = { isOpen: awaitsApproval, otherwise: (reference, where) => `${reference} is already ${where}.` };
const unfinished: Open = {
  isOpen: ({ status }) => status === 'failed' || status === 'partly-applied',
  otherwise: (reference, where) => `${reference} cannot be tried again: it is ${where}.`,
};

/** A request that somebody may decide, and the facts for their ledger row. */
type Decidable = { readonly before: ExemptionRequest; readonly facts: Readonly<Record<string, string>> };

/** Returns the request if this person may decide it now: by their permissions, in its current status, in the version they saw. */
const toDecide = async (
  desk: Desk,
  person: Person,
  input: DecisionInput,
  deed: Deed,
  open: Open,
): Promise<Decidable> => {
  const request = await requestNamed(desk, input.reference);
  const lent = await recordingRefusal(desk, person, deed, { request, here: input.here }, async () => {
    refuseOwnDecision(request, person);
    return refuseUnlessDecider(desk, person, request);
  });
  if (!open.isOpen(request))
    throw new GovernanceError('conflict', open.otherwise(request.reference, standing(request, desk.timeZone)));
  refuseStale(request, input.version);
  if (input.isAmongOthers === true && deed === 'approve')
    refuseUnlessShown(request.reference, placesOf(request, await desk.hierarchy()));
  return { before: request, facts: lent.length === 0 ? {} : { lent: lent.join(' ') } };
};

const labelsOf = async (desk: Desk, { terms }: ExemptionRequest): Promise<string[]> => {
  const hierarchy = await desk.hierarchy();
  return terms.scopes.map((scope) => scopeLabel(scope, hierarchy));
};

/** What deciding asks of Azure, without any effect: whether everything is still there, who is in which group, what is left of less. */
const rehearseDecision = async (desk: Desk, person: Person, input: DecisionInput): Promise<void> => {
  const request = await requestNamed(desk, input.reference);
  if (samePerson(request.requester, person) || !awaitsApproval(request)) return;
  const { approvers } = request.governance;
  const needGroups = desk.delegateGroups.length > 0 || approvers.flat().some(({ kind }) => kind === 'group');
  await Promise.allSettled([
    ...(request.status === 'pending' ? [askScopes(desk, request.targets)] : []),
    ...(needGroups ? [desk.groupsForDecision(person)] : []),
    narrowRequest(desk, request, input.narrowing),
  ]);
};

/**
 * The request, if this person may decide it now in the version they saw: before they fill in a form. Decides nothing; whoever is refused is
 * recorded as if they had decided, and deciding checks everything again.
 */
export const openDecision = async (
  desk: Desk,
  person: Person,
  input: DecisionInput,
  deed: 'approve' | 'reject',
): Promise<ExemptionRequest> => (await toDecide(desk, person, input, deed, waiting)).before;

/** Approves a request. The approval is recorded first; after the last one that the rules require, the job writes to Azure. */
export const approveRequest = (given: Desk, person: Person, input: DecisionInput): Promise<ExemptionRequest> =>
  askingAhead(
    afresh(given),
    (ahead) => rehearseDecision(ahead, person, input),
    async (desk) => {
      const { before, facts } = await toDecide(desk, person, input, 'approve', waiting);
      const { terms, targets, governance } = await narrowRequest(desk, before, input.narrowing);
      // Who approves fewer scopes has chosen each of them by its name.
      if (terms.scopes === before.terms.scopes)
        refuseUnlessNamed(before.reference, await labelsOf(desk, before), input.named);
      await refuseIfGone(desk, before, targets);
      const asked = terms === before.terms ? before : withTerms(before, { terms, targets, governance }, desk.now());
      const approval = { by: person, at: desk.now(), comment: input.words };
      const after = { ...withApproval(asked, approval, desk.timeZone), version: before.version + 1 };
      const done = after.status === 'approved';
      return changeRequest(desk, {
        before,
        after,
        actor: asPerson(person),
        event: `${done ? (before.emergency === undefined ? 'approved' : 'ratified') : 'approved-in-part'}${asked === before ? '' : '-with-changes'}`,
        text: input.words,
        facts,
        jobs: done ? ['apply-request'] : [],
      });
    },
  );

/** Rejects a request. An emergency that is already written is taken out of Azure again. */
export const rejectRequest = async (desk: Desk, person: Person, input: DecisionInput): Promise<ExemptionRequest> => {
  if (input.words.trim() === '') {
    throw new GovernanceError('invalid', `A reason is required: reject ${input.reference} <reason>`);
  }
  const { before, facts } = await toDecide(desk, person, input, 'reject', waiting);
  if (before.emergency !== undefined) return revoke(desk, before, person, input.words, facts);
  const decision = { by: person, at: desk.now(), comment: input.words };
  const after = moved(before, 'rejected', desk.timeZone, { decision });
  return changeRequest(desk, { before, after, actor: asPerson(person), event: 'rejected', text: input.words, facts });
};

/** Tries again to write an approved request that Azure refused. Whoever does so counts as one more approver of it. */
export const retryRequest = async (desk: Desk, person: Person, input: DecisionInput): Promise<ExemptionRequest> => {
  const { before, facts } = await toDecide(desk, person, input, 'retry', unfinished);
  if (before.emergency !== undefined && before.emergency.ratifyBy <= desk.now())
    throw new GovernanceError('conflict', `The emergency of ${before.reference} is over. Send a new request.`);
  const after = withRetry(before, { by: person, at: desk.now(), comment: '' }, desk.timeZone);
  return changeRequest(desk, {
    before,
    after,
    actor: asPerson(person),
    event: 'retried',
    facts,
    jobs: ['apply-request'],
  });
};

/** Withdraws a request; only its requester may, and only before it is decided. */
export const withdrawRequest = async (desk: Desk, person: Person, input: DecisionInput): Promise<ExemptionRequest> => {
  const before = await requestNamed(desk, input.reference);
  await recordingRefusal(desk, person, 'withdraw', { request: before, here: input.here }, async () => {
    refuseUnlessRequester(before, person, 'withdraw');
  });
  if (awaitsApproval(before)) refuseStale(before, input.version);
  if (before.emergency !== undefined && awaitsApproval(before))
    return revoke(desk, before, person, 'Withdrawn by its requester.');
  const after = moved(before, 'withdrawn', desk.timeZone);
  refuseStale(before, input.version);
  return changeRequest(desk, { before, after, actor: asPerson(person), event: 'withdrawn' });
};
