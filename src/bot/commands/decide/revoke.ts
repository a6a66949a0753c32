import { revokeEarly } from '../../../workflow/decide/revoke-early.ts';
import { typedDecision } from './typed-decision.ts';

export const revokeCommand = typedDecision({
  name: 'revoke',
  usage: 'revoke EX-12AB <reason>',
  description: 'Take an exemption out of Azure before its end: your own, or where you may delete it in Azure',
  decide: revokeEarly,
  done: () => 'is being taken out of Azure',
});
