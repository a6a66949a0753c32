import { longestName, longestSearch, type Pressed } from '../../../cards/actions.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { isSeverity, severities } from '../../../core/tenant/severity.ts';
import { listRecommendationsButton } from '../../actions/recommendation/list-recommendations.ts';
import { tagWanted } from '../../../core/tenant/tag-filter.ts';
import { ownerIsMe } from '../../../workflow/recommendation/find-owner.ts';
import type { Command } from '../../command.ts';
import { saidWhole, scopeSaid } from '../said-whole.ts';

/** Words that are no part of a title. */
const isWord = (word: string, wanted: string): boolean => word.toLowerCase() === wanted;

const saysSeverity = (word: string): boolean => isSeverity(word.toLowerCase());

/** The tag as typed. Throws GovernanceError invalid if it has no name, or if buttons could not carry it whole. */
const tagSaid = (words = ''): string => {
  if (words !== '' && tagWanted(words) === undefined)
    throw new GovernanceError('invalid', 'Name the tag and its value, like this: tag:env=prod');
  return saidWhole('What follows tag:', words, longestSearch);
};

/** Whose resources are meant. Throws GovernanceError invalid if two people are, or if buttons could not carry the name whole. */
const ownerSaid = (said = '', words: readonly string[]): string => {
  const isMine = words.some((word) => isWord(word, 'mine'));
  if (isMine && said !== '' && said.toLowerCase() !== ownerIsMe)
    throw new GovernanceError('invalid', 'Write mine for your own, or owner: for those of somebody else, not both.');
  return isMine ? ownerIsMe : saidWhole('What follows owner:', said.trim(), longestSearch);
};

export const everyRecommendation: Pressed<'list-recommendations'> = {
  text: '',
  severity: 'all',
  subscription: '',
  type: '',
  group: '',
  tag: '',
  owner: '',
  control: '',
  exemptable: false,
  exempt: false,
  page: 1,
};

export const recommendationsCommand: Command = {
  name: 'recommendations',
  usage:
    'recommendations [text] [severity:high] [sub:name] [rg:name] [type:vm] [tag:env=prod] [mine|owner:name] [control:name] [exemptable|exempt]',
  description: 'List the open recommendations that you can see, most severe first',
  filters: ['severity', 'sub', 'rg', 'type', 'tag', 'owner', 'control'],
  menus: ['personal', 'channel'],
  changes: false,
  guests: 'reads',
  run: (desk, turn, { words, filters }) => {
    const wanted = filters.severity ?? words.find(saysSeverity) ?? 'all';
    const severity = severities.find((each) => each === wanted.toLowerCase()) ?? 'all';
    if (severity === 'all' && wanted !== 'all')
      throw new GovernanceError('invalid', 'The severity is critical, high, medium or low.');
    const text = words
      .filter(
        (word) =>
          !saysSeverity(word) && !isWord(word, 'exempt') && !isWord(word, 'exemptable') && !isWord(word, 'mine'),
      )
      .join(' ');
    return listRecommendationsButton.run(desk, turn, {
      ...everyRecommendation,
      text: saidWhole('The title', text, longestSearch),
      severity,
      subscription: scopeSaid(filters.sub ?? ''),
      type: saidWhole('What follows type:', filters.type ?? '', longestName),
      group: saidWhole('What follows rg:', filters.rg ?? '', longestName),
      tag: tagSaid(filters.tag),
      owner: ownerSaid(filters.owner, words),
      control: saidWhole('What follows control:', filters.control ?? '', longestName),
      exemptable: words.some((word) => isWord(word, 'exemptable')),
      exempt: words.some((word) => isWord(word, 'exempt')),
    });
  },
};
