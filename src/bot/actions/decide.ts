import type { Action } from '../../cards/actions.ts';
import { requestCard } from '../../cards/request/request-card.ts';
import type { Person } from '../../core/person.ts';
import type { PostedCard } from '../../core/chat/posted-card.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import {
  approveRequest,
  rejectRequest,
  retryRequest,
  withdrawRequest,
  type DecisionInput,
} from '../../workflow/decide/decide-request.ts';
import type { Desk } from '../../workflow/desk.ts';
import { revokeEarly } from '../../workflow/decide/revoke-early.ts';
import { viewRequest } from '../../workflow/tell/view-request.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Turn } from '../turn.ts';

type Decide = (desk: Desk, person: Person, input: DecisionInput) => Promise<ExemptionRequest>;

/** The clicked card changes at once; the other copies follow by the job. */
const decided = async (
  desk: Desk,
  turn: Turn,
  decide: Decide,
  input: DecisionInput,
  audience: PostedCard['audience'],
): Promise<Outcome> => {
  const request = await decide(desk, turn.person, input);
  const standing = { reference: request.reference, audience };
  return { kind: 'replace', card: requestCard(await viewRequest(desk, request), audience), standing };
};

export const approveAction = (
  desk: Desk,
  turn: Turn,
  { reference, version, comment }: Extract<Action, { verb: 'approve-request' }>,
) => decided(desk, turn, approveRequest, { reference, version, words: comment }, 'approvers');

export const approveLessAction = (
  desk: Desk,
  turn: Turn,
  { reference, version, lastDay, scopes, note }: Extract<Action, { verb: 'approve-less' }>,
) =>
  decided(desk, turn, approveRequest, { reference, version, words: note, narrowing: { lastDay, scopes } }, 'approvers');

export const rejectAction = (
  desk: Desk,
  turn: Turn,
  { reference, version, reason }: Extract<Action, { verb: 'reject-request' }>,
) => decided(desk, turn, rejectRequest, { reference, version, words: reason }, 'approvers');

export const retryAction = (
  desk: Desk,
  turn: Turn,
  { reference, version }: Extract<Action, { verb: 'retry-request' }>,
) => decided(desk, turn, retryRequest, { reference, version, words: '' }, 'approvers');

/** The request's cards change by the job: the clicked one may be of an exemption, or an alert. */
export const revokeAction = async (
  desk: Desk,
  turn: Turn,
  { reference, why }: Extract<Action, { verb: 'revoke-request' }>,
): Promise<Outcome> => {
  const request = await revokeEarly(desk, turn.person, { reference, words: why });
  return say(`${request.reference} is being taken out of Azure.`);
};

export const withdrawAction = (
  desk: Desk,
  turn: Turn,
  { reference, version }: Extract<Action, { verb: 'withdraw-request' }>,
) => decided(desk, turn, withdrawRequest, { reference, version, words: '' }, 'requester');
