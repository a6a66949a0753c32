import { startWorld, type World } from '../../world.ts';
import { callsOf } from '../rounds-of.ts';
import { formInputs, latest, offered, openForm, sendRequest } from '../steps.ts';

/**
 * At 1,000 subscriptions Resource Graph has more rows of management groups and subscriptions than fit into a page. Here the pages are so small that those
 * of Fabrikam do not fit into one either.
 */
describe('the calls of a turn where the tenant fills several pages of Resource Graph', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant: 'fabrikam' });
    world.tenant.settings.largestPage = 30;
    await world.app().tick();
    // The catalogue that a decision asks for fits into one page of a thousand, but not into these: how long it is, one Send has to find out.
    await world.teams.say('alice', 'personal', `withdraw ${await sendRequest(world, 'alice')}`);
  }, 180_000);
  afterAll(() => world.close());

  it('are still all made at once by Send', async () => {
    const form = await openForm(world, 'alice');
    const inputs = { resources: offered(world, 'alice', form, 'stshopprod'), ...formInputs };
    await world.teams.press('alice', form, 'Preview', inputs);
    await world.clock.advance('PT6M');
    const scopes = world.tenant.managementGroups.length + world.tenant.subscriptions.length;
    expect(scopes).toBeGreaterThan(world.tenant.settings.largestPage);
    const { inRow, calls } = await callsOf(world, () =>
      world.teams.press('alice', latest(world, 'alice').id, 'Send', {}),
    );
    expect(latest(world, 'alice').visibleText).toContain('Waiting for approval');
    expect([inRow, calls.length > 16]).toEqual([1, true]);
  });
});
