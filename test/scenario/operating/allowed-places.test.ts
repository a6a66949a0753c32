import { startWorld, type World } from '../../world.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';
import { sendRequest } from '../steps.ts';

const line = 'The operator of Exemption Desk has not allowed it here, so it does nothing here.';

describe('a place where the operator has not allowed it', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', allowedPlaces: ['channels'] });
    await world.app().tick();
  });
  afterAll(() => world.close());
  const said = async (where: string, text: string): Promise<string[]> =>
    (await world.teams.say('bob', where, `@Exemption Desk ${text}`)).replies.map(({ visibleText }) => visibleText);

  it.each(['Shop migration', '#exemption-audit', '#with-supplier'])('is told so once (%s)', async (where) => {
    const asked = world.azure.requests().length;
    await world.teams.install(where);
    for (const text of ['exemptions', 'subscribe contoso', 'approvals here for contoso', 'help'])
      await said(where, text);
    const bots = world.teams.messages(where).filter(({ from }) => from === 'bot');
    expect(bots.map(({ visibleText }) => visibleText)).toEqual([line]);
    expect(world.azure.requests()).toHaveLength(asked);
    expect(await everySubscription(world.app().desk.database.subscriptions)).toEqual([]);
  });

  it('leaves allowed places and personal chats as they are', async () => {
    expect(await said('#approvals', 'approvals here for contoso')).toEqual([expect.stringContaining('now receives')]);
    const reference = await sendRequest(world, 'alice');
    await world.app().idle();
    expect(world.teams.messages('#approvals').at(-1)?.visibleText).toContain(reference);
  });
});
