import { card, startTeamsWithStubBot } from './stub-bot.ts';
import type { TeamsWithStubBot } from './stub-bot.ts';

describe('the simulated Bot Connector', () => {
  let world: TeamsWithStubBot;
  beforeAll(async () => {
    world = await startTeamsWithStubBot();
  });
  afterAll(() => world.close());

  const say = (name: string, text: string) =>
    world.connector('POST', world.activitiesOf(world.conversationId(name)), { type: 'message', text });

  it('starts a thread in a channel and takes replies to it', async () => {
    const channelId = world.conversationId('#security-alerts');
    const { status, json } = await world.connector('POST', 'conversations', {
      isGroup: true,
      channelData: { channel: { id: channelId } },
      activity: { type: 'message', attachments: [card([{ type: 'TextBlock', text: 'About to expire' }])] },
    });
    expect(status).toBe(201);
    expect(json.id).toBe(`${channelId};messageid=${json.activityId}`);
    await world.connector('POST', world.activitiesOf(json.id), { type: 'message', text: 'Renewed' });

    const [post, reply] = world.teams.messages('#security-alerts');
    expect(post).toMatchObject({ id: json.activityId, visibleText: 'About to expire' });
    expect(reply).toMatchObject({ threadId: json.activityId, conversationId: json.id, text: 'Renewed' });
  });

  it('starts a personal chat with somebody who has the bot, and refuses it for anybody else', async () => {
    const start = (id: string) => world.connector('POST', 'conversations', { isGroup: false, members: [{ id }] });
    expect((await start(world.teams.userId('bob'))).json.id).toBe(world.conversationId('bob'));
    const refused = { status: 403, error: { code: 'BotNotInConversationRoster' } };
    expect(await start(world.teams.userId('dan'))).toMatchObject(refused);
    expect(await say('dan', 'hello')).toMatchObject(refused);
    await world.teams.install('dan');
    expect((await say('dan', 'hello')).status).toBe(201);
    await world.teams.uninstall('dan');
    expect(await say('dan', 'hello')).toMatchObject(refused);
    expect((await start('29:nobody')).status).toBe(400);
  });

  it('is refused in every channel of a team that has removed it, and hears of nothing there', async () => {
    await world.teams.uninstall('team');
    expect(world.received.at(-1)?.activity).toMatchObject({
      type: 'installationUpdate',
      action: 'remove',
      conversation: { id: world.conversationId('#General') },
    });
    expect(await say('#approvals', 'hello')).toMatchObject({ status: 403 });
    const { status } = await world.teams.say('bob', '#approvals', '@Exemption Desk help');
    expect(status).toBeUndefined();

    await world.teams.install('team');
    expect((await say('#approvals', 'hello')).status).toBe(201);
  });

  it("updates and deletes the bot's own messages only", async () => {
    await world.teams.say('alice', '#team-shop', 'mine');
    const { id } = (await say('#team-shop', 'first')).json;
    const path = world.activitiesOf(world.conversationId('#team-shop'));
    const change = (activityId: string) =>
      world.connector('PUT', `${path}/${activityId}`, { type: 'message', text: 'second' });

    expect((await change(id)).json.id).toBe(id);
    expect(world.teams.messages('#team-shop').at(-1)).toMatchObject({ text: 'second', version: 2 });
    const [hers] = world.teams.messages('#team-shop');
    expect(await change(hers!.id)).toMatchObject({ status: 403, error: { code: 'ForbiddenOperationException' } });

    expect((await world.connector('DELETE', `${path}/${id}`)).status).toBe(200);
    expect(world.teams.messages('#team-shop').at(-1)).toMatchObject({ deleted: true, text: '' });
    expect(await change(id)).toMatchObject({ status: 404, error: { code: 'ActivityNotFoundInConversation' } });
  });

  it('refuses what Teams refuses', async () => {
    const path = world.activitiesOf(world.conversationId('alice'));
    const post = (body: unknown, where = path) => world.connector('POST', where, body);
    expect(await post({ text: 'no type' })).toMatchObject({ status: 400, error: { code: 'BadSyntax' } });
    expect(await post({ type: 'message' })).toMatchObject({ status: 400 });
    expect(await post({ type: 'message', text: 'x'.repeat(60_000) })).toMatchObject({
      status: 413,
      error: { code: 'MessageSizeTooBig' },
    });
    const elsewhere = world.activitiesOf('19:gone@thread.tacv2');
    expect(await post({ type: 'message', text: 'x' }, elsewhere)).toMatchObject({
      status: 404,
      error: { code: 'ConversationNotFound' },
    });
  });

  it('tells who is there', async () => {
    const get = (path: string) => world.connector('GET', path);
    const channel = `conversations/${encodeURIComponent(world.conversationId('#approvals'))}`;
    const bob = await get(`${channel}/members/${encodeURIComponent(world.teams.userId('bob'))}`);
    expect(bob.json).toMatchObject({ name: 'Bob Berger', userPrincipalName: 'bob@contoso.com', userRole: 'user' });
    const gina = await get(`${channel}/members/${world.teams.userId('gina')}`);
    expect(gina.json).toMatchObject({ userRole: 'guest', tenantId: '72f988aa-0000-4000-8000-0000000000aa' });

    const first = await get(`${channel}/pagedmembers?pageSize=4`);
    const second = await get(
      `${channel}/pagedmembers?pageSize=4&continuationToken=${String(first.json.continuationToken)}`,
    );
    expect(first.json.members).toHaveLength(4);
    expect(second.json.members).toHaveLength(3);
    expect(second.json).not.toHaveProperty('continuationToken');

    const team = await get(`teams/${encodeURIComponent(world.conversationId('#General'))}/conversations`);
    expect(team.json.conversations).toContainEqual({
      id: world.conversationId('#approvals'),
      name: 'approvals',
      type: 'standard',
    });
  });

  it('fails when told to, before or after doing what was asked', async () => {
    world.teams.failNext({ status: 429, code: 'Throttled', retryAfter: 7 });
    const throttled = await say('erin', 'one');
    expect(throttled).toMatchObject({ status: 429, error: { code: 'Throttled' } });
    expect(throttled.headers.get('retry-after')).toBe('7');
    expect(world.teams.messages('erin')).toEqual([]);

    world.teams.failNext({
      status: 502,
      code: 'BadGateway',
      afterwards: true,
      when: ({ method }) => method === 'POST',
    });
    expect((await say('erin', 'two')).status).toBe(502);
    expect(world.teams.messages('erin').map(({ text }) => text)).toEqual(['two']);
    expect((await say('erin', 'three')).status).toBe(201);
    expect(
      world.teams
        .connectorCalls()
        .slice(-3)
        .map(({ status }) => status),
    ).toEqual([429, 502, 201]);
  });

  it('wants a bearer token when asked to', async () => {
    const strict = await startTeamsWithStubBot({ requireBotToken: true });
    const path = strict.activitiesOf(strict.conversationId('alice'));
    const post = (headers: Record<string, string>) =>
      strict.connector('POST', path, { type: 'message', text: 'x' }, headers);
    expect((await post({})).status).toBe(401);
    expect((await post({ authorization: 'Bearer anything' })).status).toBe(201);
    await strict.close();
  });

  it('waits for a message that comes later, and says what it saw when none comes', async () => {
    const waiting = world.teams.waitForMessage('frank', ({ text }) => text === 'done');
    await say('frank', 'started');
    await say('frank', 'done');
    expect((await waiting).text).toBe('done');
    await expect(world.teams.waitForMessage('frank', () => false, 1)).rejects.toThrow('bot: started');
  });
});
