import { recommendationCard } from '../../../cards/recommendation/recommendation-card.ts';
import { showRecommendation } from '../../../workflow/recommendation/show-recommendation.ts';
import { button } from '../../button.ts';
import { disclose } from '../../disclose.ts';

/** The first page is a new message, so that the list from which it was opened stays. */
export const showRecommendationButton = button('show-recommendation', {
  changes: false,
  does: 'opens',
  run: (desk, turn, { assessmentKey, page }) =>
    disclose(
      turn,
      async (asker) => {
        const details = await showRecommendation(desk, asker, assessmentKey);
        const { viewpoint } = details;
        return {
          viewpoint,
          card: recommendationCard({ ...details, covers: viewpoint.label, page, timeZone: desk.timeZone }),
        };
      },
      page === 1 ? 'card' : 'replace',
    ),
});
