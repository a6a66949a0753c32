import { once } from 'node:events';
import { connect } from 'node:net';
// The bot of the demo loads it into the same process; it then changes the answers of every server there.
import 'restify';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { startBridge, type Bridge } from '../../../simulator/playground/bridge.ts';
import { botId, startTeamsWithStubBot, type TeamsWithStubBot } from '../teams/stub-bot.ts';
import { post, startFakeConnector } from './fake-playground.ts';

describe('the bridge to Microsoft’s Playground', () => {
  let world: TeamsWithStubBot;
  let bridge: Bridge;
  let playground: Awaited<ReturnType<typeof startFakeConnector>>;
  let alice: ReturnType<Bridge['admit']>;
  let stop: () => void;
  const complaints: string[] = [];

  beforeEach(async () => {
    world = await startTeamsWithStubBot();
    bridge = await startBridge(world.teams.backstage, (problem) => void complaints.push(problem));
    playground = await startFakeConnector();
    alice = bridge.admit('alice', '#security-alerts');
    stop = alice.mirror.begin(playground.url);
  });
  afterEach(async () => {
    stop();
    await bridge.close();
    await playground.close();
    await world.close();
    expect(complaints.splice(0)).toEqual([]);
  });

  const chat = (name: string) => world.conversationId(name);
  /** Shaped as the Playground sent it. */
  const activity = (conversationId: string, more: object) => ({
    type: 'message',
    id: '540ed241-a330-4d87-ba4d-d7a35cc6c6d5',
    from: { id: world.teams.userId('alice'), name: 'Alice Anders' },
    timestamp: '2020-01-01T00:00:00.000Z',
    serviceUrl: 'http://localhost:56150/_connector',
    conversation: { conversationType: 'personal', tenantId: 'another', id: conversationId },
    recipient: { id: botId, name: 'Exemption Desk' },
    channelData: { source: { name: 'message' }, tenant: { id: 'another' } },
    channelId: 'msteams',
    ...more,
  });
  const announcement = (id: string) =>
    activity(id, { type: 'installationUpdate', action: 'add', conversation: { id, conversationType: 'personal' } });
  const say = (text: string, more: object = {}) => post(alice.endpoint, activity(chat('alice'), { text, ...more }));
  const openPage = () => post(alice.endpoint, announcement(chat('alice')));
  const postAsBot = async (name: string, text: string, thread = '') =>
    (await world.connector('POST', world.activitiesOf(`${chat(name)}${thread}`), { type: 'message', text })).json.id;
  const whenShown = async (count: number) => {
    await alice.mirror.original('anything');
    expect(playground.shown).toHaveLength(count);
    return playground.shown;
  };

  it('signs as Teams does, and says itself who, where and when', async () => {
    const bob = { id: world.teams.userId('bob'), aadObjectId: 'somebody else', name: 'Bob Berger' };
    expect((await say('help', { from: bob })).status).toBe(200);

    const [{ activity: received, authorization } = world.received[0]!] = world.received;
    const keys = createRemoteJWKSet(new URL('.well-known/keys', world.teams.url));
    const { payload } = await jwtVerify(authorization.replace('Bearer ', ''), keys, { audience: botId });
    expect(payload.serviceurl).toBe(world.teams.serviceUrl);
    expect(received).toMatchObject({
      text: 'help',
      serviceUrl: world.teams.serviceUrl,
      timestamp: '2026-11-25T12:00:00.000Z',
      from: { id: world.teams.userId('alice'), name: 'Alice Anders' },
      recipient: { id: `28:${botId}` },
      conversation: { id: chat('alice'), conversationType: 'personal' },
    });
    expect(JSON.stringify(received)).not.toMatch(/somebody else|another|localhost/);
    expect(world.teams.messages('alice').at(-1)).toMatchObject({ id: received.id, from: 'alice', text: 'help' });
  });

  it.each([
    ['another Host', { host: 'exemption-desk.example' }],
    ['localhost as Host', { host: 'localhost' }],
    ['an Origin', { origin: 'https://evil.example' }],
    ['the Origin of the chat page', { origin: 'http://127.0.0.1:3979' }],
    ['the mark of a browser', { 'sec-fetch-site': 'same-origin' }],
  ])('refuses a request with %s', async (_what, headers) => {
    const answer = await post(alice.endpoint, activity(chat('alice'), { text: 'approve EX-12AB' }), headers);

    expect(answer.status).toBe(403);
    expect(world.received).toEqual([]);
  });

  it('refuses an address that it did not hand out', async () => {
    const { origin } = new URL(alice.endpoint);
    for (const path of ['/api/messages', '/alice/messages', `/${'A'.repeat(32)}/messages`])
      expect((await post(`${origin}${path}`, activity(chat('alice'), { text: 'help' }))).status).toBe(404);
    expect(new URL(alice.endpoint).pathname).toMatch(/^\/[\w-]{32}\/messages$/);
    expect(world.received).toEqual([]);
  });

  it('listens on 127.0.0.1 and nowhere else', async () => {
    const { port } = new URL(alice.endpoint);
    const socket = connect(Number(port), '127.0.0.2');

    await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED');
  });

  it('takes nothing into somebody else’s chat or a chat that there is not', async () => {
    for (const id of [chat('bob'), 'no-group-chat', ''])
      expect((await post(alice.endpoint, activity(id, { text: 'help' }))).status).toBe(404);
    expect(world.received).toEqual([]);
  });

  it('passes on messages and presses, but no announcement and nothing mocked', async () => {
    expect((await openPage()).status).toBe(200);
    const joined = { type: 'conversationUpdate', membersAdded: [{ id: botId }] };
    expect((await post(alice.endpoint, activity(chat('alice'), joined))).status).toBe(200);
    for (const mocked of [
      { type: 'installationUpdate', action: 'remove' },
      { type: 'conversationUpdate', channelData: { eventType: 'teamDeleted' } },
      { type: 'messageReaction' },
    ])
      expect((await post(alice.endpoint, activity(chat('alice'), mocked))).status).toBe(501);
    expect(world.received).toEqual([]);
  });

  it('shows a page that opens everything that there is, then every post and change', async () => {
    await postAsBot('alice', 'Before the page');
    await postAsBot('bob', 'For Bob');
    await postAsBot('#approvals', 'In a channel that this Playground has not');
    expect(await whenShown(0)).toEqual([]);

    await openPage();
    const id = await postAsBot('alice', 'News');
    await world.connector('PUT', `${world.activitiesOf(chat('alice'))}/${id}`, { type: 'message', text: 'Newer' });
    await world.connector('DELETE', `${world.activitiesOf(chat('alice'))}/${id}`);
    const conversationId = chat('alice');
    expect(await whenShown(4)).toEqual([
      { method: 'POST', conversationId, id: 'shown-1', text: 'Before the page' },
      { method: 'POST', conversationId, id: 'shown-2', text: 'News' },
      { method: 'PUT', conversationId, id: 'shown-2', text: 'Newer' },
      { method: 'PUT', conversationId, id: 'shown-2', text: '(deleted)' },
    ]);

    playground.shown.splice(0);
    await openPage();
    expect(await whenShown(1)).toMatchObject([{ method: 'POST', text: 'Before the page' }]);
  });

  it('keeps the threads of a channel together', async () => {
    await openPage();
    const channel = chat('#security-alerts');
    const mention = { type: 'mention', text: '<at>Exemption Desk</at>', mentioned: { id: `28:${botId}` } };
    const text = '<at>Exemption Desk</at> help';
    const typed = activity(`${channel};messageid=17`, { text, entities: [mention] });
    await post(alice.endpoint, typed);

    const { activity: received } = world.received[0]!;
    expect(received.conversation.id).toBe(`${channel};messageid=${received.id}`);
    expect(received.entities).toEqual([mention]);
    await world.reply(received, { text: 'In the thread' });
    await postAsBot('#security-alerts', 'A new post');
    expect(await whenShown(2)).toMatchObject([
      { conversationId: `${channel};messageid=17`, text: 'In the thread' },
      { conversationId: channel, text: 'A new post' },
    ]);

    playground.shown.splice(0);
    await openPage();
    await world.reply(received, { text: 'Later in the thread' });
    expect(await whenShown(3)).toMatchObject([
      { conversationId: channel, text: 'In the thread' },
      { conversationId: channel, text: 'A new post' },
      { conversationId: `${channel};messageid=shown-1`, text: 'Later in the thread' },
    ]);
  });

  it('hands on a press with the id of the pressed card, and the answer to it', async () => {
    await openPage();
    const id = await postAsBot('alice', 'A card');
    const [{ id: shownId } = { id: '' }] = await whenShown(1);
    const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Done.' };
    world.onActivity(({ type }) => (type === 'invoke' ? { body } : undefined));
    const pressed = { replyToId: shownId, value: { action: { type: 'Action.Execute', verb: 'go', data: {} } } };
    const invoke = { type: 'invoke', name: 'adaptiveCard/action', ...pressed };
    const answer = await post(alice.endpoint, activity(chat('alice'), invoke));
    await post(alice.endpoint, activity(chat('alice'), { replyToId: shownId, value: { verb: 'go' } }));

    expect(answer).toEqual({ status: 200, text: JSON.stringify(body) });
    expect(world.received.map(({ activity: { type, replyToId } }) => [type, replyToId])).toEqual([
      ['invoke', id],
      ['message', id],
    ]);
    expect(world.received[0]!.activity.value).toEqual(pressed.value);
  });

  it('tells the Playground what the bot refuses', async () => {
    world.onActivity(() => ({ status: 401 }));

    expect((await say('help')).status).toBe(401);
  });
});
