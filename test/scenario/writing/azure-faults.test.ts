import { startWorld, type World } from '../../world.ts';
import { sendRequest, storageRecommendation } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

type Fault = Readonly<Record<string, string | number | boolean>>;

/** Azure fails in every way that it knows; people are told so in plain words, and nothing they did is lost. */
describe('when Azure fails', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', patience: { tries: 2, tryInMs: 1500 } });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  });
  afterEach(() => clear());
  afterAll(() => world.close());

  const control = (route: string, body: unknown = {}) => world.control[route]!(body);
  const fail = (fault: Fault) => control('POST /simulator/faults', fault);
  const clear = () => control('POST /simulator/faults/clear');
  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  /** Late enough that nothing is remembered any more. */
  const later = () => world.clock.advance('PT2H');
  const requestNamed = async (reference: string) => (await world.app().desk.database.requests.find(reference))!;
  const writtenFor = (reference: string) =>
    [...world.tenant.exemptions.all()].filter((each) =>
      JSON.stringify(each.properties.metadata ?? {}).includes(reference),
    );
  const until = async (holds: () => Promise<boolean> | boolean) => {
    while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
  };

  it.each([
    ['is slow', { kind: 'latency', milliseconds: 5000 }, /^Azure did not answer; nothing was changed/],
    ['throttles', { kind: '429', milliseconds: 60_000 }, /^Azure asked .* to slow down; nothing was changed/],
    ['has a fault', { kind: '500' }, /^Azure did not answer; nothing was changed/],
    ['is overloaded', { kind: '503', milliseconds: 60_000 }, /^Azure did not answer; nothing was changed/],
    ['breaks the connection', { kind: 'reset' }, /^Azure did not answer; nothing was changed/],
    ['never answers', { kind: 'timeout' }, /^Azure did not answer; nothing was changed/],
    ['lets a gateway answer', { kind: 'html' }, /^Azure did not answer; nothing was changed/],
  ] as const)(
    'says so in a sentence when it %s, and answers as soon as it is back',
    async (_story, fault, sentence) => {
      await later();
      await fail(fault);

      expect(await said('alice', 'recommendations storage')).toMatch(sentence);

      await clear();
      expect(await said('alice', 'recommendations storage')).toContain(storageRecommendation);
    },
  );

  it('does not let one failed call among many show', async () => {
    await later();
    await fail({ kind: '503', next: 1 });

    expect(await said('alice', 'recommendations storage')).toContain(storageRecommendation);
  });

  it('keeps the request as it was when the roles of its approver cannot be read', async () => {
    const reference = await sendRequest(world, 'alice');
    const before = await requestNamed(reference);
    await fail({ kind: '503', match: 'roleAssignments' });

    expect(await said('bob', `approve ${reference}`)).toContain(
      'Azure did not answer the question for role assignments; nothing was changed',
    );
    expect(await requestNamed(reference)).toEqual(before);
  });

  it('writes what was approved when Azure is back, each exemption once', async () => {
    const reference = (await everyRequest(world.app().desk.database.requests, ['pending']))[0]!.reference;
    await fail({ kind: 'reset', match: 'policyExemptions', method: 'PUT', afterwards: true, next: 2 });
    await fail({ kind: '503', match: 'policyExemptions', method: 'PUT' });
    const puts = () =>
      world.azure.requests().filter(({ method, path }) => method === 'PUT' && path.includes('policyExemptions'));

    expect(await said('bob', `approve ${reference}`)).toContain('approved');
    await until(() => puts().length >= 2);
    expect((await requestNamed(reference)).status).toBe('approved');

    await clear();
    await world.clock.advance('PT11M');
    const { status, targets } = await requestNamed(reference);
    expect(status).toBe('applied');
    expect(writtenFor(reference)).toHaveLength(targets.length);
    expect((await said('alice', `request ${reference}`)).toLowerCase()).toContain('written to azure');
  });
});
