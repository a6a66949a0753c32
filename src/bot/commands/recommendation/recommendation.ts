import { GovernanceError } from '../../../core/governance-error.ts';
import { withoutQuotes } from '../../../core/typed/quotes.ts';
import { recommendationsNamed } from '../../../workflow/recommendation/show-recommendation.ts';
import { listRecommendationsButton } from '../../actions/recommendation/list-recommendations.ts';
import { showRecommendationButton } from '../../actions/recommendation/show-recommendation.ts';
import type { Command } from '../../command.ts';
import { everyRecommendation } from './recommendations.ts';

export const recommendationCommand: Command = {
  name: 'recommendation',
  usage: 'recommendation <title or key>',
  description: 'Show one recommendation: what it means, which resources it affects, and how to request an exemption',
  menus: ['personal'],
  changes: false,
  guests: 'reads',
  run: async (desk, turn, { rest }) => {
    const words = withoutQuotes(rest);
    if (words === '')
      throw new GovernanceError('invalid', 'Name the recommendation, like this: recommendation <title>');
    const [{ key: assessmentKey }, ...others] = await recommendationsNamed(
      desk,
      { person: turn.person, channelId: undefined },
      words,
    );
    return others.length === 0
      ? showRecommendationButton.run(desk, turn, { assessmentKey, page: 1, selected: [] })
      : listRecommendationsButton.run(desk, turn, { ...everyRecommendation, text: words });
  },
};
