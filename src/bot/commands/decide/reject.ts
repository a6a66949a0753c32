import { wordsOf } from '../../../core/request/status-words.ts';
import { rejectRequest } from '../../../workflow/decide/decide-request.ts';
import { typedDecision } from './typed-decision.ts';

export const rejectCommand = typedDecision({
  name: 'reject',
  usage: 'reject EX-12AB [EX-34CD …] <reason>',
  description: 'Reject a request, with a reason',
  guests: 'nothing',
  several: 'reject',
  decide: rejectRequest,
  done: (request) => (request.status === 'rejected' ? 'is rejected' : `is rejected and ${wordsOf(request).state}`),
});
