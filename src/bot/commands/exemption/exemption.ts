import { GovernanceError } from '../../../core/governance-error.ts';
import { withoutQuotes } from '../../../core/typed/quotes.ts';
import { exemptionIdsOf } from '../../../workflow/inventory/find-exemptions.ts';
import { listExemptionsButton } from '../../actions/exemption/list-exemptions.ts';
import { showExemptionButton } from '../../actions/exemption/show-exemption.ts';
import type { Command } from '../../command.ts';
import { everyExemption } from './exemptions.ts';

export const exemptionCommand: Command = {
  name: 'exemption',
  usage: 'exemption <name>',
  description: 'Show one exemption: what it covers, who created it, and when it expires',
  menus: [],
  changes: false,
  guests: 'reads',
  run: async (desk, turn, { rest }) => {
    const words = withoutQuotes(rest);
    if (words === '') throw new GovernanceError('invalid', 'Name the exemption, like this: exemption <name>');
    const [id, ...others] = await exemptionIdsOf(desk, { person: turn.person, channelId: undefined }, words);
    return others.length === 0
      ? showExemptionButton.run(desk, turn, { id })
      : listExemptionsButton.run(desk, turn, { ...everyExemption, text: words });
  },
};
