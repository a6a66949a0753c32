import { answerTurn } from '../../../src/bot/answer-turn.ts';
import type { Outcome } from '../../../src/bot/outcome.ts';
import { alice, bob, dan, shopProd } from '../../core/contoso.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { chatOf } from '../../fakes/story.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { answerTo, outcomeOf } from '../say-to-desk.ts';

const textOf = (outcome: Outcome): string => JSON.stringify(outcome);

/** The titles and the commands of the buttons on a card. */
const buttonsOf = (outcome: Outcome): string[] =>
  [...textOf(outcome).matchAll(/"verb":"say","command":"([^"]*)"/g)].map(([, command]) => command!);

describe('what people write to somebody they talk to', () => {
  let world: TestDesk;
  beforeEach(async () => {
    world = await makeDesk();
  });

  it.each(['hi', 'Hello!', 'hey there', 'Good morning, Exemption Desk', 'hi 👋'])('greets back: %s', async (line) => {
    expect(await answerTo(world, bob, line)).not.toContain('did not understand');
  });

  it.each(['thanks', 'Thank you!', 'thx', 'Many thanks', 'thanks a lot 🙏'])(
    'takes %s in one short line',
    async (line) => {
      expect(await outcomeOf(world, bob, line)).toEqual({ kind: 'say', text: 'You’re welcome.' });
    },
  );

  it.each(['my requests', 'My requests', 'show me my requests', 'my requests expired'])(
    'lists for %s',
    async (line) => {
      expect(await answerTo(world, bob, line)).toContain('You have not requested');
    },
  );

  it.each(['help me', 'please help', 'Help, please!', 'I need help'])('answers %s with the help', async (line) => {
    const text = await answerTo(world, bob, line);
    expect(text).toContain('What you can do here');
    expect(text).not.toContain('English');
  });

  it.each([
    'hilfe',
    'Hilfe!',
    'Aide',
    'À l’aide !',
    'ayuda!',
    '¡Ayuda!',
    'aiuto',
    'ajuda',
    'hjälp',
    'помощь',
    'ヘルプ',
  ])('answers %s with the help, and says that it speaks English', async (line) => {
    const text = await answerTo(world, bob, line);
    expect(text).toContain('speaks English only for now');
    expect(text).toContain('What you can do here');
  });

  it.each(['thanks for nothing, approve EX-12AB', 'hi, recommendations', 'high'])(
    'leaves %s to commands',
    async (line) => {
      expect(await answerTo(world, bob, line)).not.toMatch(/welcome|What you can do here/);
    },
  );

  it.each(['ho', 'yo', 'ok', 'wx'])('proposes nothing for the short word %s', async (line) => {
    expect(await answerTo(world, bob, line)).not.toContain('Did you mean');
  });
});

describe('the help', () => {
  let world: TestDesk;
  beforeEach(async () => {
    world = await makeDesk();
  });

  it.each([
    ['a team member', alice, ['recommendations', 'requests mine', 'exemptions expiring 30d', 'help all']],
    ['an approver', bob, ['requests to decide', 'recommendations', 'exemptions', 'help all']],
    ['nobody yet', dan, ['recommendations', 'requests mine', 'status', 'help all']],
  ])('is three lines and four buttons for %s', async (_who, person, commands) => {
    world.access.takeAll(alice);
    world.access.give(alice, 'contributor', shopProd);
    const outcome = await outcomeOf(world, person, 'help');
    expect(buttonsOf(outcome)).toEqual(commands);
    const { content } = (outcome as Extract<Outcome, { kind: 'card' }>).card;
    expect(textOf(outcome)).not.toContain('usage');
    expect(JSON.stringify(content.body).match(/"TextRun"/g)).toHaveLength(3);
  });

  it('is for an auditor about reading and numbers', async () => {
    expect(buttonsOf(await outcomeOf(world, alice, 'help'))).toEqual([
      'exemptions',
      'report',
      'recommendations',
      'help all',
    ]);
  });

  it('says what is not known where Azure does not answer, instead of “no role”', async () => {
    world.faults.at('forReading', { error: noAnswer() });
    const text = await answerTo(world, bob, 'help');
    expect(text).toContain('Azure did not say what your roles allow');
    expect(text).not.toContain('None of your Azure roles');
  });

  it('has every command only where all are asked for', async () => {
    expect(await answerTo(world, bob, 'help')).not.toContain('unsubscribe [approvals]');
    expect(await answerTo(world, bob, 'help all')).toContain('unsubscribe [approvals]');
  });

  it('in a channel is for everybody, and asks nothing about whoever asked', async () => {
    world.faults.at('forReading', { error: noAnswer() });
    const channel = { ...chatOf(bob), id: '19:c@thread.tacv2', kind: 'channel' as const, objectId: undefined };
    const outcome = await answerTurn(world.desk, {
      person: bob,
      conversation: channel,
      inChannel: true,
      asker: { person: bob, channelId: channel.id },
      text: 'hello',
      submitted: undefined,
      clickedCardId: undefined,
    });
    expect(textOf(outcome)).toContain('can come here');
    expect(textOf(outcome)).not.toMatch(/Azure roles|this channel/);
  });
});
