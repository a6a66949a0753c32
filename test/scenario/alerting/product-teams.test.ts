import { startWorld, type World } from '../../world.ts';

/** A product team has Reader on its resource group, and a channel. */
describe('the channel of a product team', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
  });
  afterAll(() => world.close());

  /** What the channel reads, and what the person reads alone. */
  const ask = async (person: string, channel: string, text: string): Promise<string> => {
    const before = world.teams.messages(person).length;
    const { replies } = await world.teams.say(person, channel, `@Exemption Desk ${text}`);
    const alone = world.teams.messages(person).slice(before);
    return [...replies, ...alone].map(({ visibleText }) => visibleText).join('\n');
  };

  it('is subscribed to its resource group by its name, by whoever reads that', async () => {
    expect(await ask('alice', '#team-shop', 'subscribe rg-shop-prod')).toContain(
      'This channel now receives alerts about exemptions in shop-prod / rg-shop-prod',
    );
    expect(await ask('alice', '#team-shop', 'subscriptions')).toMatch(
      /^Alerts for shop-prod \/ rg-shop-prod, set up by Alice/,
    );
  });

  it('is not by somebody who cannot read it, who does not hear that it exists', async () => {
    await world.teams.say('dan', 'dan', 'help');
    const refusal = await ask('dan', '#General', 'subscribe rg-shop-prod');
    expect(refusal).toContain('called “rg-shop-prod”');
    expect(refusal).toBe((await ask('dan', '#General', 'subscribe rg-nowhere')).replaceAll('nowhere', 'shop-prod'));
    expect(await ask('dan', '#General', 'subscriptions')).not.toContain('rg-shop-prod');
  });

  it('gets the requests for it where somebody may decide them', async () => {
    expect(await ask('bob', '#approvals', 'approvals here for rg-shop-prod')).toContain(
      'now receives requests for shop-prod / rg-shop-prod',
    );
    expect(await ask('alice', '#team-shop', 'approvals here for rg-shop-prod')).toContain('You may not subscribe');
  });

  it('gets several scopes by one line, all or none', async () => {
    expect(await ask('bob', '#security-alerts', 'subscribe rg-shop-prod, corp-data expiring')).toContain(
      'exemptions in shop-prod / rg-shop-prod and corp-data: expiring',
    );
    expect(await ask('alice', '#General', 'subscribe rg-shop-prod, corp-data')).toContain(
      'You may not subscribe to corp-data here',
    );
    expect(await ask('alice', '#General', 'subscriptions')).not.toContain('rg-shop-prod');
  });

  it('loses it by the same name', async () => {
    expect(await ask('alice', '#team-shop', 'unsubscribe rg-shop-prod')).toContain('no longer receives these alerts');
  });
});
