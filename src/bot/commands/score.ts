import { showScoreAction } from '../actions/score.ts';
import type { Command } from '../command.ts';

export const scoreCommand: Command = {
  name: 'score',
  usage: 'score [sub:name]',
  description: 'The classic secure score, and the controls with most to gain',
  menus: ['personal'],
  run: (desk, turn, { words, filters }) =>
    showScoreAction(desk, turn, {
      verb: 'show-score',
      subscription: (filters.sub ?? words.join(' ')).slice(0, 200),
      page: 1,
    }),
};
