import { answerTurn } from '../../src/bot/answer-turn.ts';
import { bob, dan, shopProd } from '../core/contoso.ts';
import { makeDesk } from '../fakes/make-desk.ts';
import { channel, chatOf } from '../fakes/story.ts';
import { answerTo } from './say-to-desk.ts';

describe('the pointer from a channel to the personal chat', () => {
  it.each([
    ['is about the channel for somebody who could read more', bob, 'What you asked for is not subscribed here'],
    ['gives no reason to somebody without any role', dan, 'The answer is in your personal chat'],
  ])('%s', async (_what, person, pointer) => {
    const { desk, meet } = await makeDesk();
    const conversation = channel('shop');
    await meet(conversation);
    const outcome = await answerTurn(desk, {
      person,
      conversation,
      inChannel: true,
      asker: { person, channelId: conversation.id },
      text: `exemptions ${shopProd}`,
      submitted: undefined,
      clickedCardId: undefined,
    });
    expect(outcome).toMatchObject({ kind: 'private' });
    expect(outcome.kind === 'private' ? outcome.pointer : '').toContain(pointer);
  });
});

describe('subscriptions that could not be read', () => {
  it.each(['recommendations', 'exemptions', 'requests', 'score', 'report'])('are said by %s', async (text) => {
    const world = await makeDesk();
    await world.meet(chatOf(bob));
    const desk: typeof world.desk = {
      ...world.desk,
      forReading: async (person) => ({
        ...(await world.desk.forReading(person)),
        unread: { subscriptions: [shopProd], of: 300, isStillReading: false },
      }),
    };
    const answer = await answerTo({ ...world, desk }, bob, text);
    expect(answer).toContain('1 of 300 subscriptions could not be read and is missing here.');
  });
});
