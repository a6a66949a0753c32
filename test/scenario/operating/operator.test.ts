import { everyLedgerRow } from '../../../scripts/soak/kept/every-ledger-row.ts';
import { claimsOf } from '../../../src/core/request/exemption-claims.ts';
import { PutOff } from '../../../src/core/put-off.ts';
import { applyRequest } from '../../../src/workflow/write/apply-request.ts';
import { resumeDecided } from '../../../src/workflow/tell/follow-requests.ts';
import { switchReadOnly } from '../../../src/workflow/operate/switch-read-only.ts';
import { startWorld, type World } from '../../world.ts';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import { formInputs, latest, offered, openForm, sendRequest } from '../steps.ts';

type Line = { readonly msg: string; readonly correlation?: string } & Readonly<Record<string, unknown>>;

/** What whoever runs the bot can see of it from outside. */
describe('the operator', () => {
  let world: World;
  const lines: Line[] = [];
  const token = 'a token for the monitoring';

  beforeAll(async () => {
    const logTo = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
    world = await startWorld({ logTo, logLevel: 'info', metricsToken: token });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
  });
  afterAll(() => world.close());

  const page = async (authorization = `Bearer ${token}`) => {
    const response = await fetch(`${world.app().url}/metrics`, { headers: { authorization } });
    return { status: response.status, body: await response.text() };
  };
  const numberOf = async (series: string): Promise<number> => {
    const line = (await page()).body.split('\n').find((each) => each.startsWith(`exemption_desk_${series} `));
    return Number(line?.split(' ').at(-1) ?? NaN);
  };

  it('finds one id from the click through the jobs and Azure to the alert', async () => {
    const reference = await sendRequest(world, 'alice');
    lines.length = 0;
    await world.teams.submit('bob', latest(world, '#approvals').id, {
      verb: 'approve-request',
      reference,
      version: 1,
      comment: '',
    });
    await world.app().idle();

    const { correlation } = lines.find(({ msg, event }) => msg === 'A request changed' && event === 'approved')!;
    expect(correlation).toMatch(/^[0-9a-f-]{36}$/);
    const told = lines.filter((line) => line.correlation === correlation);
    expect(told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ msg: 'Received an activity from Teams', type: 'message', status: 200 }),
        expect.objectContaining({ msg: 'Called Azure', method: 'PUT', status: 201 }),
        expect.objectContaining({ msg: 'A request changed', event: 'applied', reference }),
        expect.objectContaining({ msg: 'Handled an alert', outcome: 'sent' }),
      ]),
    );
    const writes = world.azure.requests().filter(({ method }) => method === 'PUT');
    expect(writes.map(({ correlationId }) => correlationId)).toEqual([correlation, correlation, correlation]);
  });

  it('reads numbers with the token, and nobody reads them without', async () => {
    expect((await page('Bearer another')).status).toBe(401);
    expect((await page('')).status).toBe(401);

    expect(await numberOf('request_events_total{event="approved"}')).toBe(1);
    expect(await numberOf('request_events_total{event="applied"}')).toBe(1);
    expect(await numberOf('alerts_total{outcome="sent"}')).toBeGreaterThan(0);
    expect(await numberOf('activities_total{type="message",status="200"}')).toBeGreaterThan(2);
    expect(await numberOf('azure_call_seconds_count{service="resource-manager",method="PUT",status="201"}')).toBe(3);
    expect(await numberOf('resource_graph_quota_left')).toBeGreaterThan(0);
    expect(await numberOf('sweep_seconds_count{way="all"}')).toBeGreaterThan(0);
    expect(await numberOf('blind')).toBe(0);
    expect(await numberOf('jobs_given_up')).toBe(0);
    await world.clock.advance('PT1M');
    expect(await numberOf('last_sweep_age_seconds')).toBeGreaterThanOrEqual(60);
  });

  it('finds no words and no names in the numbers', async () => {
    const { body } = await page();
    for (const word of ['Alice', 'Bob', 'stshop', 'uploader', 'EX-']) expect(body).not.toContain(word);
  });

  it('hears that the bot is ready', async () => {
    const response = await fetch(`${world.app().url}/readyz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ready', reasons: [] }]);
  });

  describe('lets the bot only read', () => {
    const now = () => world.clock.now();
    const database = () => world.app().desk.database;
    const say = async (person: string, line: string): Promise<string> =>
      (await world.teams.say(person, 'personal', line)).replies.map(({ visibleText }) => visibleText).join('\n');
    const exempted = () => world.tenant.exemptions.all().length;
    let pending: string;
    let approved: string;

    beforeAll(async () => {
      const resources = offered(world, 'alice', await openForm(world, 'alice'), 'stshoplogs');
      pending = await sendRequest(world, 'alice', { ...formInputs, resources });
      approved = 'EX-WA1T1N';
      const request = (await database().requests.find(pending))!;
      const decision = { by: people.find(({ key }) => key === 'bob')!, at: now(), comment: '' };
      const decided = {
        ...request,
        reference: approved,
        status: 'approved' as const,
        approvals: [decision],
        decision,
      };
      await database().requests.add(decided);
      // Each exemption has one request that may write it: here the one that is approved.
      await database().claims.release(pending);
      await database().claims.settle([{ by: approved, claims: claimsOf(decided) }], now());
      await switchReadOnly({ now, database: database() }, 'We look into an incident');
    });

    it.each([
      ['alice', 'exempt'],
      ['bob', 'approve EX-ANY234'],
      ['bob', 'reject EX-ANY234 no'],
      ['bob', 'revoke EX-ANY234 no'],
      ['alice', 'withdraw EX-ANY234'],
      ['alice', 'change EX-ANY234'],
      ['alice', 'renew EX-ANY234'],
      ['bob', 'cleanup'],
    ])('refuses %s: %s', async (person, line) => {
      expect(await say(person, line)).toContain(
        'Exemption Desk is read-only at the moment: We look into an incident. Nothing was changed',
      );
    });

    it('refuses a click, and the request waits on', async () => {
      const data = { verb: 'approve-request', reference: pending, version: 1, comment: '' };
      const { replies } = await world.teams.submit('bob', latest(world, '#approvals').id, data);

      expect(replies.map(({ text }) => text)).toEqual([expect.stringContaining('in your personal chat')]);
      expect(world.teams.messages('bob').at(-1)?.text).toContain('read-only at the moment');
      expect((await database().requests.find(pending))?.status).toBe('pending');
    });

    it('goes on showing things, and says what is the matter', async () => {
      expect(await say('bob', 'requests all')).toContain(pending);
      expect(await say('bob', 'exemptions')).toContain('Firewall should be enabled');
      expect(await say('bob', 'status')).toContain('Exemption Desk is read-only: We look into an incident');
      expect(await numberOf('read_only')).toBe(1);
    });

    it('writes nothing that was approved before, until it may', async () => {
      const before = exempted();
      await expect(applyRequest(world.app().desk, approved)).rejects.toThrow(PutOff);
      expect(exempted()).toBe(before);
      expect((await database().requests.find(approved))?.status).toBe('approved');

      const sent: string[] = [];
      const { desk } = world.app();
      const jobs = { ...database().jobs, send: async (name: string) => void sent.push(name) };
      const hourLater = {
        ...desk,
        now: () => new Date(now().getTime() + 3_600_000),
        database: { ...database(), jobs },
      };
      await resumeDecided(hourLater);
      expect(sent).toEqual([]);

      await switchReadOnly({ now, database: database() }, undefined);
      await resumeDecided(hourLater);
      expect(sent).toEqual(['apply-request']);
      await applyRequest(world.app().desk, approved);
      expect((await database().requests.find(approved))?.status).toBe('applied');
      await world.app().idle();
    });

    it('is on record', async () => {
      const events = (await everyLedgerRow(database().ledger)).map(({ event }) => event);
      expect(events.filter((event) => event.startsWith('read-only'))).toEqual(['read-only-begun', 'read-only-ended']);
    });
  });
});
