import { formatDay } from '../../../core/calendar.ts';
import { approvalWords } from '../../../core/request/decision-words.ts';
import { approvalsSoFar, type ExemptionRequest } from '../../../core/request/request.ts';
import { approveRequest } from '../../../workflow/decide/decide-request.ts';
import { typedDecision } from './typed-decision.ts';

/** How the date was read: "until 31 Dec 2026". */
const howLong = ({ terms: { expiresAt } }: ExemptionRequest, timeZone: string): string =>
  expiresAt === undefined ? 'without an expiry date' : `until ${formatDay(expiresAt, timeZone)}`;

export const approveCommand = typedDecision({
  name: 'approve',
  usage: 'approve EX-12AB [EX-34CD …] [until 31 Dec|for 2 weeks] [comment]',
  description: 'Approve a request, for less time if you want',
  guests: 'nothing',
  several: 'approve',
  decide: approveRequest,
  read: approvalWords,
  done: (request, timeZone) =>
    request.status === 'approved'
      ? `is approved ${howLong(request, timeZone)}. Exemption Desk is writing it to Azure`
      : `now has ${approvalsSoFar(request)}, to exempt ${howLong(request, timeZone)}`,
});
