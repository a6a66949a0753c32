import { countingReferences } from '../../src/bot/count-references.ts';
import { answerTurn } from '../../src/bot/answer-turn.ts';
import type { Outcome } from '../../src/bot/outcome.ts';
import { isRefusal } from '../../src/core/governance-error.ts';
import type { Person } from '../../src/core/person.ts';
import { alice, bob, dan } from '../core/contoso.ts';
import { makeDesk, type TestDesk } from '../fakes/make-desk.ts';
import { ask, chatOf } from '../fakes/story.ts';

const say = async ({ desk }: TestDesk, person: Person, text: string, submitted?: object): Promise<string> => {
  const turn = {
    person,
    conversation: chatOf(person),
    inChannel: false,
    asker: { person, channelId: undefined },
    text,
    submitted,
    clickedCardId: undefined,
  };
  try {
    const outcome: Outcome = await countingReferences(desk, turn, () => answerTurn(desk, turn));
    return JSON.stringify(outcome);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return error.message;
  }
};

describe('trying references', () => {
  it('ends after twenty wrong ones, also with right ones and with buttons, and goes on a minute later', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    for (let guess = 0; guess < 20; guess += 1)
      expect(await say(world, dan, `request EX-9${String(guess).padStart(3, '0')}`)).toContain('There is no request');
    const blocked = 'You named 20 references or more that do not exist or that you may not see. You can go on at';
    expect(await say(world, dan, `request ${reference}`)).toContain(`${blocked} 21 Nov 2026, 12:01 (UTC)`);
    expect(await say(world, dan, '', { verb: 'show-request', reference })).toContain(blocked);
    expect(await say(world, dan, 'ex‑9999')).toContain(blocked);
    // Everything else goes on, and so does everybody else.
    expect(await say(world, dan, 'help')).not.toContain(blocked);
    expect(await say(world, alice, `request ${reference}`)).toContain(reference);
    world.clock.forward({ minutes: 1 });
    expect(await say(world, dan, 'request EX-9999')).toContain('There is no request');
    expect(await say(world, dan, 'request EX-9999')).toContain(blocked);
  });

  it('counts a request that one may not see like one that does not exist, and no right one', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    for (let look = 0; look < 50; look += 1) await say(world, bob, `request ${reference}`);
    expect(await say(world, bob, `request ${reference}`)).toContain('Disks should be encrypted');
    for (let look = 0; look < 20; look += 1) await say(world, dan, `request ${reference}`);
    expect(await say(world, dan, 'request EX-9999')).toContain('You can go on at');
  });
});
