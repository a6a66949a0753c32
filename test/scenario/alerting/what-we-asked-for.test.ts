import { startWorld, type World } from '../../world.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';
import { formInputs, latest, sendRequest, storageRecommendation } from '../steps.ts';

/** A channel follows the exemptions that were asked for in it, and no others. */
describe('a channel that follows what it asked for', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
  });
  afterAll(() => world.close());

  const ask = async (person: string, channel: string, text: string): Promise<string> => {
    const before = world.teams.messages(person).length;
    const { replies } = await world.teams.say(person, channel, `@Exemption Desk ${text}`);
    const alone = world.teams.messages(person).slice(before);
    return [...replies, ...alone].map(({ visibleText }) => visibleText).join('\n');
  };
  const posted = () => world.teams.messages('#team-shop').filter(({ from }) => from === 'bot');
  const newest = async () => (await everyRequest(world.app().desk.database.requests))[0]!;
  /** Somebody approves the newest request; what the channel reads of it until the next sweep. */
  const approved = async (): Promise<string> => {
    const { reference } = await newest();
    const before = posted().length;
    await world.teams.say('bob', 'personal', `approve ${reference}`);
    await world.clock.advance('PT6M');
    return posted()
      .slice(before)
      .map(({ visibleText }) => visibleText)
      .join('\n');
  };
  /** About a recommendation that is open on one resource, which the form has ticked. */
  const askByDialog = async (title: string): Promise<string> => {
    await ask('alice', '#team-shop', `recommendation ${title}`);
    await world.teams.press('alice', latest(world, '#team-shop').id, 'Request exemption');
    await world.teams.dialogs.press('alice', 'Preview', formInputs);
    await world.teams.dialogs.press('alice', 'Send');
    await world.app().idle();
    return (await newest()).reference;
  };

  it('is arranged by whoever may read, for what they may read', async () => {
    expect(await ask('alice', '#team-shop', 'subscribe what we asked for')).toContain(
      'exemptions in shop-prod / rg-shop-prod: only what was asked for here.',
    );
    await world.clock.advance('PT6M');
    expect(await ask('alice', '#team-shop', 'subscriptions')).toMatch(
      /^Alerts for shop-prod \/ rg-shop-prod \(only what was asked for here\), set up by Alice/,
    );
  });

  it('shows no more in lists because of it', async () => {
    expect(await ask('bob', '#team-shop', 'exemptions')).toContain('not subscribed here');
  });

  it('hears nothing of what was asked for in a personal chat', async () => {
    const reference = await sendRequest(world, 'alice');
    expect((await world.app().desk.database.requests.find(reference))?.origin).toBeUndefined();
    expect(await approved()).toBe('');
  });

  it('hears of what was asked for in a dialog there, and of its renewal from a personal chat', async () => {
    await ask('alice', '#team-shop', 'subscribe rg-shop-prod unneeded');
    await world.clock.advance('PT6M');
    const reference = await askByDialog('Key Vault secrets should have an expiration date');
    expect(await approved()).toContain(reference);

    await world.clock.advance('P2D');
    await world.teams.say('alice', 'personal', `renew ${reference}`);
    await world.teams.press('alice', latest(world, 'alice').id, 'Preview', {});
    await world.teams.press('alice', latest(world, 'alice').id, 'Send');
    await world.app().idle();
    expect((await newest()).reference).not.toBe(reference);
    expect(await approved()).toContain((await newest()).reference);
  });

  it('hears of what was asked for there in words, though the form stood in a personal chat', async () => {
    await ask('alice', '#team-shop', `exempt stshoplogs from ${storageRecommendation}`);
    const form = latest(world, 'alice').id;
    await world.teams.press('alice', form, 'Preview', formInputs);
    await world.teams.press('alice', form, 'Send');
    await world.app().idle();
    expect(await approved()).toContain((await newest()).reference);
  });

  it('is not told of it by somebody who may read nothing, or not that scope', async () => {
    await world.teams.say('dan', 'dan', 'help');
    expect(await ask('dan', '#General', 'subscribe what we asked for')).not.toContain('now receives');
    expect(await ask('alice', '#General', 'subscribe what we asked for in corp-data')).toContain(
      'You may not subscribe to corp-data here',
    );
    expect(await ask('dan', '#General', 'subscriptions')).not.toContain('only what was asked for');
  });

  it('gets no requests to decide because they were asked for there', async () => {
    const sentence = 'Requests go where people decide about a scope';
    expect(await ask('bob', '#General', 'approvals here for what we asked for')).toContain(sentence);
    expect(await ask('bob', '#General', 'subscribe what we asked for requests')).toContain(sentence);
  });

  it('hears nothing more once it was unsubscribed by the same words, and has it again by a press', async () => {
    expect(await ask('alice', '#team-shop', 'unsubscribe what we asked for')).toContain(
      'alerts for shop-prod / rg-shop-prod (only what was asked for here)',
    );
    expect(await ask('alice', '#team-shop', 'subscriptions')).not.toContain('asked for here');
    expect(await ask('alice', '#team-shop', 'subscriptions')).toContain('(unneeded)');
    await askByDialog('SQL servers should have vulnerability assessment configured');
    expect(await approved()).toBe('');

    const card = world.teams.messages('#team-shop').findLast(({ visibleText: text }) => text.includes('Unsubscribed'))!;
    await world.teams.press('alice', card.id, 'Subscribe again', {});
    expect(await ask('alice', '#team-shop', 'subscriptions')).toContain('(only what was asked for here)');
  });
});
