import { createRemoteJWKSet, jwtVerify } from 'jose';
import { tenantId } from '../../../simulator/tenant/contoso/people.ts';
import { botId, card, startTeamsWithStubBot } from './stub-bot.ts';
import type { TeamsWithStubBot } from './stub-bot.ts';

describe('what people do in the simulated Teams', () => {
  let world: TeamsWithStubBot;
  beforeEach(async () => {
    world = await startTeamsWithStubBot();
  });
  afterEach(() => world.close());

  const postCard = async (where: string, content: ReturnType<typeof card>) => {
    const posted = await world.connector('POST', world.activitiesOf(world.conversationId(where)), {
      type: 'message',
      attachments: [content],
    });
    return posted.json.id;
  };

  it('signs what it sends as the Bot Framework channel does', async () => {
    await world.teams.say('alice', 'personal', 'help');

    const metadata = (await (await fetch(world.teams.openIdMetadataUrl)).json()) as { jwks_uri: string };
    const keys = (await (await fetch(metadata.jwks_uri)).json()) as { keys: { endorsements: string[] }[] };
    const token = world.received[0]!.authorization.replace('Bearer ', '');
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(metadata.jwks_uri)), {
      issuer: 'https://api.botframework.com',
      audience: botId,
      requiredClaims: ['exp'],
    });
    expect(payload.serviceurl).toBe(world.received[0]!.activity.serviceUrl);
    expect(keys.keys[0]!.endorsements).toEqual(['msteams']);
  });

  it('lends forged tokens to tests', async () => {
    const { teams } = world;
    const metadata = (await (await fetch(teams.openIdMetadataUrl)).json()) as { jwks_uri: string };
    const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
    const verify = async (token: Promise<string>) => jwtVerify(await token, keys, { audience: botId });

    await expect(verify(teams.token())).resolves.toBeDefined();
    await expect(verify(teams.token({ wrongKey: true }))).rejects.toThrow('signature verification failed');
    await expect(verify(teams.token({ expiresIn: -3600 }))).rejects.toThrow('"exp"');
    await expect(verify(teams.token({ notBefore: 3600 }))).rejects.toThrow('"nbf"');
    await expect(verify(teams.token({ audience: 'another bot' }))).rejects.toThrow('"aud"');
    await expect(verify(teams.token({ keyId: 'unknown' }))).rejects.toThrow('no applicable key');
  });

  it('sends a personal message as Teams shapes it and hands back the replies', async () => {
    world.onActivity(async (activity) => {
      await world.reply(activity, { text: 'Hello **Alice**' });
      return undefined;
    });
    const turn = await world.teams.say('alice', 'personal', 'help');

    expect(turn).toMatchObject({
      status: 200,
      problem: undefined,
      replies: [{ from: 'bot', text: 'Hello **Alice**' }],
    });
    expect(world.received[0]!.activity).toMatchObject({
      type: 'message',
      channelId: 'msteams',
      text: 'help',
      textFormat: 'plain',
      timestamp: '2026-11-25T12:00:00.000Z',
      localTimestamp: '2026-11-25T13:00:00.000+01:00',
      localTimezone: 'Europe/Berlin',
      locale: 'en-US',
      from: {
        id: world.teams.userId('alice'),
        name: 'Alice Anders',
        aadObjectId: '00000000-0000-4000-8000-000000000101',
      },
      recipient: { id: `28:${botId}`, name: 'Exemption Desk' },
      conversation: { conversationType: 'personal', tenantId, id: world.conversationId('alice') },
      channelData: { tenant: { id: tenantId } },
    });
    expect(world.teams.messages('bob')).toEqual([]);
  });

  it('sends what the client of each person says of clock and language, and nothing of it where something happens to a place', async () => {
    world.teams.useClient('alice', { timeZone: 'Asia/Kolkata', locale: 'en-IN' });
    await world.teams.say('alice', 'personal', 'help');
    await world.teams.happen('teamRenamed', undefined, 'Cloud');
    const [message] = world.received.filter(({ activity }) => activity.type === 'message');
    expect(message!.activity).toMatchObject({
      localTimestamp: '2026-11-25T17:30:00.000+05:30',
      localTimezone: 'Asia/Kolkata',
      locale: 'en-IN',
      entities: [{ type: 'clientInfo', timezone: 'Asia/Kolkata', locale: 'en-IN' }],
    });
    const updates = world.received.filter(({ activity }) => activity.type === 'conversationUpdate');
    expect(updates.length).toBeGreaterThan(0);
    for (const { activity } of updates)
      expect([activity.localTimezone, activity.locale]).toEqual([undefined, undefined]);
  });

  it('sends a channel message only when the bot is mentioned, and in its thread', async () => {
    const silent = await world.teams.say('alice', '#approvals', 'who approves this?');
    expect(silent.status).toBeUndefined();
    expect(world.received).toEqual([]);

    await world.teams.say('alice', '#approvals', '@exemption desk requests <b>');
    const [question, addressed] = world.teams.messages('#approvals');
    const channelId = world.conversationId('#approvals');
    expect(world.received[0]!.activity).toMatchObject({
      text: '<at>Exemption Desk</at>&nbsp;requests <b>',
      conversation: {
        isGroup: true,
        conversationType: 'channel',
        tenantId,
        id: `${channelId};messageid=${addressed!.id}`,
      },
      channelData: {
        channel: { id: channelId },
        tenant: { id: tenantId },
        team: { id: world.conversationId('#General') },
      },
    });
    expect(world.received[0]!.activity.entities![0]).toEqual({
      type: 'mention',
      text: '<at>Exemption Desk</at>',
      mentioned: { id: `28:${botId}`, name: 'Exemption Desk' },
    });

    await world.teams.say('bob', '#approvals', '@Exemption Desk help', question!.id);
    expect(world.received[1]!.activity.conversation.id).toBe(`${channelId};messageid=${question!.id}`);
  });

  it('says why the bot did not take a message', async () => {
    world.onActivity(() => ({ status: 500 }));
    expect(await world.teams.say('alice', 'personal', 'help')).toMatchObject({ status: 500 });
    expect(world.teams.messages('alice')[0]!.problem).toBe('The bot answered 500.');
  });

  it('names the tenant of the conversation, whoever acts', async () => {
    await world.teams.say('gina', 'personal', 'help');
    expect(world.received.at(-1)!.activity.conversation.tenantId).toBe('72f988aa-0000-4000-8000-0000000000aa');
  });

  it('tells the bot where it is installed', async () => {
    await world.teams.installAll();
    const kinds = world.received.map(({ activity }) => `${activity.type} ${activity.from.name}`);
    expect(kinds.slice(0, 4)).toEqual([
      'installationUpdate Bob Berger',
      'conversationUpdate Bob Berger',
      'installationUpdate Alice Anders',
      'conversationUpdate Alice Anders',
    ]);
    expect(kinds.join()).not.toMatch(/Dan|Gina/);
    expect(world.received[0]!.activity).toMatchObject({
      action: 'add',
      conversation: { id: world.conversationId('#security-alerts'), conversationType: 'channel' },
      channelData: { team: { name: 'Cloud Security' }, settings: { selectedChannel: {} } },
    });
    expect(world.received[1]!.activity).toMatchObject({ membersAdded: [{ id: `28:${botId}` }] });
  });

  it('installs the bot for somebody who talks to it for the first time', async () => {
    await world.teams.say('dan', 'personal', 'help');
    expect(world.received.map(({ activity }) => activity.type)).toEqual([
      'installationUpdate',
      'conversationUpdate',
      'message',
    ]);
  });

  it('submits a filled card as a message with a value and no text', async () => {
    const id = await postCard(
      '#approvals',
      card(
        [
          { type: 'Input.Text', id: 'reason', isRequired: true },
          { type: 'Input.Toggle', id: 'tell' },
        ],
        {
          actions: [{ type: 'Action.Submit', title: 'Reject', data: { verb: 'reject', request: 'EX-12AB' } }],
        },
      ),
    );
    await expect(world.teams.press('bob', id, 'Reject')).rejects.toThrow(
      'The input reason must be filled before "Reject".',
    );
    expect(world.teams.buttons('bob', id)).toEqual(['Reject']);
    await expect(world.teams.press('bob', id, 'Approve')).rejects.toThrow('there are: Reject');
    await world.teams.press('bob', id, 'Reject', { reason: 'Too long' });

    const { activity } = world.received[0]!;
    expect(activity).toMatchObject({
      type: 'message',
      replyToId: id,
      value: { verb: 'reject', request: 'EX-12AB', reason: 'Too long', tell: 'false' },
      conversation: { id: `${world.conversationId('#approvals')};messageid=${id}` },
    });
    expect(activity).not.toHaveProperty('text');
  });

  it('presses no button whose data has a member that Microsoft’s renderer keeps for itself', async () => {
    const button = { type: 'Action.Submit', title: 'Open', data: { verb: 'open', key: 'one' } };
    const id = await postCard('bob', card([], { actions: [button] }));

    await expect(world.teams.press('bob', id, 'Open')).rejects.toThrow("Cannot assign to read only property 'key'");
    expect(world.received).toEqual([]);
  });

  it('shows the card that answers Action.Execute to that person alone, until the message is updated', async () => {
    const execute = { type: 'Action.Execute', title: 'Show', verb: 'show', data: { page: 1 } };
    const id = await postCard('#approvals', card([{ type: 'TextBlock', text: 'base' }], { actions: [execute] }));
    const own = card([{ type: 'TextBlock', text: 'for Bob' }]).content;
    world.onActivity(() => ({
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: own },
    }));

    expect(await world.teams.press('bob', id, 'Show')).toEqual({ kind: 'card', card: own });
    expect(world.received[0]!.activity).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: id,
      value: { action: { type: 'Action.Execute', verb: 'show', data: { page: 1 } }, trigger: 'manual' },
    });
    expect(world.teams.cardFor('bob', id)).toEqual(own);
    expect(world.teams.cardFor('alice', id)).toMatchObject({ body: [{ text: 'base' }] });

    const updated = card([{ type: 'TextBlock', text: 'approved' }]);
    await world.connector('PUT', `${world.activitiesOf(world.conversationId('#approvals'))}/${id}`, {
      type: 'message',
      attachments: [updated],
    });
    expect(world.teams.cardFor('bob', id)).toEqual(updated.content);
  });

  it.each([
    [
      {
        body: {
          statusCode: 403,
          type: 'application/vnd.microsoft.error',
          value: { code: 'Forbidden', message: 'No.' },
        },
      },
      'No.',
    ],
    [
      { status: 500, body: { statusCode: 403, type: 'application/vnd.microsoft.error', value: { message: 'No.' } } },
      'wrong',
    ],
    [{ status: 200 }, 'wrong'],
  ])('shows an error for %j', async (answer, words) => {
    const id = await postCard('alice', card([]));
    world.onActivity(() => answer);
    const shown = await world.teams.execute('alice', id, { verb: 'show' });
    expect(shown).toMatchObject({ kind: 'error', message: expect.stringContaining(words) as string });
  });

  it('refreshes a card for the people it lists, at most once a minute', async () => {
    let minutes = 0;
    await world.close();
    world = await startTeamsWithStubBot({ realTime: () => minutes * 60_000 });
    const refresh = { action: { type: 'Action.Execute', verb: 'look' }, userIds: [world.teams.userId('bob')] };
    const id = await postCard('#approvals', card([], { refresh }));
    const fresh = card([{ type: 'TextBlock', text: 'yours' }]).content;
    world.onActivity(() => ({
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: fresh },
    }));

    expect(await world.teams.refresh('alice', id)).toMatchObject({ refreshed: false });
    expect(await world.teams.refresh('bob', id)).toMatchObject({ refreshed: true });
    expect(world.received[0]!.activity.value).toMatchObject({ trigger: 'automatic' });
    minutes = 0.5;
    expect(await world.teams.refresh('bob', id)).toEqual({ refreshed: false, againInMs: 30_000 });
    minutes = 1;
    expect(await world.teams.refresh('bob', id)).toMatchObject({ refreshed: true });
    expect(world.received).toHaveLength(2);
  });
});
