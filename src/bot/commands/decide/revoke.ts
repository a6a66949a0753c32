import { GovernanceError } from '../../../core/governance-error.ts';
import { reasonWords } from '../../../core/request/decision-words.ts';
import { wordsOf } from '../../../core/request/status-words.ts';
import { referenceAtStart } from '../../../core/request/typed-reference.ts';
import { revocationWords } from '../../../core/typed/revocation-words.ts';
import { exemptionIdsOf } from '../../../workflow/inventory/find-exemptions.ts';
import { revokeEarly } from '../../../workflow/decide/revoke-early.ts';
import { listExemptionsButton } from '../../actions/exemption/list-exemptions.ts';
import { openedRevocation } from '../../actions/exemption/open-revocation.ts';
import type { Command } from '../../command.ts';
import { everyExemption } from '../exemption/exemptions.ts';
import { typedDecision } from './typed-decision.ts';

/** The button of the form carries the words, and is refused with more. */
const longestReason = 1000;

const ofRequest = typedDecision({
  name: 'revoke',
  usage: 'revoke <EX-12AB or name of an exemption> because <reason>',
  description: 'Remove an exemption from Azure before it expires: your own, or one that you can delete in Azure',
  guests: 'nothing',
  decide: revokeEarly,
  read: (rest, context) => reasonWords(rest.replace(/^because\s+/i, ''), context),
  done: (request) => `is ${wordsOf(request).state}`,
});

/** By a reference at once; by the name of what was made outside after the form has named everything that goes. */
export const revokeCommand: Command = {
  ...ofRequest,
  run: async (desk, turn, input) => {
    const { what, reason } = revocationWords(input.rest);
    if (what === '' || referenceAtStart(input.rest) !== undefined) return ofRequest.run(desk, turn, input);
    if (reason.length > longestReason)
      throw new GovernanceError(
        'invalid',
        `Nothing was revoked. At most ${longestReason.toLocaleString('en')} characters fit into a reason.`,
      );
    const [id, ...others] = await exemptionIdsOf(desk, { person: turn.person, channelId: undefined }, what);
    return others.length === 0
      ? openedRevocation(desk, turn, id, { reason })
      : listExemptionsButton.run(desk, turn, { ...everyExemption, text: what });
  },
};
