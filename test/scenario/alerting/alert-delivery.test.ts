import { everyLedgerRow } from '../../../scripts/soak/kept/every-ledger-row.ts';
import type { Failure } from '../../../simulator/teams/connector/connector-gate.ts';
import { startWorld, type World } from '../../world.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';

/** Alerts arrive, or it is known that they did not. */
describe('the delivery of alerts', () => {
  let world: World;
  let made = 0;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso created');
    await world.app().tick();
  });
  afterAll(() => world.close());

  const channel = '#security-alerts';
  const posts = () =>
    world.teams
      .messages(channel)
      .filter(
        ({ visibleText }) => visibleText.includes('Exemption created outside') || /\d alerts about/.test(visibleText),
      );
  const tries = () => world.teams.connectorCalls().filter(({ path }) => path.endsWith('/v3/conversations'));
  const health = () => world.app().desk.database.alerts.health(world.clock.now());
  const exempt = async () => {
    made += 1;
    await world.control['POST /simulator/portal-exemption']?.({ expiresInDays: 60 + made });
    await world.clock.advance('PT6M');
  };
  const fail = (failure: Failure) =>
    world.teams.failNext({ ...failure, when: ({ path }) => path.endsWith('/v3/conversations') });
  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map(({ visibleText }) => visibleText).join('\n');
  const press = async (person: string, button: string): Promise<string> => {
    const card = world.teams.messages(person).findLast(({ cards }) => JSON.stringify(cards).includes(button));
    const { replies } = await world.teams.submit(person, card?.id ?? '', { verb: 'send-again' });
    await world.app().idle();
    return replies.map(({ text }) => text).join();
  };
  /** What one more alert leads to, with a Teams that fails so. */
  const withFailure = async (failure: Failure) => {
    const before = { posts: posts().length, tries: tries().length, unknowns: (await health()).unknowns };
    fail(failure);
    await exempt();
    return async () => ({
      posts: posts().length - before.posts,
      tries: tries().length - before.tries,
      unknowns: (await health()).unknowns - before.unknowns,
    });
  };

  it.each([
    { status: 429, code: 'Throttled', retryAfter: 1 },
    { status: 412, code: 'PreconditionFailed', retryAfter: 1 },
    { status: 503, code: 'ServiceUnavailable', retryAfter: 1 },
  ])('come back when Teams asked to wait ($status), neither earlier nor twice', async (failure) => {
    const since = await withFailure(failure);
    expect(await since()).toEqual({ posts: 1, tries: 2, unknowns: 0 });

    const [refused, taken] = tries().slice(-2);
    expect(taken!.atMs - refused!.atMs).toBeGreaterThanOrEqual(1000);
  });

  it.each([
    { status: 429, code: 'Throttled' },
    { status: 403, code: 'ServiceError' },
    { status: 404, code: '' },
  ])('come back later when Teams refuses them for now ($status $code)', async (failure) => {
    const since = await withFailure(failure);
    expect(await since()).toEqual({ posts: 0, tries: 1, unknowns: 0 });

    await world.clock.advance('PT1M');
    expect(await since()).toEqual({ posts: 1, tries: 2, unknowns: 0 });
  });

  it('are tried again when nobody knows whether one arrived, and that is counted', async () => {
    const lost = await withFailure({ status: 502, code: 'BadGateway' });
    expect(await lost()).toEqual({ posts: 0, tries: 1, unknowns: 1 });
    await world.clock.advance('PT1M');
    expect(await lost()).toEqual({ posts: 1, tries: 2, unknowns: 1 });

    const arrived = await withFailure({ status: 504, code: 'GatewayTimeout', afterwards: true });
    await world.clock.advance('PT1M');
    expect(await arrived()).toEqual({ posts: 2, tries: 2, unknowns: 1 });
  });

  it('are given up after five such attempts, and can be sent again', async () => {
    const since = await withFailure({ status: 500, code: 'ServiceError', times: 5, afterwards: true });
    for (let minutes = 0; minutes < 6; minutes += 1) await world.clock.advance('PT20M');
    expect(await since()).toEqual({ posts: 5, tries: 5, unknowns: 5 });
    expect(await said('bob', 'status')).toContain(
      '#security-alerts: 1 alert not delivered. Teams did not confirm any of 5 attempts.',
    );

    expect(await press('bob', 'Send again')).toContain('1 alert will be sent again');
    expect(await since()).toMatchObject({ posts: 6 });
    expect(await said('bob', 'status')).toContain('Everything works');
  });

  it('are not tried again when Teams will never take one, and the next one is', async () => {
    const since = await withFailure({ status: 413, code: 'MessageSizeTooBig' });
    await world.clock.advance('PT20M');
    expect(await since()).toEqual({ posts: 0, tries: 1, unknowns: 0 });
    await exempt();
    expect(await since()).toEqual({ posts: 1, tries: 2, unknowns: 0 });
  });

  describe('to a place that Teams refuses', () => {
    beforeAll(async () => {
      await press('bob', 'Send again');
    });

    it('stop, with the reason', async () => {
      const since = await withFailure({ status: 403, code: 'BotNotInConversationRoster' });
      await exempt();
      await world.clock.advance('PT20M');

      expect(await since()).toEqual({ posts: 0, tries: 1, unknowns: 0 });
      expect(await said('bob', 'status')).toContain(
        '#security-alerts: 2 alerts not delivered. Teams refused it (403): Exemption Desk was removed from there.',
      );
    });

    it('tell the name of the place only to those who may read what it is told', async () => {
      for (const person of ['alice', 'dan', 'erin']) {
        const text = await said(person, 'status');
        expect(text).toContain('A channel: 2 alerts not delivered.');
        expect(text).not.toContain('#security-alerts');
      }
    });

    it.each(['alice', 'dan', 'erin'])('are not sent again by %s, who may not read that', async (person) => {
      await said(person, 'status');

      expect(await press(person, 'Send again')).toContain(
        'You may not send this again, because you may not read in Azure',
      );
      expect((await world.app().desk.database.alerts.undeliveredMost(1))[0]?.alerts).toBe(2);
    });

    it('are sent again by somebody who may, once, on record', async () => {
      const before = { posts: posts().length, tries: tries().length };
      await said('carol', 'status');
      expect(await press('carol', 'Send again')).toContain('2 alerts will be sent again');
      await world.app().idle();

      expect([posts().length - before.posts, tries().length - before.tries]).toEqual([2, 2]);
      expect(await press('carol', 'Send again')).toBe('There is nothing to send again.');
      expect(await world.app().desk.database.ledger.verify()).toBeUndefined();
    });

    it('go on as soon as somebody says something there, with what was missed', async () => {
      const since = await withFailure({ status: 404, code: 'ConversationNotFound' });
      await exempt();
      expect(await since()).toEqual({ posts: 0, tries: 1, unknowns: 0 });

      await world.teams.say('dan', channel, '@Exemption Desk help');
      await exempt();
      expect(await since()).toEqual({ posts: 3, tries: 4, unknowns: 0 });
    });
  });

  it.each([
    ['channelDeleted', 'channelRestored', channel],
    ['teamArchived', 'teamUnarchived', undefined],
    ['teamDeleted', 'teamRestored', undefined],
  ] as const)('wait after %s, and arrive after %s', async (closing, opening, which) => {
    const before = { posts: posts().length, tries: tries().length };
    await world.teams.happen(closing, which);
    await exempt();
    expect(tries().length).toBe(before.tries);
    expect(await said('bob', 'status')).toMatch(/1 alert not delivered. The (channel was deleted|team (is|was) )/);

    await world.teams.happen(opening, which);
    await world.app().idle();
    expect(posts().length).toBe(before.posts + 1);
    expect(await said('bob', 'status')).toContain('Everything works');
  });

  it('follow the new name of a channel, and end when its team is gone for good', async () => {
    const { conversations, subscriptions } = world.app().desk.database;
    const { conversationId } = world.teams.conversations().find(({ name }) => name === channel)!;
    await world.teams.happen('teamRenamed', undefined, 'Cloud');
    await world.teams.happen('channelRenamed', channel, 'alarms');
    expect((await conversations.find(conversationId))?.name).toBe('#alarms');

    await world.teams.happen('teamHardDeleted');
    expect(await everySubscription(subscriptions)).toEqual([]);
    expect(await conversations.find(conversationId)).toBeUndefined();
    expect((await everyLedgerRow(world.app().desk.database.ledger)).at(-1)).toMatchObject({ event: 'unsubscribed' });
  });
});
