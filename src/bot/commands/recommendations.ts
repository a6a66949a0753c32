import { GovernanceError } from '../../core/governance-error.ts';
import { recommendationKeysOf } from '../../workflow/recommendation/show-recommendation.ts';
import { listRecommendationsAction, showRecommendationAction } from '../actions/recommendations.ts';
import type { Command } from '../command.ts';

const severities = ['high', 'medium', 'low'] as const;
const isSeverity = (word: string): word is (typeof severities)[number] =>
  severities.some((each) => each === word.toLowerCase());

const everyRecommendation = {
  verb: 'list-recommendations',
  text: '',
  severity: 'all',
  subscription: '',
  type: '',
  exempt: false,
  page: 1,
} as const;

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
      ...everyRecommendation,
      text: text.slice(0, 200),
      severity,
      subscription: filters.sub ?? '',
      type: filters.type ?? '',
      exempt: words.some((word) => word.toLowerCase() === 'exempt'),
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
    const [key, ...others] = await recommendationKeysOf(desk, { person: turn.person, channelId: undefined }, rest);
    return others.length === 0
      ? showRecommendationAction(desk, turn, { verb: 'show-recommendation', key, page: 1 })
      : listRecommendationsAction(desk, turn, { ...everyRecommendation, text: rest });
  },
};
