import { scoreCard } from '../../../cards/recommendation/score-card.ts';
import { showScore } from '../../../workflow/recommendation/show-score.ts';
import { button } from '../../button.ts';
import { omissionNote, disclose } from '../../disclose.ts';

export const showScoreButton = button('show-score', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: (desk, turn, query) =>
    disclose(turn, async (asker) => {
      const { scores, unscored, viewpoint, whyEmpty } = await showScore(desk, asker, query.subscription);
      return {
        viewpoint,
        card: scoreCard({ scores, unscored, query, whyEmpty, covers: viewpoint.label, note: omissionNote(viewpoint) }),
      };
    }),
});
