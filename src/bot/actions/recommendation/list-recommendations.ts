import { recommendationsCard } from '../../../cards/recommendation/recommendations-card.ts';
import { listRecommendations } from '../../../workflow/recommendation/list-recommendations.ts';
import { button } from '../../button.ts';
import { omissionNote, disclose } from '../../disclose.ts';

export const listRecommendationsButton = button('list-recommendations', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: (desk, turn, query) =>
    disclose(turn, async (asker) => {
      const severity = query.severity === 'all' ? undefined : query.severity;
      const { viewpoint, ...list } = await listRecommendations(desk, asker, {
        ...query,
        severity,
      });
      return {
        viewpoint,
        card: recommendationsCard({
          ...list,
          query,
          covers: viewpoint.label,
          note: omissionNote(viewpoint),
        }),
      };
    }),
});
