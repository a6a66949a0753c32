import { generateKeyPair, type CryptoKey } from 'jose';
import { createEventGrid, type EventGrid } from '../../../simulator/azure/event-grid.ts';
import { startWorld, type World } from '../../world.ts';

const shop = '/subscriptions/10000001-0000-4000-8000-000000000000';

/** Event Grid tells that something changed; the bot looks for itself. */
describe('events from Event Grid', () => {
  let world: World;
  let grid: EventGrid;
  let otherKey: CryptoKey;

  beforeAll(async () => {
    grid = await createEventGrid(shop);
    otherKey = (await generateKeyPair('RS256')).privateKey;
    world = await startWorld({ logLevel: 'silent', events: grid.door });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.app().tick();
  });
  afterAll(() => world.close());

  const post = async (body: unknown, authorization?: string) => {
    const response = await fetch(`${world.app().url}/api/azure-events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: authorization ?? `Bearer ${await grid.token()}`,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  const written = (name: string, topic?: string) => grid.written(name, topic);
  const hinted = () => world.app().desk.database.alerts.isClaimed('azure-events', 'hint', ['look']);
  const lastLook = async () => (await world.app().desk.database.sweeps.progress()).lastLookedAt;

  it('are welcomed with the code of the handshake, for a topic that the operator named', async () => {
    expect(await post([grid.handshake(shop.toUpperCase())])).toEqual({
      status: 200,
      text: JSON.stringify({ validationResponse: '512d38b6' }),
    });
    expect((await post([grid.handshake('/subscriptions/10000002-0000-4000-8000-000000000000')])).status).toBe(403);
  });

  it.each<[string, () => Promise<string>]>([
    ['without a token', async () => ''],
    ['with a token of another kind', async () => 'Basic YTpi'],
    ['with garbage', async () => 'Bearer a.b.c'],
    ['by another key', async () => `Bearer ${await grid.token({ key: otherKey })}`],
    ['for another audience', async () => `Bearer ${await grid.token({ audience: 'api://other' })}`],
    [
      'from another issuer',
      async () => `Bearer ${await grid.token({ issuer: 'https://login.microsoftonline.com/x/v2.0' })}`,
    ],
    ['that have expired', async () => `Bearer ${await grid.token({ expires: '-10m' })}`],
    ['without the role of Event Grid', async () => `Bearer ${await grid.token({ roles: ['Reader'] })}`],
  ])('are refused %s', async (_how, authorization) => {
    expect(await post([written('a')], await authorization())).toEqual({ status: 401, text: '' });
    expect(await hinted()).toBe(false);
  });

  it('make the next tick look, once for a whole batch, in any order and however often they come', async () => {
    const before = await lastLook();
    const batch = [written('b'), written('a'), written('b'), { ...written('c'), topic: '/subscriptions/else' }];
    expect((await post(batch)).status).toBe(200);
    expect((await post(batch)).status).toBe(200);
    expect(await hinted()).toBe(true);
    await world.clock.advance('PT1M');

    expect(await hinted()).toBe(false);
    expect((await lastLook())!.getTime()).toBeGreaterThan(before!.getTime());
  });

  it('that are of another kind or from elsewhere are left out', async () => {
    const others = [
      { ...written('d'), eventType: 'Microsoft.Resources.ResourceWriteFailure' },
      { ...written('d'), subject: `${shop}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm` },
      written('d', '/subscriptions/10000002-0000-4000-8000-000000000000'),
      written('d', `${shop}0`),
    ];
    expect((await post(others)).status).toBe(200);
    expect(await hinted()).toBe(false);
  });

  it.each([[{}], [[]], ['text'], [[{ topic: shop }]]])('that are not events are a bad request (%j)', async (body) => {
    expect((await post(body)).status).toBe(400);
  });

  it('have no door where the operator opened none', async () => {
    const closed = await startWorld({ logLevel: 'silent' });
    try {
      const response = await fetch(`${closed.app().url}/api/azure-events`, { method: 'POST' });
      expect(response.status).toBe(404);
    } finally {
      await closed.close();
    }
  });
});
