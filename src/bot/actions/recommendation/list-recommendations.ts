import type { Pressed } from '../../../cards/actions.ts';
import { filtersLength, longestFilters } from '../../../cards/recommendation/list-filters.ts';
import { recommendationsCard } from '../../../cards/recommendation/recommendations-card.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { listRecommendations } from '../../../workflow/recommendation/list-recommendations.ts';
import { button } from '../../button.ts';
import { omissionNote, disclose } from '../../disclose.ts';

/** Throws GovernanceError invalid for filters that would not fit into the card with all its buttons. */
const refuseTooLong = (query: Pressed<'list-recommendations'>): void => {
  if (filtersLength(query) > longestFilters)
    throw new GovernanceError('invalid', 'These filters are too long together. Leave one out, or shorten one.');
};

export const listRecommendationsButton = button('list-recommendations', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: (desk, turn, query) => {
    refuseTooLong(query);
    return disclose(turn, async (asker) => {
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
    });
  },
});
