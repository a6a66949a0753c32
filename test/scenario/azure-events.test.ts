import { exportJWK, generateKeyPair, SignJWT, createLocalJWKSet, type CryptoKey } from 'jose';
import { startWorld, type World } from '../../simulator/start.ts';

const tenantId = '72f988aa-0000-4000-8000-0000000000aa';
const audience = 'api://exemption-desk-events';
const shop = '/subscriptions/10000001-0000-4000-8000-000000000000';
const role = 'AzureEventGridSecureWebhookSubscriber';

type Token = {
  readonly issuer?: string;
  readonly audience?: string;
  readonly roles?: readonly string[];
  readonly expires?: string;
  readonly key?: CryptoKey;
};

/** Event Grid tells that something changed; the bot looks for itself. */
describe('events from Event Grid', () => {
  let world: World;
  let key: CryptoKey;
  let otherKey: CryptoKey;

  beforeAll(async () => {
    const pair = await generateKeyPair('RS256');
    key = pair.privateKey;
    otherKey = (await generateKeyPair('RS256')).privateKey;
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'entra', alg: 'RS256' }] });
    world = await startWorld({
      logLevel: 'silent',
      events: { config: { audience, tenantId, topics: [shop] }, keys },
    });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.app().tick();
  });
  afterAll(() => world.close());

  const token = (changes: Token = {}): Promise<string> =>
    new SignJWT({ roles: changes.roles ?? [role] })
      .setProtectedHeader({ alg: 'RS256', kid: 'entra' })
      .setIssuer(changes.issuer ?? `https://login.microsoftonline.com/${tenantId}/v2.0`)
      .setAudience(changes.audience ?? audience)
      .setExpirationTime(changes.expires ?? '1h')
      .sign(changes.key ?? key);
  const post = async (body: unknown, authorization?: string) => {
    const response = await fetch(`${world.app().url}/api/azure-events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: authorization ?? `Bearer ${await token()}`,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  const written = (name: string, topic = shop) => ({
    id: crypto.randomUUID(),
    topic,
    subject: `${topic}/providers/Microsoft.Authorization/policyExemptions/${name}`,
    eventType: 'Microsoft.Resources.ResourceWriteSuccess',
    eventTime: new Date().toISOString(),
    data: { operationName: 'Microsoft.Authorization/policyExemptions/write' },
    dataVersion: '2',
  });
  const hinted = () => world.app().desk.database.alerts.isClaimed('azure-events', 'hint', ['look']);
  const lastLook = async () => (await world.app().desk.database.sweeps.progress()).lastLookedAt;

  it('are welcomed with the code of the handshake, for a topic that the operator named', async () => {
    const handshake = (topic: string) => [
      {
        id: '1',
        topic,
        subject: '',
        eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
        eventTime: new Date().toISOString(),
        data: { validationCode: '512d38b6', validationUrl: 'http://127.0.0.1:1/never-called' },
      },
    ];

    expect(await post(handshake(shop.toUpperCase()))).toEqual({
      status: 200,
      text: JSON.stringify({ validationResponse: '512d38b6' }),
    });
    expect((await post(handshake('/subscriptions/10000002-0000-4000-8000-000000000000'))).status).toBe(403);
  });

  it.each<[string, () => Promise<string>]>([
    ['without a token', async () => ''],
    ['with a token of another kind', async () => 'Basic YTpi'],
    ['with garbage', async () => 'Bearer a.b.c'],
    ['by another key', async () => `Bearer ${await token({ key: otherKey })}`],
    ['for another audience', async () => `Bearer ${await token({ audience: 'api://other' })}`],
    [
      'from another issuer',
      async () => `Bearer ${await token({ issuer: 'https://login.microsoftonline.com/x/v2.0' })}`,
    ],
    ['that have expired', async () => `Bearer ${await token({ expires: '-10m' })}`],
    ['without the role of Event Grid', async () => `Bearer ${await token({ roles: ['Reader'] })}`],
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
