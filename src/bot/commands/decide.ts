import { GovernanceError } from '../../core/governance-error.ts';
import {
  approvalsSoFar,
  normalReference,
  referencePattern,
  type ExemptionRequest,
} from '../../core/request/request.ts';
import type { Person } from '../../core/person.ts';
import {
  approveRequest,
  rejectRequest,
  withdrawRequest,
  type DecisionInput,
} from '../../workflow/decide/decide-request.ts';
import { revokeEarly } from '../../workflow/decide/revoke-early.ts';
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
  read: (rest: string) => Pick<DecisionInput, 'words' | 'narrowing'> = (words) => ({ words }),
): Command => ({
  name,
  usage,
  description,
  menus: [],
  changes: true,
  run: async (desk: Desk, turn: Turn, { rest: words }): Promise<Outcome> => {
    const { reference, rest } = referenceAndRest(usage, words);
    const request = await decide(desk, turn.person, { reference, version: undefined, ...read(rest) });
    return say(`${request.reference} ${done(request)}.`);
  },
});

/** "until 2026-12-31 fine by me" */
const untilAndComment = (rest: string): Pick<DecisionInput, 'words' | 'narrowing'> => {
  const [matched = '', lastDay] = /^until\s+(\d{4}-\d{2}-\d{2})(?=\s|$)/i.exec(rest) ?? [];
  return lastDay === undefined
    ? { words: rest }
    : { words: rest.slice(matched.length).trim(), narrowing: { lastDay, scopes: undefined } };
};

export const approveCommand = typed(
  'approve',
  'approve EX-12AB [until 2026-12-31] [comment]',
  'Approve a request, as the button does; for less time, if you like',
  approveRequest,
  (request) =>
    request.status === 'approved'
      ? 'is approved; the exemption is being written to Azure'
      : `has ${approvalsSoFar(request)} now`,
  untilAndComment,
);
export const rejectCommand = typed(
  'reject',
  'reject EX-12AB <reason>',
  'Reject a request and say why',
  rejectRequest,
  (request) => (request.status === 'rejected' ? 'is rejected' : 'is rejected and is being taken out of Azure'),
);
export const withdrawCommand = typed(
  'withdraw',
  'withdraw EX-12AB',
  'Take your own request back',
  withdrawRequest,
  (request) => (request.status === 'withdrawn' ? 'is withdrawn' : 'is being taken out of Azure'),
);
export const revokeCommand = typed(
  'revoke',
  'revoke EX-12AB <reason>',
  'Take an exemption out of Azure before its end: your own, or where you may delete it in Azure',
  revokeEarly,
  () => 'is being taken out of Azure',
);
