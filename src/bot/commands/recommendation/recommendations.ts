import { beginningOf } from '../../../core/visible-text.ts';
import { longestName, longestSearch, type Pressed } from '../../../cards/actions.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { isSeverity, severities } from '../../../core/tenant/severity.ts';
import { listRecommendationsButton } from '../../actions/recommendation/list-recommendations.ts';
import { tagWanted } from '../../../core/tenant/tag-filter.ts';
import type { Command } from '../../command.ts';
import { scopeSaid } from '../scope-said.ts';

/** Words that are no part of a title. */
const isWord = (word: string, wanted: string): boolean => word.toLowerCase() === wanted;

const saysSeverity = (word: string): boolean => isSeverity(word.toLowerCase());

/** The tag as typed. Throws GovernanceError invalid if it has no name, or if buttons could not carry it whole. */
const tagSaid = (words = ''): string => {
  if (words !== '' && tagWanted(words) === undefined)
    throw new GovernanceError('invalid', 'Name the tag and its value, like this: tag:env=prod');
  if (words.length > longestSearch)
    throw new GovernanceError('invalid', `What follows tag: may have ${longestSearch} characters.`);
  return words;
};

export const everyRecommendation: Pressed<'list-recommendations'> = {
  text: '',
  severity: 'all',
  subscription: '',
  type: '',
  group: '',
  tag: '',
  control: '',
  exemptable: false,
  exempt: false,
  page: 1,
};

export const recommendationsCommand: Command = {
  name: 'recommendations',
  usage:
    'recommendations [text] [severity:high] [sub:name] [rg:name] [type:vm] [tag:env=prod] [control:name] [exemptable|exempt]',
  description: 'List the open recommendations that you can see, most severe first',
  filters: ['severity', 'sub', 'rg', 'type', 'tag', 'control'],
  menus: ['personal', 'channel'],
  changes: false,
  guests: 'reads',
  run: (desk, turn, { words, filters }) => {
    const wanted = filters.severity ?? words.find(saysSeverity) ?? 'all';
    const severity = severities.find((each) => each === wanted.toLowerCase()) ?? 'all';
    if (severity === 'all' && wanted !== 'all')
      throw new GovernanceError('invalid', 'The severity is critical, high, medium or low.');
    const text = words
      .filter((word) => !saysSeverity(word) && !isWord(word, 'exempt') && !isWord(word, 'exemptable'))
      .join(' ');
    return listRecommendationsButton.run(desk, turn, {
      ...everyRecommendation,
      text: beginningOf(text, longestSearch),
      severity,
      subscription: scopeSaid(filters.sub ?? ''),
      type: beginningOf(filters.type ?? '', longestName),
      group: beginningOf(filters.rg ?? '', longestName),
      tag: tagSaid(filters.tag),
      control: beginningOf(filters.control ?? '', longestName),
      exemptable: words.some((word) => isWord(word, 'exemptable')),
      exempt: words.some((word) => isWord(word, 'exempt')),
    });
  },
};
