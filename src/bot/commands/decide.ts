import { GovernanceError } from '../../core/governance-error.ts';
import { approvalsSoFar, normalReference, referencePattern, type ExemptionRequest } from '../../core/request.ts';
import type { Person } from '../../core/person.ts';
import { approveRequest, rejectRequest, withdrawRequest, type DecisionInput } from '../../workflow/decide-request.ts';
import type { Desk } from '../../workflow/desk.ts';
import type { Command } from '../command.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Turn } from '../turn.ts';

type Decide = (desk: Desk, person: Person, input: DecisionInput) => Promise<ExemptionRequest>;

/** The reference that the words begin with, and what follows it. */
export const referenceAndRest = (usage: string, words: string): { reference: string; rest: string } => {
  const [first = '', ...rest] = words.trim().split(/\s+/);
  const reference = normalReference(first);
  if (!referencePattern.test(reference)) throw new GovernanceError('invalid', `Say which request, like this: ${usage}`);
  return { reference, rest: rest.join(' ') };
};

/** Cards of the request change by themselves; the answer to a typed command is a sentence. */
const typed = (
  name: string,
  usage: string,
  description: string,
  decide: Decide,
  done: (request: ExemptionRequest) => string,
): Command => ({
  name,
  usage,
  description,
  menus: [],
  run: async (desk: Desk, turn: Turn, { rest: words }): Promise<Outcome> => {
    const { reference, rest } = referenceAndRest(usage, words);
    const request = await decide(desk, turn.person, { reference, version: undefined, words: rest });
    return say(`${request.reference} ${done(request)}.`);
  },
});

export const approveCommand = typed(
  'approve',
  'approve EX-12AB [comment]',
  'Approve a request, as the button does',
  approveRequest,
  (request) =>
    request.status === 'pending'
      ? `has ${approvalsSoFar(request)} now`
      : 'is approved; the exemption is being written to Azure',
);
export const rejectCommand = typed(
  'reject',
  'reject EX-12AB <reason>',
  'Reject a request and say why',
  rejectRequest,
  () => 'is rejected',
);
export const withdrawCommand = typed(
  'withdraw',
  'withdraw EX-12AB',
  'Take your own request back',
  withdrawRequest,
  () => 'is withdrawn',
);
