import { StoreUnavailable } from '../../../src/core/store-unavailable.ts';
import type { Desk } from '../../../src/workflow/desk.ts';
import { startWorld, type World } from '../../world.ts';
import { inboxSteps } from './inbox-steps.ts';
import { latest, sendRequest } from '../steps.ts';

describe('what was acknowledged to Teams', () => {
  let world: World;
  let isLate = false;
  const budgets = new Set<number>();
  const logged: { msg?: string; correlation?: string }[] = [];

  beforeAll(async () => {
    world = await startWorld({
      logTo: { write: (line: string) => void logged.push(JSON.parse(line) as (typeof logged)[0]) },
      inTime: async (work, ms) => (budgets.add(ms), isLate ? undefined : work),
    });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    for (const person of ['alice', 'bob', 'carol']) await world.teams.say(person, 'personal', 'help');
  });
  afterAll(() => world.close());
  beforeEach(() => {
    isLate = false;
    logged.length = 0;
  });

  const { placeOf, send, answers, said, keptOf } = inboxSteps(() => world);

  /** Stands still where requests are listed, until it is let go on. */
  const blocked = (): (() => void) => {
    const { requests } = world.app().desk.database as { requests: { page: Desk['database']['requests']['page'] } };
    const { page } = requests;
    let goOn = (): void => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    requests.page = async (...asked) => {
      await gate;
      return page(...asked);
    };
    return () => {
      requests.page = page;
      goOn();
    };
  };

  it('is acknowledged before it is answered, and does not keep others waiting', async () => {
    const before = said('alice');
    const goOn = blocked();
    expect(await send('alice', 'requests mine')).toMatchObject({ status: 200 });
    const { replies } = await world.teams.say('carol', 'personal', 'help');

    expect(replies.at(-1)?.visibleText).toContain('What you can do');
    expect(answers('alice', before)).toEqual([]);
    goOn();
    await world.app().answered(placeOf('alice'));
    expect(answers('alice', before)).toEqual([expect.stringContaining('My requests')]);
  });

  it('is answered in the order in which it was said', async () => {
    const before = said('alice');
    const goOn = blocked();
    for (const line of ['requests mine', 'nonsense', 'help']) await send('alice', line);
    await world.teams.say('carol', 'personal', 'help');
    expect(answers('alice', before)).toEqual([]);
    goOn();
    await world.app().answered(placeOf('alice'));

    expect(answers('alice', before)).toEqual([
      expect.stringContaining('My requests'),
      expect.stringContaining('did not understand that'),
      expect.stringContaining('What you can do'),
    ]);
  });

  const away = () => Promise.reject(new StoreUnavailable('Away.'));
  it.each([
    ['goes away in the middle', 'requests', { page: away }],
    ['has no room even for taking it up', 'inbox', { take: away }],
  ] as const)('is told once that it waits where the database %s, and is answered later', async (_how, part, fails) => {
    const before = said('alice');
    const works = world.app().desk.database[part];
    const was = { ...works };
    Object.assign(works, fails);
    await send('alice', 'requests mine');
    await world.app().answered(placeOf('alice'));
    await world.app().answered(placeOf('alice'));
    const itWaits = expect.stringContaining('Your message is saved') as string;
    expect(answers('alice', before)).toEqual([itWaits]);

    Object.assign(works, was);
    await world.app().answered(placeOf('alice'));
    expect(answers('alice', before)).toEqual([itWaits, expect.stringContaining('My requests')]);
  });

  it('is answered once, however often Teams sends it', async () => {
    const before = said('alice');
    for (let each = 0; each < 3; each += 1) await send('alice', 'help', 'the-same');
    await world.app().answered(placeOf('alice'));
    await send('alice', 'help', 'the-same');
    await world.app().answered(placeOf('alice'));

    expect(answers('alice', before)).toHaveLength(1);
  });

  it('is answered by whoever starts next, where nobody came to it', async () => {
    const before = said('bob');
    const { desk } = world.app();
    const conversationId = placeOf('bob');
    await desk.database.inbox.keep({ ...keptOf('bob', 'help'), activityId: 'left-behind' });
    expect(answers('bob', before)).toEqual([]);
    await world.restartApp();
    await world.app().answered(conversationId);

    expect(answers('bob', before)).toEqual([expect.stringContaining('What you can do')]);
  });

  const isMessage = ({ body }: { body: unknown }) => (body as { type?: string } | undefined)?.type === 'message';

  it.each([
    ['asks to wait', { status: 429, code: 'Throttled', retryAfter: 1 }],
    ['fails', { status: 502, code: 'BadGateway' }],
  ])('is answered later when Teams %s', async (_how, failure) => {
    const before = said('carol');
    world.teams.failNext({ ...failure, when: isMessage });
    await world.teams.say('carol', 'personal', 'help');

    expect(answers('carol', before)).toEqual([expect.stringContaining('What you can do')]);
  });

  it('is done although Teams does not take the sign that somebody is typing', async () => {
    world.teams.failNext({
      status: 403,
      code: 'Never',
      when: ({ body }) => (body as { type?: string } | undefined)?.type === 'typing',
    });
    const { replies } = await world.teams.say('carol', 'personal', 'help');

    expect(replies.at(-1)?.visibleText).toContain('What you can do');
  });

  it('is given up after three attempts of which nobody knows the outcome', async () => {
    const before = world.teams.connectorCalls().length;
    world.teams.failNext({ status: 500, code: 'ServiceError', when: isMessage, times: 4 });
    await send('carol', 'help');
    await world.app().answered(placeOf('carol'));

    expect(world.teams.connectorCalls().slice(before).filter(isMessage)).toHaveLength(3);
    expect(logged.map(({ msg }) => msg)).toEqual([
      'Answering failed and will be tried again',
      'A job failed',
      'Teams did not accept an answer',
    ]);
    // The failure that is left over.
    await world.teams.say('carol', 'personal', 'help');
  });

  it('is let go where Teams will take no answer, with a line in the log that leads to the request', async () => {
    world.teams.failNext({ status: 403, code: 'ConversationBlockedByUser', when: isMessage });
    const { requestId } = await send('carol', 'help');
    await world.app().answered(placeOf('carol'));

    expect(logged).toEqual([
      expect.objectContaining({ msg: 'Teams did not accept an answer', correlation: requestId }),
    ]);
    const { replies } = await world.teams.say('carol', 'personal', 'nonsense');
    expect(replies.at(-1)?.text).toContain('did not understand that');
  });

  describe('a press that waits for its answer', () => {
    it('is told after two and a half seconds that it takes longer, and the card changes afterwards', async () => {
      const card = latest(world, 'carol').id;
      isLate = true;
      const answer = await world.teams.execute('carol', card, { verb: 'show-status', data: {} });

      expect(answer).toEqual({ kind: 'message', text: expect.stringContaining('Still working on it') as string });
      expect(budgets).toEqual(new Set([2500]));
      await world.teams.waitForMessage('carol', ({ visibleText }) =>
        visibleText.includes('Last look at all exemptions'),
      );
    });

    it('in a channel is answered late in the personal chat, for it was for one person', async () => {
      await sendRequest(world, 'alice');
      const approval = latest(world, '#approvals');
      const reference = /EX-\w+/.exec(approval.visibleText)![0];
      const before = said('bob');
      isLate = true;
      await world.teams.execute('bob', approval.id, { verb: 'refresh-request', data: { reference } });
      await world.teams.waitForMessage('#approvals', ({ text }) =>
        text.includes('The answer is in your personal chat'),
      );

      expect(answers('bob', before)).toEqual([expect.stringContaining(reference)]);
      expect(latest(world, '#approvals')).toEqual(approval);
    });

    it('that nobody pressed but the client is not answered late: the client asks again', async () => {
      const approval = latest(world, '#approvals');
      const reference = /EX-\w+/.exec(approval.visibleText)![0];
      const before = said('bob');
      isLate = true;
      const action = { verb: 'refresh-request', data: { reference } };
      expect((await world.teams.execute('bob', approval.id, action, 'automatic')).kind).toBe('message');
      await world.teams.say('bob', 'personal', 'help');

      expect(answers('bob', before)).toEqual([expect.stringContaining('What you can do')]);
    });
  });
});
