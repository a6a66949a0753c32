import { wordsOf } from '../../../core/request/status-words.ts';
import { revokeEarly } from '../../../workflow/decide/revoke-early.ts';
import { typedDecision } from './typed-decision.ts';

export const revokeCommand = typedDecision({
  name: 'revoke',
  usage: 'revoke EX-12AB <reason>',
  description: 'Remove an exemption from Azure before it expires: your own, or one that you can delete in Azure',
  guests: 'nothing',
  decide: revokeEarly,
  done: (request) => `is ${wordsOf(request).state}`,
});
