import { showScoreButton } from '../../actions/recommendation/show-score.ts';
import type { Command } from '../../command.ts';
import { scopeSaid } from '../scope-said.ts';

export const scoreCommand: Command = {
  name: 'score',
  usage: 'score [sub:name]',
  description: 'Show the classic secure score and the controls with the most to gain',
  filters: ['sub'],
  menus: ['personal'],
  changes: false,
  guests: 'reads',
  run: (desk, turn, { words, filters }) =>
    showScoreButton.run(desk, turn, { subscription: scopeSaid(filters.sub ?? words.join(' ')), page: 1 }),
};
