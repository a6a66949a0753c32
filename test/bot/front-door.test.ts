import { startWorld, type World } from '../world.ts';

/** The tokens that Teams itself would never send, and what a forged activity may look like. */
describe('the door of the bot', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', sharedChannels: ['#joint-project'] });
  });
  afterAll(() => world.close());

  const activity = (changes: object = {}) => ({
    type: 'message',
    id: crypto.randomUUID(),
    text: 'help',
    channelId: 'msteams',
    serviceUrl: world.teams.serviceUrl,
    from: {
      id: world.teams.userId('alice'),
      aadObjectId: '00000000-0000-4000-8000-000000000101',
      name: 'Alice Anders',
    },
    recipient: { id: '28:bot', name: 'Exemption Desk' },
    conversation: { id: 'a:forged', conversationType: 'personal', tenantId: '72f988aa-0000-4000-8000-0000000000aa' },
    channelData: { tenant: { id: '72f988aa-0000-4000-8000-0000000000aa' } },
    ...changes,
  });

  const knock = async (authorization: string | undefined, body: unknown) => {
    const before = world.teams.connectorCalls().length;
    const response = await fetch(`${world.app().url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    await world.app().idle();
    return {
      status: response.status,
      text,
      executed: world.teams.connectorCalls().length - before,
    };
  };

  const unsigned = () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const expires = Math.floor(Date.now() / 1000) + 600;
    return `${part({ alg: 'none', typ: 'JWT' })}.${part({ iss: 'https://api.botframework.com', aud: '22222222-2222-4222-8222-222222222222', exp: expires, serviceurl: world.teams.serviceUrl })}.`;
  };

  it.each([
    ['no token', async () => undefined],
    ['another scheme', async () => 'Basic abc'],
    ['garbage', async () => 'Bearer garbage'],
    ['an unsigned token', async () => `Bearer ${unsigned()}`],
    ['a token signed with another key', async () => `Bearer ${await world.teams.token({ wrongKey: true })}`],
    ['an expired token', async () => `Bearer ${await world.teams.token({ expiresIn: -600 })}`],
    [
      'a token for another bot',
      async () => `Bearer ${await world.teams.token({ audience: '33333333-3333-4333-8333-333333333333' })}`,
    ],
    ['a token of another issuer', async () => `Bearer ${await world.teams.token({ issuer: 'https://evil.example' })}`],
    [
      'a token for another service URL',
      async () => `Bearer ${await world.teams.token({ serviceUrl: 'https://evil.example/' })}`,
    ],
    ['a token of an unknown key', async () => `Bearer ${await world.teams.token({ keyId: 'nobody' })}`],
  ])('answers 401 without a word and does nothing for %s', async (_name, authorization) => {
    expect(await knock(await authorization(), activity())).toEqual({ status: 401, text: '', executed: 0 });
  });

  it.each([
    ['a service URL that is not Teams', { serviceUrl: 'https://evil.example/' }],
    ['no service URL', { serviceUrl: undefined }],
    ['another channel', { channelId: 'emulator' }],
  ])('refuses a valid token with %s', async (_name, changes) => {
    expect(await knock(`Bearer ${await world.teams.token({})}`, activity(changes))).toEqual({
      status: 401,
      text: '',
      executed: 0,
    });
  });

  it.each([
    ['no type', { type: undefined }],
    ['no conversation', { conversation: undefined }],
    ['a sender that is a text', { from: 'alice' }],
    ['a conversation whose id fits into no header', { conversation: { id: 'a:\u2603' } }],
  ])('answers 400 for an activity with %s', async (_name, changes) => {
    expect(await knock(`Bearer ${await world.teams.token({})}`, activity(changes))).toMatchObject({
      status: 400,
      executed: 0,
    });
  });

  it.each(['', '[]', '"text"', '{', 'null'])('answers 4xx for the body %j', async (body) => {
    const { status, executed } = await knock(`Bearer ${await world.teams.token({})}`, body);

    expect({ refused: status >= 400 && status < 500, executed }).toEqual({ refused: true, executed: 0 });
  });

  it('tells people of another tenant that it is not for them, and nothing else', async () => {
    const { replies } = await world.teams.say('oscar', '#joint-project', '@Exemption Desk recommendations');

    expect(replies.at(-1)?.text).toContain('only answers people of the organisation');
  });

  it('answers an activity once, however often it is sent', async () => {
    const again = activity({ id: 'the-same', conversation: conversationOfAlice() });
    const token = `Bearer ${await world.teams.token({})}`;
    const first = await knock(token, again);
    const second = await knock(token, again);

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.executed).toBeGreaterThan(0);
    expect(second.executed).toBe(0);
  });

  const conversationOfAlice = () => {
    const chat = world.teams.conversations().find(({ name }) => name === 'alice');
    return { id: chat?.conversationId, conversationType: 'personal', tenantId: '72f988aa-0000-4000-8000-0000000000aa' };
  };

  it('answers a click that carries nonsense with a sentence', async () => {
    await world.teams.say('alice', 'personal', 'help');
    const card = world.teams.messages('alice').findLast((message) => message.cards.length > 0)!;
    for (const data of [
      {},
      { verb: 'drop-tables' },
      { verb: 'approve-request', reference: "EX-1' or 1=1", version: 'x' },
      'text',
      7,
      null,
    ]) {
      const { replies } = await world.teams.submit('alice', card.id, data);
      expect(replies.at(-1)?.text).toMatch(/That button is outdated|did not understand|What you can do/);
    }
  });
});
