import { beginningOf } from '../../../core/visible-text.ts';
import type { RecommendationQuery } from '../../../cards/actions.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { isSeverity, severities } from '../../../core/tenant/severity.ts';
import { listRecommendationsButton } from '../../actions/recommendation/list-recommendations.ts';
import type { Command } from '../../command.ts';
import { scopeSaid } from '../scope-said.ts';

const saysSeverity = (word: string): boolean => isSeverity(word.toLowerCase());

export const everyRecommendation: RecommendationQuery = {
  text: '',
  severity: 'all',
  subscription: '',
  type: '',
  exempt: false,
  page: 1,
};

export const recommendationsCommand: Command = {
  name: 'recommendations',
  usage: 'recommendations [text] [severity:high] [sub:name] [type:…] [exempt]',
  description: 'List the open recommendations that you can see, most severe first',
  filters: ['severity', 'sub', 'type'],
  menus: ['personal', 'channel'],
  changes: false,
  guests: 'reads',
  run: (desk, turn, { words, filters }) => {
    const wanted = filters.severity ?? words.find(saysSeverity) ?? 'all';
    const severity = severities.find((each) => each === wanted.toLowerCase()) ?? 'all';
    if (severity === 'all' && wanted !== 'all')
      throw new GovernanceError('invalid', 'The severity is critical, high, medium or low.');
    const text = words.filter((word) => !saysSeverity(word) && word.toLowerCase() !== 'exempt').join(' ');
    return listRecommendationsButton.run(desk, turn, {
      ...everyRecommendation,
      text: beginningOf(text, 200),
      severity,
      subscription: scopeSaid(filters.sub ?? ''),
      type: filters.type ?? '',
      exempt: words.some((word) => word.toLowerCase() === 'exempt'),
    });
  },
};
