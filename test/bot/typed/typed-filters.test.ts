import { alice, bob, shopProd } from '../../core/contoso.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { ask, askAndWrite, channel } from '../../fakes/story.ts';
import { answerTurn } from '../../../src/bot/answer-turn.ts';
import { answerTo, outcomeOf } from '../say-to-desk.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';

describe('a filter that the command does not know', () => {
  it.each([
    ['recommendations sevrity:high', 'There is no filter “sevrity:high”. Did you mean severity:high?'],
    ['recommendations disk subs:"shop prod"', 'Did you mean sub:shop prod?'],
    ['recommendations severity: high', 'Did you mean severity:…?'],
    ['recommendations severity=high', 'Did you mean severity:high?'],
    [
      'recommendations region:west',
      'There is no filter “region:”. Filters here are severity:, sub:, rg:, type:, tag:, owner: and control:.',
    ],
    ['recommendations severity:high severity:low', 'severity: stands there twice'],
    [`recommendations ${'disk '.repeat(30)}`, 'The title may have 120 characters.'],
    [`recommendations rg:${'x'.repeat(91)}`, 'What follows rg: may have 90 characters.'],
    [`recommendations "${'disk '.repeat(23)}" sub:${'ö'.repeat(110)}`, 'These filters are too long together.'],
    ['recommendations mine owner:bob', 'Write mine for your own, or owner: for those of somebody else, not both.'],
    [`recommendation disks resource:${'x'.repeat(121)}`, 'What follows resource: may have 120 characters.'],
    [`exemptions ${'disk '.repeat(30)}`, 'What to look for may have 120 characters.'],
    ['recommendations severity:urgent', 'The severity is critical, high, medium or low.'],
    ['exemptions severity:high', 'severity: does not work here. Filters here are sub: and assignment:.'],
    ['exemptions sbu:shop', 'Did you mean sub:shop?'],
    ['score type:vm', 'type: does not work here'],
    ['report sub:shop-prod', 'This command takes no filters.'],
    ['exemptions expiring 01/02/2027', '1 Feb 2027 or 2 Jan 2027'],
    ['exemptions expiring 3 sprints', 'no date that Exemption Desk can read'],
  ])('is a question: %s', async (line, question) => {
    expect(await answerTo(await makeDesk(), bob, line)).toContain(question);
  });

  it.each([
    'recommendations "sevrity:high"',
    'recommendations disk severity:high sub:"shop-prod" type:x',
    'exemptions a=b',
  ])('is none: %s', async (line) => {
    expect((await outcomeOf(await makeDesk(), bob, line)).kind).not.toBe('say');
  });

  it('subscribes a channel to nothing', async () => {
    const { desk } = await makeDesk();
    const conversation = channel('shop');
    const turn = {
      person: bob,
      conversation,
      inChannel: true,
      asker: { person: bob, channelId: conversation.id },
      text: `subscribe ${shopProd} sevrity:high`,
      submitted: undefined,
      clickedCardId: undefined,
    };
    await expect(answerTurn(desk, turn)).rejects.toThrow('Did you mean severity:high?');
    expect(await everySubscription(desk.database.subscriptions)).toEqual([]);
  });
});

describe('a typed date', () => {
  it.each([
    ['exemptions expiring 2 weeks', '"withinDays":14'],
    ['exemptions expiring in 10d', '"withinDays":10'],
    ['exemptions expiring', '"withinDays":30'],
  ])('narrows the list: %s', async (line, query) => {
    const world = await makeDesk();
    await askAndWrite(world);
    expect(await answerTo(world, bob, line)).toContain(query);
  });

  it('fills in the form of a renewal, which says how it was read', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world);
    const form = await answerTo(world, alice, `renew ${reference} until end of March`);
    expect(form).toContain('Your words were read as: until 31 Mar 2027.');
    expect(form).toContain('"value":"2027-03-31"');
    expect(await answerTo(world, alice, `renew ${reference} until the audit`)).toContain('no date');
    expect(await answerTo(world, alice, `renew ${reference} EX-BBBB22`)).toContain('you named');
  });

  it('fills in the form of a request, which says how it was read', async () => {
    const world = await makeDesk();
    const form = await answerTo(world, alice, 'exempt vm1 from "Disks should be encrypted" for 2 weeks');
    expect(form).toContain('Your words were read as: until 5 Dec 2026.');
  });

  it('is a question of the report if it is not certain', async () => {
    const world = await makeDesk();
    await ask(world);
    expect(await answerTo(world, bob, 'report 01/02/2026')).toContain('1 Feb 2026 or 2 Jan 2026');
    expect(await answerTo(world, bob, 'report 1 Nov to today')).toContain('1 Nov 2026 to ');
  });
});
