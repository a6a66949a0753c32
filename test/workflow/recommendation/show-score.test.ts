import { scoreCard } from '../../../src/cards/recommendation/score-card.ts';
import { showScore } from '../../../src/workflow/recommendation/show-score.ts';
import { bob, shopProd } from '../../core/contoso.ts';
import { makeDesk } from '../../fakes/make-desk.ts';

it('subscriptions in which Defender assesses nothing are named and never 0 %', async () => {
  const world = await makeDesk();
  const scored = { subscription: shopProd, current: 5, max: 10, weight: 4, controls: [] };
  const seen = await showScore(world.desk, { person: bob, channelId: undefined }, '');
  const [empty] = seen.viewpoint.where.subscriptions.filter((each) => each !== shopProd);
  world.tenant.scores = [scored, { ...scored, subscription: empty ?? '', current: 0, max: 0, weight: 0 }];
  const board = await showScore(world.desk, { person: bob, channelId: undefined }, '');
  expect(board.scores.map(({ subscription }) => subscription)).toEqual([shopProd]);
  expect(board.unscored).toHaveLength(board.viewpoint.where.subscriptions.length - 1);

  const query = { subscription: '', page: 1 };
  const card = JSON.stringify(scoreCard({ ...board, query, covers: 'Contoso', note: '' }).content);
  expect(card).toContain('Foundational CSPM may be off');
  expect(card).not.toMatch(/"0\s?%/);
});
