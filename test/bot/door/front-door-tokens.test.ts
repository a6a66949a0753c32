import { DeskAdapter } from '../../../src/bot/front-door.ts';
import { GuardedAuthentication } from '../../../src/bot/door/guarded-authentication.ts';
import { createCorrelation } from '../../../src/observe/create-correlation.ts';
import { createLog } from '../../../src/observe/log.ts';
import { startServer, type RunningServer } from '../../../src/server/server.ts';
import { startIdentityProvider, type IdentityProvider, type TokenPlan } from './identity-provider.ts';

const appId = '22222222-2222-4222-8222-222222222222';
const tenantId = '72f988aa-0000-4000-8000-0000000000aa';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const microsoft = '72f988bf-86f1-41af-91ab-2d7cd011db47';

describe('the front door', () => {
  let provider: IdentityProvider;
  let server: RunningServer;
  let turns: number;
  const logged: string[] = [];

  const count = async (): Promise<void> => void (turns += 1);
  const open = (metadataUrl: string): Promise<RunningServer> => {
    const adapter = new DeskAdapter(
      new GuardedAuthentication(
        { appId, appType: 'UserAssignedMSI', tenantId, password: undefined },
        () => new Date(),
        {
          openIdMetadataUrl: metadataUrl,
          botToken: 'bot',
          serviceUrlAllowed: (url) => url.startsWith('https://smba.trafficmanager.net/'),
          uploadUrlAllowed: () => false,
        },
      ),
    );
    const log = createLog('info', { write: (line: string) => void logged.push(line) });
    return startServer({
      host: '127.0.0.1',
      port: 0,
      frontDoor: (authorization, body) =>
        adapter.receive(authorization, body, { keep: count, answer: count }, log, (reason) =>
          log.warn({ reason }, 'Refused'),
        ),
      eventDoor: undefined,
      api: undefined,
      notReady: async () => [],
      newId: () => crypto.randomUUID(),
      correlation: createCorrelation(),
      isStopping: () => false,
      log,
    });
  };

  beforeAll(async () => {
    provider = await startIdentityProvider({ aud: appId, serviceurl: serviceUrl });
    server = await open(provider.metadataUrl);
  });
  afterAll(async () => {
    await server.close();
    await provider.close();
  });
  beforeEach(() => {
    turns = 0;
    logged.length = 0;
  });

  const knock = async (authorization: string | undefined, changes: object = {}, at = server) => {
    const response = await fetch(`${at.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      body: JSON.stringify({
        type: 'message',
        id: '1',
        text: 'help',
        channelId: 'msteams',
        serviceUrl,
        from: { id: '29:1', aadObjectId: '00000000-0000-4000-8000-000000000101' },
        recipient: { id: '28:bot' },
        conversation: { id: 'a:1', conversationType: 'personal', tenantId },
        ...changes,
      }),
    });
    return { status: response.status, text: await response.text(), turns };
  };
  const bearer = async (plan: TokenPlan = {}): Promise<string> => `Bearer ${await provider.token(plan)}`;

  it.each<[string, TokenPlan]>([
    ['a token as Teams sends it', {}],
    ['a token that expired four minutes ago, for clocks differ', { claims: { exp: inSeconds(-240) } }],
    ['a token that begins in four minutes, for clocks differ', { claims: { nbf: inSeconds(240) } }],
    ['a token for several bots of which this is one', { claims: { aud: ['somebody', appId] } }],
  ])('lets in %s', async (_name, plan) => {
    expect(await knock(await bearer(plan))).toEqual({ status: 200, text: '', turns: 1 });
  });

  const emulator: TokenPlan = {
    claims: { iss: `https://sts.windows.net/${microsoft}/`, ver: '1.0', appid: appId },
  };
  const emulatorV2: TokenPlan = {
    claims: { iss: `https://login.microsoftonline.com/${microsoft}/v2.0`, ver: '2.0', azp: appId },
  };
  const refused: [string, () => Promise<string | undefined>, RegExp][] = [
    ['no header', async () => undefined, /no bearer token/],
    ['another scheme', async () => `Basic ${await provider.token()}`, /no bearer token/],
    ['garbage', async () => 'Bearer garbage', /Invalid/],
    ['garbage of three parts', async () => 'Bearer a.b.c', /invalid/],
    ['no word between scheme and token', async () => `Bearer${await provider.token()}`, /no bearer token/],
    ['a token and something more', async () => `${await bearer()} more`, /no bearer token/],
    ['a signature by another key', () => bearer({ key: 'unpublished' }), /signature verification failed/],
    ['no signature', async () => `Bearer ${provider.unsignedToken()}`, /not allowed|Invalid/],
    ['HS256 with the public key', async () => `Bearer ${await provider.tokenSignedWithPublicKey()}`, /not allowed/],
    ['a changed claim', async () => changed(await bearer()), /signature verification failed/],
    ['a token that begins in ten minutes', () => bearer({ claims: { nbf: inSeconds(600) } }), /"nbf"/],
    ['a token that expired ten minutes ago', () => bearer({ claims: { exp: inSeconds(-600) } }), /"exp"/],
    ['a token that never expires', () => bearer({ without: ['exp'] }), /"exp"/],
    ['a token that expires on a word', () => bearer({ claims: { exp: 'never' as unknown as number } }), /"exp"/],
    ['a token for another bot', () => bearer({ claims: { aud: crypto.randomUUID() } }), /"aud"/],
    ['a token for nobody', () => bearer({ without: ['aud'] }), /"aud"/],
    ['a token of another issuer', () => bearer({ claims: { iss: 'https://evil.example' } }), /"iss"/],
    ['a token of no issuer', () => bearer({ without: ['iss'] }), /"iss"/],
    ['an unknown key', () => bearer({ keyId: 'nobody' }), /no applicable key/],
    ['a key that is not named', () => bearer({ keyId: undefined }), /key/],
    ['a key for another channel', () => bearer({ key: 'of another channel' }), /may not sign/],
    ['a key for no channel', () => bearer({ key: 'without endorsements' }), /may not sign/],
    [
      'another service URL in the token',
      () => bearer({ claims: { serviceurl: 'https://evil.example/' } }),
      /service URL/,
    ],
    ['no service URL in the token', () => bearer({ without: ['serviceurl'] }), /service URL/],
    ['a token of the emulator, version 1', () => bearer(emulator), /"iss"/],
    ['a token of the emulator, version 2', () => bearer(emulatorV2), /"iss"/],
    [
      'a token that another bot shows',
      () => bearer({ claims: { ver: '1.0', appid: crypto.randomUUID() } }),
      /another bot/,
    ],
    [
      'a token that another bot shows, version 2',
      () => bearer({ claims: { ver: '2.0', azp: crypto.randomUUID() } }),
      /another bot/,
    ],
  ];
  const changed = (token: string): string => {
    const [scheme = '', payload = '', signature = ''] = token.split('.');
    const claims = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), extra: 1 };
    return [scheme, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
  };

  it.each(refused)('answers 401 without a word and does nothing for %s', async (_name, authorization, reason) => {
    const shown = await authorization();

    expect(await knock(shown)).toEqual({ status: 401, text: '', turns: 0 });
    expect(logged).toHaveLength(1);
    expect((JSON.parse(logged[0]!) as { reason: string }).reason).toMatch(reason);
    for (const piece of (shown ?? '').split(/[ .]/).filter(({ length }) => length > 8))
      expect(logged[0]).not.toContain(piece);
  });

  it.each<[string, object, number]>([
    ['a service URL that is not Teams, also in the token', { serviceUrl: 'https://evil.example/' }, 401],
    ['another service URL of Teams than that of the token', { serviceUrl: `${serviceUrl}x` }, 401],
    ['another channel', { channelId: 'emulator' }, 401],
    ['the channel of Azure App Service', { channelId: 'AseChannel' }, 401],
    ['no service URL', { serviceUrl: undefined }, 401],
    ['a service URL that is no text', { serviceUrl: {} }, 400],
  ])('lets nobody in with %s', async (_name, changes, status) => {
    const { serviceUrl: url = serviceUrl } = changes as { serviceUrl?: unknown };
    const serviceurl = String(url).startsWith(serviceUrl) ? serviceUrl : url;

    expect(await knock(await bearer({ claims: { serviceurl } }), changes)).toMatchObject({ status, turns: 0 });
  });

  it('turns nobody away while the keys cannot be had, but lets nobody in, and works again by itself', async () => {
    const other = await startIdentityProvider({ aud: appId, serviceurl: serviceUrl });
    const behind = await open(other.metadataUrl);
    other.setDown(true);
    const authorization = `Bearer ${await other.token()}`;

    expect(await knock(authorization, {}, behind)).toEqual({ status: 503, text: '', turns: 0 });
    expect(logged.join()).toContain('Can this machine reach login.botframework.com?');
    other.setDown(false);
    expect(await knock(authorization, {}, behind)).toEqual({ status: 200, text: '', turns: 1 });
    await behind.close();
    await other.close();
  });
});
