import { answerTurn } from '../../src/bot/answer-turn.ts';
import type { Outcome } from '../../src/bot/outcome.ts';
import type { Person } from '../../src/core/person.ts';
import { alice, bob, online, root } from '../core/contoso.ts';
import { makeDesk, type TestDesk } from '../fakes/make-desk.ts';
import { channel, chatOf, subscribed } from '../fakes/story.ts';
import { cardOf, pressed, turnFor } from './press-card.ts';

const name = 'Azure subscription 1';

/** Two subscriptions and a management group have the same name, as many do in Azure. */
const worldOfNames = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  const { hierarchy } = world.tenant;
  world.tenant.hierarchy = {
    managementGroups: hierarchy.managementGroups.map((each) =>
      each.name === 'online' ? { ...each, displayName: name } : each,
    ),
    subscriptions: hierarchy.subscriptions.map((each) =>
      each.displayName.startsWith('shop-') ? { ...each, displayName: name } : each,
    ),
  };
  await world.meet(chatOf(bob), chatOf(alice));
  await subscribed(world, channel('approvals'), 'alerts', {}, root);
  await subscribed(world, channel('approvals'), 'alerts', {}, online);
  return world;
};

const inChannel = ({ desk }: TestDesk, person: Person, text: string): Promise<Outcome> =>
  answerTurn(desk, { ...turnFor(person, undefined, 'channel'), text, clickedCardId: undefined });

/** What the channel reads, and what the person reads alone. */
const readIn = (outcome: Outcome): { readonly channel: string; readonly alone: string } =>
  outcome.kind === 'private'
    ? { channel: outcome.pointer, alone: JSON.stringify(outcome.outcome) }
    : { channel: JSON.stringify(outcome), alone: '' };

describe('a question in a channel that lists what can be meant', () => {
  it.each([
    `recommendations sub:"${name}"`,
    `exemptions sub:"${name}"`,
    `score ${name}`,
    `subscribe ${name} expired`,
    `approvals here for ${name}`,
    'exempt vm from disks',
  ])('goes to whoever asked alone: %s', async (line) => {
    const world = await worldOfNames();
    const { channel: read, alone } = readIn(await inChannel(world, bob, line));
    expect(read).toBe('The answer is in your personal chat with Exemption Desk.');
    expect(alone).toMatch(/[Ww]hich (?:one|resource) do you mean/);
  });

  it('goes to whoever pressed an older card alone', async () => {
    const world = await worldOfNames();
    const query = { text: '', severity: 'all', subscription: name, type: '', exempt: false, page: 1 };
    const submitted = { verb: 'list-recommendations', ...query };
    const outcome = await answerTurn(world.desk, turnFor(bob, submitted, 'channel'));
    expect(outcome).toMatchObject({ kind: 'private', outcome: { kind: 'card' } });
  });

  it('has buttons that answer it in the personal chat', async () => {
    const world = await worldOfNames();
    const question = cardOf(await inChannel(world, bob, `recommendations sub:"${name}"`));
    const answer = await answerTurn(world.desk, turnFor(bob, pressed(question, `Management group (online)`)));
    expect(JSON.stringify(answer)).toContain(`${name} (online)`);
  });

  it('offers lines to send there for what can only be done in the channel', async () => {
    const world = await worldOfNames();
    const { alone } = readIn(await inChannel(world, bob, `subscribe ${name} expired`));
    const [line = ''] = /subscribe \\"Management group.*? expired/.exec(alone) ?? [];
    expect(line).toBe(`subscribe \\"Management group ${name} (online)\\" expired`);
    const done = await inChannel(world, bob, line.replaceAll('\\', ''));
    expect(done).toMatchObject({ kind: 'say', text: expect.stringContaining('now receives alerts') as unknown });
  });
});
