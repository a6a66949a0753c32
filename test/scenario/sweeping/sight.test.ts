import { startWorld, type World } from '../../world.ts';

describe('an estate of 2,000 exemptions', () => {
  let world: World;
  const told: { readonly msg: string }[] = [];

  beforeAll(async () => {
    const logTo = { write: (line: string) => void told.push(JSON.parse(line) as { msg: string }) };
    world = await startWorld({ logTo });
    await world.control['POST /simulator/many-exemptions']!({ count: 2000 });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.app().tick();
  }, 120_000);
  afterAll(() => world.close());

  const posts = () =>
    world.teams
      .messages('#security-alerts')
      .filter(({ visibleText }) => /^Exemption alert\n|\d+ alerts about exemptions\n/.test(visibleText));
  const saidToOperator = (words: string) => told.filter(({ msg }) => msg.includes(words));
  const hold = (held: boolean) => world.control['POST /simulator/bot-role']!({ held });

  it('is taken in silently, with one summary', async () => {
    await world.clock.advance('PT10M');

    const summary = posts().at(-1)?.visibleText ?? '';
    expect(posts()).toHaveLength(1);
    expect(summary).toMatch(/Exemptions found\n20\d\d\n/);
    expect(summary).toMatch(/Expire within 30 days\n\d+\n/);
    expect(summary).toMatch(/and \d+ more/);
  });

  it('does not fall silent one by one when the bot loses its role: the operator is told once, the channels nothing', async () => {
    const before = posts().length;
    await hold(false);
    for (const wait of ['PT6M', 'PT6M', 'PT12H', 'P2D']) await world.clock.advance(wait);

    expect(posts()).toHaveLength(before);
    expect(saidToOperator('Alerts are paused.')).toHaveLength(1);
    const { blind } = await world.app().desk.database.sweeps.progress();
    expect(blind?.reason).toMatch(/role/);
    expect(await world.app().desk.database.seen.countInSight()).toBeGreaterThan(2000);
  });

  it('is told of what happened meanwhile once the role is back, and of nothing twice', async () => {
    const before = posts().length;
    const changed = world.tenant.exemptions.all().find(({ name }) => name.startsWith('bulk-399-'))!.name;
    await world.control['POST /simulator/portal-change']!({ exemption: changed, displayName: 'Renamed meanwhile' });
    await hold(true);
    await world.clock.advance('PT6M');
    const heard = posts()
      .slice(before)
      .map(({ visibleText }) => visibleText);

    expect(saidToOperator('alerts resumed')).toHaveLength(1);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatch(/\nAbout to expire\n\d+\nExpired\n\d+\nChanged\n1\n/);
    expect(heard[0]).not.toMatch(/deleted/i);
    await world.clock.advance('PT6M');
    expect(posts()).toHaveLength(before + heard.length);
  });

  it('is believed to be deleted where Azure confirms it, however many they are', async () => {
    const before = posts().length;
    const many = world.tenant.exemptions.all().filter(({ name }) => name.startsWith('bulk-'));
    for (const { id } of many.slice(0, 900)) world.tenant.exemptions.remove(id);
    await world.clock.advance('PT6M');

    expect((await world.app().desk.database.sweeps.progress()).blind).toBeUndefined();
    expect(
      posts()
        .slice(before)
        .map(({ visibleText }) => visibleText),
    ).toEqual([expect.stringMatching(/\nDeleted\n\d+\n/)]);
  }, 60_000);
});
