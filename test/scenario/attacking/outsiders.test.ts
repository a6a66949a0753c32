import { startWorld, type World } from '../../world.ts';
import { tenantId } from '../../../simulator/tenant/contoso/people.ts';
import { knock } from '../knock.ts';
import { latest, sendRequest } from '../steps.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';

const onlyOurs = 'Exemption Desk only answers people of the organisation that runs it.';
const onlyReading = 'Guests can read with Exemption Desk';

/** Every activity carries the tenant of the conversation, so only the roster tells who belongs to the organisation. */
describe('somebody who does not belong to the organisation', () => {
  let world: World;
  let azureBefore: number;
  let reference: string;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', sharedChannels: ['#joint-project'], meetings: ['Town hall'] });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.teams.say('bob', '#joint-project', '@Exemption Desk subscribe contoso');
    await world.app().tick();
    reference = await sendRequest(world, 'alice');
    await world.teams.say('gina', 'personal', 'help');
    await world.clock.advance('PT6M');
  });
  afterAll(() => world.close());
  beforeEach(() => {
    azureBefore = world.azure.requests().length;
  });

  const idOf = (chat: string) => world.teams.conversations().find(({ name }) => name === chat)!.conversationId;
  const inMeeting = () => ({ id: idOf('Town hall'), conversationType: 'groupChat', tenantId: tenantId });
  const said = async (person: string, where: string, text: string): Promise<string> =>
    (await world.teams.say(person, where, text)).replies.map((reply) => reply.visibleText).join('\n');
  const rosterQuestions = () =>
    world.teams.connectorCalls().filter(({ method, path }) => method === 'GET' && path.includes('/members/')).length;

  it('is refused in a shared channel, before Azure is asked', async () => {
    for (const text of ['recommendations', 'exemptions', 'help', 'unsubscribe'])
      expect(await said('oscar', '#joint-project', `@Exemption Desk ${text}`)).toBe(onlyOurs);
    expect(world.azure.requests().slice(azureBefore)).toEqual([]);
    expect(await everySubscription(world.app().desk.database.subscriptions)).toHaveLength(1);
  });

  it('gets the refusal as the answer to a press', async () => {
    const card = world.teams.messages('#joint-project').at(-1)!.id;
    const answer = await world.teams.execute('oscar', card, { verb: 'show-status', data: {} });
    expect(answer).toEqual({ kind: 'message', text: onlyOurs });
  });

  it.each([
    ['of another organisation', 'fiona'],
    ['without an account', 'anna'],
  ])('is refused in a meeting (%s)', async (_what, person) => {
    const value = { verb: 'show-status' };
    const { replies } = await knock(world, person, { value, conversation: inMeeting() }, 'Town hall');
    expect(replies.map(({ text }) => text)).not.toContainEqual(expect.stringContaining('Status'));
    expect(world.azure.requests().slice(azureBefore)).toEqual([]);
  });

  it('is asked about in the personal chat where the bot is in no roster with them', async () => {
    const before = world.teams.messages('bob').length;
    await world.clock.advance('PT6M');
    await knock(world, 'bob', { value: { verb: 'show-status' }, conversation: inMeeting() }, 'Town hall');
    await world.app().idle();
    expect(latest(world, 'bob').visibleText).toContain('Status');
    expect(world.teams.messages('bob').length).toBeGreaterThan(before);
  });

  it('is not taken for a member where Teams does not answer', async () => {
    await world.clock.advance('PT6M');
    world.teams.failNext({ status: 500, code: 'ServiceError', when: ({ path }) => path.includes('/members/') });
    expect(await said('bob', 'personal', 'exemptions')).toBe(
      'Teams did not say whether you belong to this organisation, so nothing was done. Please try again in a minute.',
    );
    expect(await said('bob', 'personal', 'exemptions')).toContain('Exemptions');
  });

  it('is asked about once in five minutes', async () => {
    await world.clock.advance('PT6M');
    const before = rosterQuestions();
    for (const where of ['personal', '#approvals', '#joint-project'])
      await world.teams.say('carol', where, '@Exemption Desk help');
    expect(rosterQuestions() - before).toBe(1);
    await world.clock.advance('PT6M');
    await world.teams.say('carol', 'personal', 'help');
    expect(rosterQuestions() - before).toBe(2);
  });

  describe('but is a guest', () => {
    it('reads, as far as Azure allows it', async () => {
      expect(await said('gina', 'personal', 'exemptions')).toContain(
        'None of your Azure roles lets you read exemptions',
      );
    });

    it.each(['exempt x from y', 'approve EX-12AB', 'revoke EX-12AB', 'cleanup', 'withdraw EX-12AB'])(
      'changes nothing (%s)',
      async (text) => {
        expect(await said('gina', 'personal', text)).toContain(onlyReading);
        expect(world.azure.requests().slice(azureBefore)).toEqual([]);
      },
    );

    it.each(['subscribe contoso', 'unsubscribe', 'approvals here for contoso'])(
      'arranges nothing for a channel (%s)',
      async (text) => {
        expect(await said('gina', '#joint-project', `@Exemption Desk ${text}`)).toContain('in your personal chat');
        expect(world.teams.messages('gina').at(-1)?.text).toContain(onlyReading);
        expect(await everySubscription(world.app().desk.database.subscriptions)).toHaveLength(1);
      },
    );
  });

  it('hears nothing any more in a personal chat of earlier days', async () => {
    world.teams.become('alice', 'shared-channel');
    await world.clock.advance('PT6M');
    const before = world.teams.messages('alice').length;
    await world.teams.say('bob', 'personal', `reject ${reference} "Use the new one."`);
    await world.app().idle();
    expect((await world.app().desk.database.requests.find(reference))?.status).toBe('rejected');
    expect(world.teams.messages('alice')).toHaveLength(before);
    expect((await world.app().desk.database.conversations.find(idOf('alice')))?.unreachable?.reason).toBe(
      'The person of that chat does not belong to this organisation.',
    );
  });
});

describe('a guest whom the operator lets ask', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', allowGuestsToAsk: true });
    world.teams.become('alice', 'guest');
    world.teams.become('bob', 'guest');
    await world.clock.advance('PT6M');
  });
  afterAll(() => world.close());

  it('asks, and another guest does not decide it', async () => {
    const reference = await sendRequest(world, 'alice');
    const { replies } = await world.teams.say('bob', 'personal', `approve ${reference}`);
    expect(replies.at(-1)?.text).toContain('Guests can request exemptions with Exemption Desk');
    expect((await world.app().desk.database.requests.find(reference))?.status).toBe('pending');
  });
});
