import type { Connection, Delivery, DeliveryResult } from '../../../src/core/connection/connection.ts';
import { targetTroubles } from '../../../src/core/connection/target-health.ts';
import { replayTo, resumeTarget, sendDeadAgain } from '../../../src/workflow/connect/operate-targets.ts';
import { tellTargetsIfDue } from '../../../src/workflow/connect/tell-target.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';

const sent = { kind: 'sent' } as const;

/** A connection that answers as a test wants, and remembers what it was told. */
const connect = (name: string, changes: Partial<Connection> = {}) => {
  const told: (readonly Delivery[])[] = [];
  const answers: (DeliveryResult | Error)[] = [];
  const connection: Connection = {
    name,
    events: ['*'],
    order: 'none',
    atOnce: 1,
    patienceDays: 3,
    mostUnknowns: undefined,
    deliver: async (deliveries) => {
      told.push(deliveries);
      const answer = answers.shift() ?? sent;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    check: async () => ({ seen: 'answers' }),
    ...changes,
  };
  const events = () => told.map((each) => each.map(({ record }) => record?.event).join(' '));
  return { connection, told, answers, events };
};

const happen = ({ desk, clock }: TestDesk, ...events: readonly string[]): Promise<void> =>
  desk.database.transaction(async ({ ledger }) => {
    for (const event of events)
      await ledger.append({
        at: clock.now(),
        actor: { kind: 'job', name: 'test' },
        reference: undefined,
        event,
        from: undefined,
        to: undefined,
        text: '',
        facts: { scope: '/subscriptions/00000000-0000-0000-0000-000000000001' },
      });
  });

const minute = async (test: TestDesk): Promise<void> => {
  test.clock.forward({ minutes: 1 });
  await tellTargetsIfDue(test.desk);
  await test.runJobs();
};

const healthOf = async ({ desk, clock }: TestDesk, name: string) =>
  (await desk.database.outbox.health(clock.now())).find(({ target }) => target === name);

describe('telling the targets of connections', () => {
  it('begins with the transaction, without waiting for the next minute', async () => {
    const soc = connect('webhooks/soc');
    const test = await makeDesk({ connections: [soc.connection] });
    await happen(test, 'approved', 'rejected');
    await test.runJobs();

    expect(soc.events()).toEqual(['approved', 'rejected']);
    expect(soc.told[0]?.[0]).toMatchObject({ scopes: ['/subscriptions/00000000-0000-0000-0000-000000000001'] });
    expect(await healthOf(test, 'webhooks/soc')).toMatchObject({ waiting: 0, lastSentAt: test.clock.now() });
  });

  it('leaves no job behind where nothing is connected', async () => {
    const test = await makeDesk();
    await happen(test, 'approved');
    await tellTargetsIfDue(test.desk);
    expect(test.jobs.waiting).toEqual([]);
  });

  it('goes on with others while one target is away, loses nothing and keeps its keys', async () => {
    const [away, other] = [connect('webhooks/away', { order: 'as-in-ledger' }), connect('webhooks/other')];
    const test = await makeDesk({ connections: [away.connection, other.connection] });
    const retry = { kind: 'retry', reason: 'It did not answer.' } as const;
    away.answers.push(...Array.from({ length: 8 }, () => retry));
    await happen(test, 'a', 'b', 'c');
    await test.runJobs();
    expect(other.events()).toEqual(['a', 'b', 'c']);
    expect(away.events()).toEqual(['a']);
    for (let minutes = 0; minutes < 240; minutes += 1) await minute(test);

    expect(away.events()).toEqual([...Array.from({ length: 8 }, () => 'a'), 'a', 'b', 'c']);
    expect(new Set(away.told.slice(0, 9).map(([first]) => first?.row.key)).size).toBe(1);
    expect(await healthOf(test, 'webhooks/away')).toMatchObject({ waiting: 0, failures: 0, dead: 0 });
  });

  it('leaves a target alone that fails again and again, however much waits for it', async () => {
    const away = connect('webhooks/away');
    const test = await makeDesk({ connections: [away.connection] });
    away.answers.push(...Array.from({ length: 1000 }, () => ({ kind: 'retry', reason: 'away' }) as const));
    await happen(test, ...Array.from({ length: 40 }, (_, index) => `e${index}`));
    await test.runJobs();
    for (let minutes = 0; minutes < 60; minutes += 1) await minute(test);

    expect(away.told.length).toBeLessThan(15);
    const health = await healthOf(test, 'webhooks/away');
    expect(health).toMatchObject({ waiting: 40, lastFailure: 'away' });
    expect(targetTroubles(health === undefined ? [] : [health], test.clock.now())).toEqual([
      'What webhooks/away is to be told has been waiting for more than 15 minutes: away',
    ]);
  });

  it('waits as long as the other side asks', async () => {
    const busy = connect('webhooks/busy');
    const test = await makeDesk({ connections: [busy.connection] });
    busy.answers.push({ kind: 'retry', reason: 'busy', waitMs: 10 * 60_000 });
    await happen(test, 'a', 'b');
    await test.runJobs();
    for (let minutes = 0; minutes < 9; minutes += 1) await minute(test);
    expect(busy.told).toHaveLength(1);
    await minute(test);
    expect(busy.events()).toEqual(['a', 'a', 'b']);
  });

  it('gives up after its days, says so, and tells again when an operator says so', async () => {
    const away = connect('webhooks/away');
    const test = await makeDesk({ connections: [away.connection] });
    away.answers.push({ kind: 'retry', reason: 'away' }, { kind: 'retry', reason: 'away' });
    await happen(test, 'a');
    await test.runJobs();
    test.clock.forward({ days: 3 });
    await minute(test);
    const health = await healthOf(test, 'webhooks/away');
    expect(health).toMatchObject({ waiting: 0, dead: 1, whyDead: 'It was not accepted within 3 days. away' });
    expect(targetTroubles(health === undefined ? [] : [health], test.clock.now())[0]).toContain(
      '1 event for webhooks/away could not be delivered',
    );

    expect(await sendDeadAgain(test.desk, 'webhooks/away')).toBe(1);
    await test.runJobs();
    expect(await healthOf(test, 'webhooks/away')).toMatchObject({ waiting: 0, dead: 0 });
    expect((await test.ledger()).at(-1)?.event).toBe('connection-sent-again');
    await expect(sendDeadAgain(test.desk, 'webhooks/none')).rejects.toThrow('webhooks/none is not connected');
  });

  it('tells a connection that an earlier attempt may have arrived, and gives up after its number of them', async () => {
    const jira = connect('tickets/jira', { mostUnknowns: 2 });
    const test = await makeDesk({ connections: [jira.connection] });
    jira.answers.push({ kind: 'ambiguous', reason: 'silence', waitMs: 120_000 }, new Error('a defect with a secret'));
    await happen(test, 'a');
    await test.runJobs();
    await minute(test);
    expect(jira.told).toHaveLength(1);
    await minute(test);
    expect(jira.told.map(([first]) => first?.row.unknowns)).toEqual([0, 1]);
    const health = await healthOf(test, 'tickets/jira');
    expect(health).toMatchObject({ dead: 1 });
    expect(health?.whyDead).not.toContain('secret');
    expect(test.told).toContain('A connection failed in a way that it did not expect; it is tried again.');
  });

  it('stops where the other side wants nothing any more, and keeps what it would have told', async () => {
    const gone = connect('webhooks/gone');
    const test = await makeDesk({ connections: [gone.connection] });
    gone.answers.push({ kind: 'off', reason: 'It answered 410.' });
    await happen(test, 'a', 'b');
    await test.runJobs();
    await minute(test);
    expect(gone.told).toHaveLength(1);
    expect(await healthOf(test, 'webhooks/gone')).toMatchObject({ waiting: 2, off: { reason: 'It answered 410.' } });

    await resumeTarget(test.desk, 'webhooks/gone');
    await test.runJobs();
    expect(gone.events()).toEqual(['a', 'a', 'b', 'connection-resumed']);
  });

  it('tells everything again from a row of the ledger on, itself too, with the keys of before', async () => {
    const soc = connect('webhooks/soc');
    const test = await makeDesk({ connections: [soc.connection] });
    await happen(test, 'a', 'b');
    await test.runJobs();
    const before = soc.told.map(([first]) => first?.row.key);

    expect(await replayTo(test.desk, 'webhooks/soc', 1)).toBe(3);
    await test.runJobs();
    expect(soc.events().slice(2)).toEqual(['a', 'b', 'connection-replayed']);
    expect(soc.told.slice(2, 4).map(([first]) => first?.row.key)).toEqual(before);
  });

  it('passes several at once in the order of the ledger, and those again that did not fit', async () => {
    const siem = connect('siem/sentinel', { order: 'as-in-ledger', atOnce: 3 });
    const test = await makeDesk({ connections: [siem.connection] });
    siem.answers.push({ kind: 'sent', count: 2 });
    await happen(test, 'a', 'b', 'c', 'd');
    await test.runJobs();
    expect(siem.events()).toEqual(['a b c', 'c d']);
  });

  it('forgets what is unwanted and divides what has parts', async () => {
    const mail = connect('mail/office');
    const test = await makeDesk({ connections: [mail.connection] });
    mail.answers.push({ kind: 'unwanted' }, { kind: 'split', parts: [{ part: 'alice' }, { part: 'bob' }] });
    await happen(test, 'a', 'b');
    await test.runJobs();
    const told = mail.told.map(([first]) => `${first?.record?.event}/${first?.row.part}`);
    expect([told.slice(0, 2), told.slice(2).toSorted()]).toEqual([
      ['a/', 'b/'],
      ['b/alice', 'b/bob'],
    ]);
    expect(test.observed).toContainEqual({ what: 'told', target: 'mail/office', outcome: 'unwanted', count: 1 });
  });
});
