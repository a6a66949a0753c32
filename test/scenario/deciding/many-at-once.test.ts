import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { formInputs, latest } from '../steps.ts';

/** An approver's morning: the list of what waits, narrowed and sorted, and several decisions at once, at a small tidy company and at a large untidy one. */
describe.each(companies)('deciding many requests at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let open: Assessment[];
  const { said, request } = aroundRequests(() => world);
  /** For 20 and 60 days on a resource, and for 45 on a whole subscription. */
  let [short, long, wide] = ['', '', ''];

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    for (const person of [people.approver, people.auditor]) await said(person.key, 'help');
    await world.app().tick();
    const isEnabled = ({ resource }: Assessment): boolean =>
      world.tenant.subscriptions.find(({ subscriptionId }) => subscriptionId === resource.subscriptionId)?.state !==
      'Disabled';
    open = people
      .openFor(people.auditor)
      .filter(isEnabled)
      .filter(
        ({ recommendation: { policyDefinitionId }, resource }) =>
          policyDefinitionId !== undefined && resource.resourceGroup !== '',
      )
      .filter(({ resource }) =>
        people.seesAndMay(people.approver, 'write exemptions', `/subscriptions/${resource.subscriptionId}`),
      );
    short = await ask(open.shift()!, 20);
    long = await ask(open.shift()!, 60);
    const of = open.shift()!;
    wide = await ask(of, 45, `/subscriptions/${of.resource.subscriptionId}`);
  }, patience);
  afterAll(() => world.close());

  const ask = async ({ resource, recommendation }: Assessment, days: number, scope = resource.id): Promise<string> => {
    const by = people.auditor.key;
    await said(by, `exempt "${scope}" from ${recommendation.assessmentKey} for ${days} days as waiver`);
    const form = latest(world, by).id;
    await world.teams.press(by, form, 'Preview', { justification: formInputs.justification });
    await world.teams.press(by, form, 'Send', {});
    await world.app().idle();
    return /EX-[0-9A-Z]+/.exec(latest(world, by).visibleText)![0];
  };
  /** What the approver reads after a line, and the references in the rows. */
  const listed = async (line: string) => {
    const text = await said(people.approver.key, line);
    return { text, rows: [...new Set([...text.matchAll(/(EX-[0-9A-Z]+) · /g)].map(([, reference]) => reference!))] };
  };
  const press = async (title: string, inputs: Record<string, string> = {}): Promise<string> => {
    const { key } = people.approver;
    await world.teams.press(key, latest(world, key).id, title, inputs);
    await world.app().idle();
    return latest(world, key).visibleText;
  };
  const statuses = (...references: readonly string[]) =>
    Promise.all(references.map(async (reference) => (await request(reference)).status));

  it(
    'lists what waits, the most urgent first, and says so',
    async () => {
      const { text, rows } = await listed('requests to decide');
      expect(rows).toHaveLength(3);
      expect(text).toContain('emergencies first, then the worst severity, then what waits longest');
      const order = ['critical', 'high', 'medium', 'low'];
      const ranks = await Promise.all(
        rows.map(async (each) => order.indexOf((await request(each)).terms.recommendation.severity)),
      );
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    },
    patience,
  );

  it(
    'leaves of it what the approver asks for',
    async () => {
      expect((await listed('requests to decide ends:40d..50d')).rows).toEqual([wide]);
      expect((await listed('requests to decide ends:..30d')).rows).toEqual([short]);
      expect((await listed('requests to decide ends:30d.. sort:end')).rows).toEqual([wide, long]);
      expect((await listed('requests to decide sort:end')).rows).toEqual([short, wide, long]);
      expect((await listed('requests to decide sort:waiting')).rows).toEqual([short, long, wide]);
      expect((await listed('requests to decide wide')).rows).toEqual([wide]);
      const first = await listed('requests to decide sort:wide');
      expect(first.rows[0]).toBe(wide);
      expect(first.text).toMatch(/Wide · until/);
    },
    patience,
  );

  it(
    'approves what is ticked and nothing else, with the outcome in the order of the rows',
    async () => {
      const { rows } = await listed('requests to decide');
      const picked = rows.filter((each) => each !== long).map((each) => `${each}-1`);
      const text = await press('Approve these', { picked: picked.join(','), said: 'Seen together.' });
      expect(text).toContain('2 approved');
      const told = [...text.matchAll(/EX-[0-9A-Z]+/g)].map(([reference]) => reference);
      expect(told.filter((each, at) => told.indexOf(each) === at)).toEqual(rows.filter((each) => each !== long));
      for (const each of [short, wide])
        expect(await request(each)).toMatchObject({ decision: { comment: 'Seen together.' } });
      expect(await statuses(long)).toEqual(['pending']);
    },
    patience,
  );

  it(
    'asks once before a typed line approves several, and decides only then',
    async () => {
      const another = await ask(open.shift()!, 30);
      expect(await said(people.approver.key, `approve ${long} ${another} fine by me`)).toContain(
        'Nothing is decided yet',
      );
      expect(await statuses(long, another)).toEqual(['pending', 'pending']);
      expect(await press('Approve 2 requests')).toContain('2 approved');
      for (const each of await statuses(long, another)) expect(each).not.toBe('pending');
      expect(await press('Requests to decide')).toContain('No request waits');
    },
    patience,
  );

  it(
    'rejects several with one reason, which their requester reads, and nothing of what somebody may not decide',
    async () => {
      const both = [await ask(open.shift()!, 30), await ask(open.shift()!, 30)] as const;
      expect((await listed('requests to decide')).rows.toSorted()).toEqual(both.toSorted());
      expect(await said(people.auditor.key, 'requests to decide')).not.toMatch(new RegExp(both.join('|')));
      const picked = both.map((each) => `${each}-1`).join(',');
      expect(await press('Reject these', { picked, said: '' })).toContain('Enter a reason');
      expect(await statuses(...both)).toEqual(['pending', 'pending']);
      await listed('requests to decide');
      expect(await press('Reject these', { picked, said: 'Use the endpoint.' })).toContain('2 rejected');
      expect(await statuses(...both)).toEqual(['rejected', 'rejected']);
      expect(
        world.teams
          .messages(people.auditor.key)
          .map((each) => each.visibleText)
          .join('\n'),
      ).toContain('Use the endpoint.');
    },
    patience,
  );
});
