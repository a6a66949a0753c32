import { exemptionsCard } from '../../../cards/exemption/exemptions-card.ts';
import { listExemptions } from '../../../workflow/inventory/list-exemptions.ts';
import { button } from '../../button.ts';
import { omissionNote, disclose } from '../../disclose.ts';

export const listExemptionsButton = button('list-exemptions', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: (desk, turn, { chosen, ...pressed }) => {
    const query = { ...pressed, filter: chosen ?? pressed.filter };
    return disclose(turn, async (asker) => {
      const { filter: kind, ...wanted } = query;
      const { page, counts, viewpoint, age, whyEmpty } = await listExemptions(desk, asker, { ...wanted, kind });
      const { timeZone } = desk;
      return {
        viewpoint,
        card: exemptionsCard({
          page,
          counts,
          query,
          whyEmpty,
          covers: viewpoint.label,
          // An empty list says it already where it could not be read.
          note: [omissionNote(viewpoint), ...(whyEmpty?.kind === 'could-not-read' ? [] : [age])]
            .filter(Boolean)
            .join(' '),
          now: desk.now(),
          timeZone,
        }),
      };
    });
  },
});
