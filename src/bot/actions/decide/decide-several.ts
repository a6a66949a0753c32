import { severalDecidedCard } from '../../../cards/request/several-decided-card.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { decideSeveral } from '../../../workflow/decide/decide-several.ts';
import { button } from '../../button.ts';

export const decideSeveralButton = button('decide-several', {
  changes: true,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn, { decision, picked, said }) => {
    if (turn.inChannel)
      throw new GovernanceError('invalid', 'Several requests can be decided at once only in your personal chat.');
    const here = turn.conversation.id;
    const outcomes = await decideSeveral(desk, turn.person, { decision, picked, words: said, here });
    return { kind: 'replace', card: severalDecidedCard(decision, outcomes) };
  },
});
