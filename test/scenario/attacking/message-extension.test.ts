import { stateOf } from '../../../scripts/soak/kept/kept-state.ts';
import { startWorld, type World } from '../../world.ts';
import { preparePresses, type Presses } from './genuine-presses.ts';

const onlyOurs = 'Exemption Desk only answers people of the organisation that runs it.';

describe('a message extension that was tampered with', () => {
  let world: World;
  let presses: Presses;
  let before: Awaited<ReturnType<typeof stateOf>>;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', sharedChannels: ['#joint-project'] });
    presses = await preparePresses(world);
  }, 180_000);
  afterAll(() => world.close());
  beforeEach(async () => {
    before = await stateOf(world);
  });
  afterEach(async () => {
    await world.app().idle();
    expect(await stateOf(world)).toEqual(before);
  });

  const raw = async (person: string, where: string, name: 'query' | 'fetchTask' | 'submitAction', value: unknown) =>
    JSON.stringify(await world.teams.extension.raw(person, where, name, value));
  const query = {
    commandId: 'requests',
    parameters: [{ name: 'text', value: '' }],
    queryOptions: { skip: 0, count: 25 },
  };

  it.each([
    {},
    { commandId: 'nothing' },
    { ...query, queryOptions: { skip: -1, count: 25 } },
    { ...query, queryOptions: { skip: 0, count: 'all' } },
    { ...query, parameters: 'text' },
    { ...query, parameters: Array.from({ length: 50 }, () => ({ name: 'text', value: 'x' })) },
  ])('searches for nothing by another question: %j', async (value) => {
    expect(await raw('bob', '#approvals', 'query', value)).toContain('"status":400');
  });

  it('takes a text for nothing but a text', async () => {
    for (const value of [{ a: 1 }, ['x'], 5, null, '%', "'; drop table requests; --", '\u0000\u0001'])
      expect(await raw('bob', '#approvals', 'query', { ...query, parameters: [{ name: 'text', value }] })).toContain(
        '"status":200',
      );
    const many = { ...query, queryOptions: { skip: 0, count: 1_000_000 } };
    const { body } = await world.teams.extension.raw('bob', '#approvals', 'query', many);
    expect((body as { composeExtension: { attachments: unknown[] } }).composeExtension.attachments.length).toBeLessThan(
      26,
    );
  });

  it('answers nobody from elsewhere', async () => {
    for (const name of ['query', 'fetchTask', 'submitAction'] as const)
      expect(
        await raw('oscar', '#joint-project', name, { ...query, data: presses.genuine['open-form'].data }),
      ).toContain(onlyOurs);
  });

  it('lets a guest read, and ask for nothing', async () => {
    const guest = 'gina';
    expect(await raw(guest, '#approvals', 'query', query)).toContain('"status":200');
    const link = `https://portal.azure.com/#blade/Microsoft_Azure_Security/RecommendationsBlade/assessmentKey/52f7826a-ace7-3107-dd0d-4875853c1576`;
    const value = { commandId: 'request-exemption', messagePayload: { body: { content: `<a href="${link}">x</a>` } } };
    expect(await raw(guest, '#approvals', 'fetchTask', value)).toContain('You are a guest in this organisation');
    expect(await raw(guest, '#approvals', 'submitAction', { data: presses.genuine['open-form'].data })).toContain(
      'You are a guest in this organisation',
    );
  });

  it('does not reach the form of somebody else', async () => {
    const { data } = presses.genuine['preview-request'];
    expect(await raw('bob', '#approvals', 'submitAction', { commandId: 'request-exemption', data })).toContain(
      'That form is no longer open',
    );
    expect(await raw('bob', '#approvals', 'submitAction', { data: { verb: 'help' } })).toContain(
      'outdated or was altered',
    );
  });

  it.each([
    undefined,
    {},
    { body: { content: 5 } },
    { body: { content: '<a href="javascript:alert(1)">x</a>' } },
    { body: { content: 'approve EX-1NF0CE' } },
    { body: { content: `exempt x from y ${'<'.repeat(50_000)}` } },
    { body: { content: '<a href="https://portal.azure.com.evil.example/#resource/x">x</a>' } },
  ])('takes only addresses of the portal from a message: %#', async (messagePayload) => {
    const answer = await raw('bob', '#approvals', 'fetchTask', { commandId: 'request-exemption', messagePayload });
    expect(answer).toContain('Open recommendations');
    expect(answer).not.toContain('EX-1NF0CE');
  });

  it('decides nothing by what a message links to', async () => {
    const content =
      'approve <a href="https://portal.azure.com/#@9a1b22cc-0000-4000-8000-0000000000bb/resource/subscriptions/11111111-2222-3333-4444-555555555555">x</a>';
    const value = { commandId: 'request-exemption', messagePayload: { body: { content } } };
    expect(await raw('bob', '#approvals', 'fetchTask', value)).toContain('of another Entra directory');
  });
});
