import { beginningOf } from '../../../core/visible-text.ts';
import { showScoreButton } from '../../actions/recommendation/show-score.ts';
import type { Command } from '../../command.ts';

export const scoreCommand: Command = {
  name: 'score',
  usage: 'score [sub:name]',
  description: 'Show the classic secure score and the controls with the most to gain',
  filters: ['sub'],
  menus: ['personal'],
  changes: false,
  run: (desk, turn, { words, filters }) =>
    showScoreButton.run(desk, turn, { subscription: beginningOf(filters.sub ?? words.join(' '), 200), page: 1 }),
};
