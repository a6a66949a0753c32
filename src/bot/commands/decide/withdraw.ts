import { withdrawRequest } from '../../../workflow/decide/decide-request.ts';
import { typedDecision } from './typed-decision.ts';

export const withdrawCommand = typedDecision({
  name: 'withdraw',
  usage: 'withdraw EX-12AB',
  description: 'Take your own request back',
  decide: withdrawRequest,
  done: ({ status }) => (status === 'withdrawn' ? 'is withdrawn' : 'is being taken out of Azure'),
});
