import { longestId, longestSearch } from '../../../cards/actions.ts';
import { saidWhole } from '../said-whole.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { isIdOfOne } from '../../../core/tenant/resource-filter.ts';
import { withoutQuotes } from '../../../core/typed/quotes.ts';
import { recommendationsNamed } from '../../../workflow/recommendation/find-recommendations.ts';
import { listRecommendationsButton } from '../../actions/recommendation/list-recommendations.ts';
import { showRecommendationButton } from '../../actions/recommendation/show-recommendation.ts';
import type { Command } from '../../command.ts';
import { everyRecommendation } from './recommendations.ts';

export const recommendationCommand: Command = {
  name: 'recommendation',
  usage: 'recommendation <title or key> [resource:name]',
  description: 'Show one recommendation: what it means, which resources it affects, and how to request an exemption',
  menus: ['personal'],
  changes: false,
  guests: 'reads',
  run: async (desk, turn, { rest, words: bare, filters: { resource } }) => {
    const words = resource === undefined ? withoutQuotes(rest) : bare.join(' ');
    const found = saidWhole(
      'What follows resource:',
      resource ?? '',
      isIdOfOne(resource ?? '') ? longestId : longestSearch,
    );
    if (words === '')
      throw new GovernanceError('invalid', 'Name the recommendation, like this: recommendation <title>');
    const { meant } = await recommendationsNamed(desk, { person: turn.person, channelId: undefined }, words);
    const [{ key: assessmentKey }, ...others] = meant;
    return others.length === 0
      ? showRecommendationButton.run(desk, turn, {
          ...{ assessmentKey, page: 1, selected: [], find: '', searching: 'as-before' },
          found,
        })
      : listRecommendationsButton.run(desk, turn, { ...everyRecommendation, text: words });
  },
};
