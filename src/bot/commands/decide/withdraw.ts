import { wordsOf } from '../../../core/request/status-words.ts';
import { withdrawRequest } from '../../../workflow/decide/decide-request.ts';
import { typedDecision } from './typed-decision.ts';

export const withdrawCommand = typedDecision({
  name: 'withdraw',
  usage: 'withdraw EX-12AB',
  description: 'Withdraw your own request',
  guests: 'asks',
  decide: withdrawRequest,
  done: (request) => `is ${wordsOf(request).state}`,
});
