import { approvalsSoFar } from '../../../core/request/request.ts';
import { approveRequest, type DecisionInput } from '../../../workflow/decide/decide-request.ts';
import { typedDecision } from './typed-decision.ts';

/** "until 2026-12-31 fine by me" */
const untilAndComment = (rest: string): Pick<DecisionInput, 'words' | 'narrowing'> => {
  const [matched = '', lastDay] = /^until\s+(\d{4}-\d{2}-\d{2})(?=\s|$)/i.exec(rest) ?? [];
  return lastDay === undefined
    ? { words: rest }
    : { words: rest.slice(matched.length).trim(), narrowing: { lastDay, scopes: undefined } };
};

export const approveCommand = typedDecision({
  name: 'approve',
  usage: 'approve EX-12AB [until 2026-12-31] [comment]',
  description: 'Approve a request, for less time if you want',
  decide: approveRequest,
  read: untilAndComment,
  done: (request) =>
    request.status === 'approved'
      ? 'is approved. Exemption Desk is writing it to Azure'
      : `now has ${approvalsSoFar(request)}`,
});
