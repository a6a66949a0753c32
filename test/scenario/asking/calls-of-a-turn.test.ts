import { startWorld, timeFrom, worldStarts, type World } from '../../world.ts';
import { callsOf, type CallsOfTurn } from '../rounds-of.ts';
import { formInputs, latest, offered, openForm, storageRecommendation } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const companies = [
  { tenant: 'contoso', top: 'contoso', approver: 'bob' },
  { tenant: 'fabrikam', top: 'Fabrikam', approver: 'sara' },
] as const;

const named = (calls: CallsOfTurn['calls'], name: string): number => calls.filter((each) => each === name).length;

/** What a turn asks of Azure once the tenant was read for everybody: never more where the tenant is larger, and few one after another. */
describe.each(companies)('the calls to Azure in a turn at $tenant', ({ tenant, top, approver }) => {
  let world: World;
  let form: string;
  // The minute's work asks Azure as well, and what it asked is remembered for a minute: a turn must not live on that.
  let sinceMinutesWork = 0;
  const runs = timeFrom(worldStarts);
  /** Everything that lists remember is forgotten, also what the minute's work has just asked. */
  const later = async (): Promise<void> => {
    await world.clock.advance('PT6M');
    sinceMinutesWork += 90_000;
  };

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant, time: () => runs() + sinceMinutesWork });
    await world.teams.say(approver, '#approvals', `@Exemption Desk approvals here for ${top}`);
    await world.app().tick();
    // Neither what the sweep has just read nor what the welcome asked counts as known to a list.
    await later();
  }, 180_000);
  afterAll(() => world.close());

  const saying = async (person: string, text: string): Promise<CallsOfTurn> =>
    callsOf(world, async () => {
      const { replies } = await world.teams.say(person, 'personal', text);
      expect(replies.map(({ visibleText }) => visibleText).join()).not.toMatch(/could not be read|did not answer/);
    });
  const pressing = (person: string, message: string, title: string, inputs: Record<string, string> = {}) =>
    callsOf(world, () => world.teams.press(person, message, title, inputs));
  const newest = async () => (await everyRequest(world.app().desk.database.requests))[0]!;

  it('are the groups of the person and then one question for the first list, and none for the next', async () => {
    expect(await saying('bob', 'recommendations')).toEqual({ inRow: 2, calls: ['getMemberGroups', 'resources'] });
    for (const text of ['recommendations', 'score', 'requests'])
      expect(await saying('bob', text)).toEqual({ inRow: 0, calls: [] });
  });

  it('are the groups of the person for what is theirs, and with the name of somebody else that name', async () => {
    await later();
    expect(await saying('bob', 'recommendations mine')).toEqual({ inRow: 1, calls: ['getMemberGroups'] });
    const { inRow, calls } = await saying('bob', 'recommendations owner:alice@');
    expect([inRow, calls]).toEqual([1, ['users']]);
  });

  it('are the groups, then at once all that the card of a recommendation by its title shows', async () => {
    await later();
    const { inRow, calls } = await saying('bob', `recommendation ${storageRecommendation}`);
    expect(latest(world, 'bob').visibleText).toContain('unhealthy resource');
    expect({ inRow, calls }).toEqual({ inRow: 2, calls: ['getMemberGroups', 'resources', 'resources', 'resources'] });
  });

  it('are as many in a row for the form of a recommendation by its title', async () => {
    await later();
    const { inRow, calls } = await saying('alice', `exempt stshopprod from ${storageRecommendation}`);
    expect(latest(world, 'alice').visibleText).toContain('Preview');
    expect({ inRow, calls }).toEqual({ inRow: 2, calls: ['getMemberGroups', 'resources', 'resources'] });
  });

  it.each(['requests', 'score'])('are at most four for %s, two of them in a row', async (text) => {
    await later();
    const { inRow, calls } = await saying('bob', text);
    expect(calls.length).toBeLessThanOrEqual(4);
    expect(inRow).toBeLessThanOrEqual(2);
  });

  it.each(['exemptions', 'exemptions expiring', 'exemption no-such-name', 'report', 'cleanup', 'help'])(
    'are only the groups of the person for %s, and none once they are known',
    async (text) => {
      await later();
      expect(await saying('bob', text)).toEqual({ inRow: 1, calls: ['getMemberGroups'] });
      expect(await saying('bob', text)).toEqual({ inRow: 0, calls: [] });
    },
  );

  it('are three at once for one exemption made outside: it, what is near, and the assignments of its scope', async () => {
    await saying('bob', 'exemptions');
    const [first] = world.tenant.exemptions.all();
    const { inRow, calls } = await saying('bob', `exemption ${first!.id}`);
    expect(inRow).toBe(1);
    expect(calls.toSorted()).toEqual(['policyExemptions', 'resources', 'resources']);
  });

  it('are two in a row for a preview, once Exemption Desk knows its own role', async () => {
    form = await openForm(world, 'alice');
    const inputs = { resources: offered(world, 'alice', form, 'stshopprod'), ...formInputs };
    await world.teams.press('alice', form, 'Preview', inputs);
    await world.teams.press('alice', form, 'Change', {});
    await later();
    const { inRow, calls } = await pressing('alice', latest(world, 'alice').id, 'Preview', inputs);
    expect(latest(world, 'alice').visibleText).toContain('Check your request');
    expect(inRow).toBeLessThanOrEqual(2);
    expect(calls.length).toBeLessThanOrEqual(14);
  });

  it('are asked all at once by Send, each anew', async () => {
    await later();
    const { inRow, calls } = await pressing('alice', latest(world, 'alice').id, 'Send');
    expect(await newest()).toMatchObject({ status: 'pending' });
    expect(inRow).toBe(1);
    expect(calls.length).toBeLessThanOrEqual(18);
    expect(named(calls, 'policySetDefinitions')).toBeGreaterThan(0);
  });

  it.each([
    ['request', 2],
    ['why', 2],
  ])('are %s <reference>: at most two in a row', async (word, most) => {
    await later();
    const { inRow } = await saying(approver, `${word} ${(await newest()).reference}`);
    expect(inRow).toBeLessThanOrEqual(most);
  });

  it('are two in a row for an approval: what the approver may do, and what their roles say', async () => {
    const { reference } = await newest();
    const { inRow, calls } = await saying(approver, `approve ${reference}`);
    await world.app().idle();
    expect(await newest()).toMatchObject({ reference, status: 'applied' });
    expect(inRow).toBe(2);
    for (const name of ['roleAssignments', 'denyAssignments', 'roleEligibilityScheduleInstances', 'policyExemptions'])
      expect([name, named(calls, name)]).toEqual([name, 1]);
    expect(calls.length).toBeLessThanOrEqual(7);
  });

  it('are two in a row to open the form of a renewal, and to revoke', async () => {
    await later();
    const { reference } = await newest();
    expect((await saying('alice', `renew ${reference}`)).inRow).toBeLessThanOrEqual(2);
    const { inRow, calls } = await saying(approver, `revoke ${reference} "the uploader is gone"`);
    expect(inRow).toBeLessThanOrEqual(2);
    expect(calls.length).toBeLessThanOrEqual(6);
  });
});
