import { GovernanceError } from '../../core/governance-error.ts';
import { recommendationKeyOf } from '../../workflow/show-recommendation.ts';
import { listRecommendationsAction, showRecommendationAction } from '../actions/recommendations.ts';
import type { Command } from '../command.ts';

const severities = ['high', 'medium', 'low'] as const;
const isSeverity = (word: string): word is (typeof severities)[number] =>
  severities.some((each) => each === word.toLowerCase());

export const recommendationsCommand: Command = {
  name: 'recommendations',
  usage: 'recommendations [text] [severity:high] [sub:name] [type:…] [exempt]',
  description: 'Open recommendations that you can see, worst first',
  menus: ['personal', 'channel'],
  run: (desk, turn, { words, filters }) => {
    const wanted = filters.severity ?? words.find(isSeverity) ?? 'all';
    const severity = severities.find((each) => each === wanted.toLowerCase()) ?? 'all';
    if (severity === 'all' && wanted !== 'all')
      throw new GovernanceError('invalid', 'The severity is high, medium or low.');
    const text = words.filter((word) => !isSeverity(word) && word.toLowerCase() !== 'exempt').join(' ');
    return listRecommendationsAction(desk, turn, {
      verb: 'list-recommendations',
      text: text.slice(0, 200),
      severity,
      subscription: filters.sub ?? '',
      type: filters.type ?? '',
      exempt: words.some((word) => word.toLowerCase() === 'exempt'),
      page: 1,
    });
  },
};

export const recommendationCommand: Command = {
  name: 'recommendation',
  usage: 'recommendation <title or key>',
  description: 'One recommendation: what it means, which resources, and how to request an exemption',
  menus: ['personal'],
  run: async (desk, turn, { rest }) => {
    if (rest === '') throw new GovernanceError('invalid', 'Say which one, by its title: recommendation <title>');
    const alone = { person: turn.person, channelId: undefined };
    return showRecommendationAction(desk, turn, {
      verb: 'show-recommendation',
      key: await recommendationKeyOf(desk, alone, rest),
      page: 1,
    });
  },
};
