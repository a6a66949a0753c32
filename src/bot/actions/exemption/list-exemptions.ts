import { exemptionsCard } from '../../../cards/exemption/exemptions-card.ts';
import { listExemptions } from '../../../workflow/inventory/list-exemptions.ts';
import { button } from '../../button.ts';
import { omissionNote, disclose } from '../../disclose.ts';

const defenderMissing =
  'Exemptions created in Defender for Cloud itself could not be read and are missing here. Please try again later.';

export const listExemptionsButton = button('list-exemptions', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: (desk, turn, query) =>
    disclose(turn, async (asker) => {
      const state = query.filter === 'all' ? undefined : query.filter;
      const { rows, viewpoint, withoutDefender, whyEmpty } = await listExemptions(desk, asker, { ...query, state });
      const { timeZone } = desk;
      return {
        viewpoint,
        card: exemptionsCard({
          rows,
          query,
          whyEmpty,
          covers: viewpoint.label,
          note: [
            omissionNote(viewpoint),
            ...(withoutDefender && whyEmpty?.kind !== 'could-not-read' ? [defenderMissing] : []),
          ]
            .filter(Boolean)
            .join(' '),
          now: desk.now(),
          timeZone,
        }),
      };
    }),
});
