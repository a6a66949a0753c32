import { showScoreButton } from '../../actions/recommendation/show-score.ts';
import type { Command } from '../../command.ts';
import { scopeSaid } from '../said-whole.ts';

/** "score in shop-prod" means what "score shop-prod" means; a name that begins so is written behind `sub:`. */
const withoutIn = ([first = '', ...others]: readonly string[]): string =>
  (others.length > 0 && /^(in|of|for)$/i.test(first) ? others : [first, ...others]).join(' ');

export const scoreCommand: Command = {
  name: 'score',
  usage: 'score [sub:name]',
  description: 'Show the classic secure score and the controls with the most to gain',
  filters: ['sub'],
  menus: ['personal'],
  changes: false,
  guests: 'reads',
  run: (desk, turn, { words, filters }) =>
    showScoreButton.run(desk, turn, { subscription: scopeSaid(filters.sub ?? withoutIn(words)), page: 1 }),
};
