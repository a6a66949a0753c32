import { startWorld, type World } from '../../world.ts';
import { latest, storageRecommendation } from '../steps.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';

const name = 'Azure subscription 1';
const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** Names of subscriptions and management groups are free in Azure, and every new subscription is called Azure subscription 1. */
describe('scopes that have the same name', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    const { subscriptions, managementGroups } = world.tenant;
    const rename = <Named>(all: Named[], isMeant: (one: Named) => boolean, change: Partial<Named>): void => {
      for (const [index, one] of all.entries()) if (isMeant(one)) all[index] = { ...one, ...change };
    };
    rename(subscriptions, (one) => /^sandbox-[12]$/.test(one.name), { name });
    rename(managementGroups, (one) => one.name === 'corp', { displayName: name });
    rename(subscriptions, (one) => one.name.startsWith('shop-'), { name: 'shop' });
    await world.clock.advance('PT6M');
  });
  afterAll(() => world.close());

  const say = async (person: string, where: string, text: string): Promise<string> => {
    const line = where === 'personal' ? text : `@Exemption Desk ${text}`;
    return (await world.teams.say(person, where, line)).replies.at(-1)?.visibleText ?? '';
  };
  const press = async (title: string): Promise<string> => {
    await world.teams.press('bob', latest(world, 'bob').id, title, {});
    return latest(world, 'bob').visibleText;
  };
  const titles = [
    `Management group ${name} (corp)`,
    `Subscription ${name} (10000006…)`,
    `Subscription ${name} (10000007…)`,
  ];

  it.each([
    'recommendations high sub:"Azure subscription 1"',
    'exemptions sub:"azure subscription 1"',
    `score ${name}`,
  ])('are asked about after %s, all kinds of them, with a button for each', async (line) => {
    const question = await say('bob', 'personal', line);
    expect(question).toContain('is the name of 3 scopes. Which one do you mean');
    for (const title of titles) expect(question).toContain(title);

    const answer = await press('Subscription (10000006…)');
    expect(answer).toContain(`${name} (10000006…)`);
    expect(answer).not.toContain('(10000007…)');
  });

  it('can be written as a card shows them', async () => {
    expect(await say('bob', 'personal', `recommendations sub:"${name} (10000007…)"`)).toContain(
      `In ${name} (10000007…)`,
    );
    expect(await say('bob', 'personal', `recommendations sub:"${titles[0]}"`)).toContain(`In ${name} (corp)`);
  });

  it('are asked about by an older card whose buttons carry the name', async () => {
    await say('bob', 'personal', 'recommendations');
    const query = { text: '', severity: 'all', subscription: name, type: '', exempt: false, page: 1 };
    await world.teams.submit('bob', latest(world, 'bob').id, { verb: 'list-recommendations', ...query });
    expect(latest(world, 'bob').visibleText).toContain('Which one do you mean');
    expect(await press('Subscription (10000007…)')).toContain(`In ${name} (10000007…)`);
  });

  it('are no question for somebody who can read only one of them', async () => {
    expect(await say('alice', 'personal', 'recommendations sub:shop')).toContain('In shop (10000001…)');
  });

  it('are asked about before a channel is subscribed, and not where it has only one of them', async () => {
    const channel = '#team-shop';
    const pointer = await say('bob', channel, `subscribe ${name} expired`);
    expect(pointer).toBe('Bob Berger: The answer is in your personal chat with Exemption Desk.');
    expect(await everySubscription(world.app().desk.database.subscriptions)).toEqual([]);
    const question = world.teams.messages('bob').at(-1)!.text;
    expect(question).toContain('Which one do you mean');
    const line = question.split('\n').find((each) => each.startsWith(`subscribe "${titles[1]}"`))!;
    expect(await say('bob', channel, line)).toContain('now receives alerts');
    const [subscription, ...others] = await everySubscription(world.app().desk.database.subscriptions);

    expect(others).toEqual([]);
    expect(subscription).toMatchObject({ filter: { kinds: ['expired'] } });
    expect(subscription?.scope).toMatch(/^\/subscriptions\/10000006-/);
    expect(await say('bob', channel, 'subscriptions')).toContain(`Alerts for ${name} (10000006…)`);
    expect(await say('bob', channel, `unsubscribe ${name}`)).toContain('no longer receives these alerts');
  });

  it('and every other scope and person are never shown as a GUID', async () => {
    const lines = ['recommendations', `recommendation ${storageRecommendation}`, 'exemptions', 'score', 'report'];
    for (const line of [...lines, 'requests', 'status', 'exemptions outside', 'cleanup'])
      await say('bob', 'personal', line);
    // The values of choices are not shown.
    const shown = world.teams
      .messages('bob')
      .map(({ visibleText }) => visibleText.replaceAll(/^\/subscriptions\/.*$/gm, ''));

    expect(shown.length).toBeGreaterThan(10);
    expect(shown.flatMap((text) => text.split('\n')).filter((line) => guid.test(line))).toEqual([]);
    expect(shown.join('\n')).toContain('ASC Default (subscription: shop (10000001…))');
  });
});
