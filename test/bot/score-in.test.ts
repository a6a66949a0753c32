import { bob } from '../core/contoso.ts';
import { makeDesk } from '../fakes/make-desk.ts';
import { chatOf } from '../fakes/story.ts';
import { answerTo } from './say-to-desk.ts';

describe('the score of a place', () => {
  it.each(['score shop-prod', 'score in shop-prod', 'score of shop-prod', 'score sub:shop-prod'])(
    'is found by “%s”',
    async (text) => {
      const world = await makeDesk();
      await world.meet(chatOf(bob));
      expect(await answerTo(world, bob, text)).not.toContain('is called');
    },
  );

  it('names what was not found as it was meant', async () => {
    const world = await makeDesk();
    await world.meet(chatOf(bob));
    expect(await answerTo(world, bob, 'score in nowhere')).toContain('is called “nowhere”');
    expect(await answerTo(world, bob, 'score in')).toContain('is called “in”');
  });
});
