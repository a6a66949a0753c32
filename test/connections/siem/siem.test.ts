import { redirectingHttpClient } from '../../../simulator/azure/redirecting-http-client.ts';
import { siem } from '../../../src/connections/siem/open-siem.ts';
import { callWith, siemRow } from '../../../src/connections/siem/siem-row.ts';
import { ConnectionMistake, type Connection } from '../../../src/core/connection/connection.ts';
import type { LedgerRecord } from '../../../src/core/ledger/ledger.ts';
import { tellTargetsIfDue } from '../../../src/workflow/connect/tell-target.ts';
import { replayTo } from '../../../src/workflow/connect/operate-targets.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { startIngestion } from './fake-ingestion.ts';

const rule = `dcr-${'0'.repeat(32)}`;
const stream = 'Custom-ExemptionDesk_CL';
const endpoint = 'https://desk-x1.westeurope-1.ingest.monitor.azure.com';
const written = { sentinel: { endpoint, rule } };

const record = (changes: Partial<LedgerRecord> = {}): LedgerRecord => ({
  at: new Date('2026-12-01T08:00:00.123Z'),
  actor: { kind: 'person', person: { objectId: 'oid', tenantId: 'tid', name: 'Alice Adler' } },
  reference: 'EX-AAAA',
  event: 'approved',
  from: 'pending',
  to: 'approved',
  text: 'Because of “Größe”',
  facts: { title: 'MFA should be on' },
  sequence: 12,
  hash: 'f'.repeat(64),
  ...changes,
});

describe('a row of the ledger in Azure Monitor', () => {
  it('has the hash of its row and no words of people, unless the operator wants them', () => {
    const row = siemRow(record(), ['/subscriptions/x'], false);
    expect(row).toMatchObject({ EventUid: 'f'.repeat(64), Sequence: 12, Event: 'approved', CutFields: '' });
    expect(JSON.stringify(row)).not.toMatch(/Größe|Alice/);
    expect(siemRow(record(), [], true)).toMatchObject({ ActorName: 'Alice Adler', Words: 'Because of “Größe”' });
  });

  it('is below 32 kB in each field, and says what was cut', () => {
    const facts = { title: 'short', targets: 'ö'.repeat(40_000), after: 'kept' };
    const row = siemRow(record({ facts, text: '“Größe”'.repeat(10_000) }), [], true);
    expect(row.CutFields).toBe('Facts.targets Words');
    expect(row.Facts).toEqual({ title: 'short', after: 'kept' });
    for (const field of Object.values(row))
      expect(Buffer.byteLength(typeof field === 'string' ? field : JSON.stringify(field))).toBeLessThan(32 * 1024);
    expect(row.Words).toBe(row.Words.toWellFormed());
    expect(row.Words).not.toContain('\uFFFD');
  });

  it('goes with as many others into a call as fit into 1 MB', () => {
    const large = siemRow(record({ facts: { targets: 'x'.repeat(30_000) } }), [], false);
    const { body, count } = callWith(Array.from({ length: 100 }, () => large));
    expect(count).toBe(32);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(1_000_000);
    expect(JSON.parse(body)).toHaveLength(count);
  });
});

describe('the ledger in Azure Monitor', () => {
  let azure: Awaited<ReturnType<typeof startIngestion>>;
  beforeEach(async () => {
    azure = await startIngestion(rule, stream);
  });
  afterEach(() => azure.close());

  const open = (
    file: unknown = written,
    getToken = async (scope: string | string[]) => ({
      token: `for ${String(scope)}`,
      expiresOnTimestamp: Number.MAX_SAFE_INTEGER,
    }),
  ): readonly Connection[] =>
    siem({
      credential: { getToken },
      httpClient: redirectingHttpClient({ [endpoint]: azure.url }),
      now: () => new Date(),
      timeoutMs: 5000,
    }).open(file, () => undefined);

  const happen = ({ desk, clock }: TestDesk, ...events: readonly string[]): Promise<void> =>
    desk.database.transaction(async ({ ledger }) => {
      for (const event of events) {
        const { actor, text, facts, from, to } = record();
        await ledger.append({ at: clock.now(), actor, text, facts, from, to, event, reference: undefined });
      }
    });
  const hour = async (test: TestDesk): Promise<void> => {
    test.clock.forward({ hours: 1 });
    await tellTargetsIfDue(test.desk);
    await test.runJobs();
  };
  const told = () => azure.rows().map(({ Sequence }) => Sequence);

  it('arrives in its order, and again in its order after Azure was away, refused or lost an answer', async () => {
    const test = await makeDesk({ connections: open() });
    await happen(test, 'a', 'b');
    await test.runJobs();
    azure.answers.push({ status: 503 }, { status: 403 }, { status: 429, headers: { 'retry-after': '60' } });
    await happen(test, 'c');
    await test.runJobs();
    await happen(test, 'd', 'e');
    for (let hours = 0; hours < 5; hours += 1) await hour(test);
    expect(told()).toEqual([1, 2, 3, 4, 5]);

    azure.answers.push({ status: 204, lost: true });
    await happen(test, 'f');
    await test.runJobs();
    await happen(test, 'g');
    for (let hours = 0; hours < 3; hours += 1) await hour(test);
    expect(told()).toEqual([1, 2, 3, 4, 5, 6, 6, 7]);
    expect(new Set(azure.rows().map(({ EventUid }) => EventUid)).size).toBe(7);
  });

  it('never gives up, says what Azure refuses, and goes on from where it stood', async () => {
    const test = await makeDesk({ connections: open() });
    azure.answers.push(...Array.from({ length: 30 }, () => ({ status: 403 })));
    await happen(test, 'a', 'b');
    for (let days = 0; days < 40; days += 1) {
      test.clock.forward({ days: 1 });
      await hour(test);
    }
    expect(told()).toEqual([1, 2]);
    expect(await test.desk.database.outbox.health(test.clock.now())).toMatchObject([
      { waiting: 0, dead: 0, lastFailure: expect.stringContaining('Monitoring Metrics Publisher') as string },
    ]);
  });

  it('is told again from a row on, with the same ids', async () => {
    const test = await makeDesk({ connections: open() });
    await happen(test, 'a', 'b', 'c');
    await test.runJobs();
    await replayTo(test.desk, 'siem/sentinel', 2);
    await test.runJobs();
    expect(told()).toEqual([1, 2, 3, 2, 3, 4]);
    expect(azure.rows()[3]).toEqual(azure.rows()[1]);
  });

  it('takes every column that is sent', async () => {
    const test = await makeDesk({ connections: open() });
    await happen(test, 'a');
    await test.runJobs();
    expect(Object.keys(azure.rows()[0] ?? {}).toSorted()).toEqual(Object.keys(siemRow(record(), [], false)).toSorted());
  });

  it('is tried by the doctor without a row', async () => {
    const [connection] = open();
    expect(await connection?.check()).toEqual({ seen: `Azure Monitor takes rows for ${stream}` });
    azure.answers.push({ status: 403 });
    await expect(connection?.check()).rejects.toThrow('Monitoring Metrics Publisher');
    const [unknown] = open({ sentinel: { endpoint, rule: `dcr-${'1'.repeat(32)}` } });
    await expect(unknown?.check()).rejects.toThrow('404');
    const [signedOut] = open(written, () => Promise.reject(new Error('no')));
    await expect(signedOut?.check()).rejects.toThrow('Entra gave no token');
  });

  it.each([
    [{ sentinel: { endpoint: 'https://evil.example', rule } }, 'endpoint is missing or not valid'],
    [
      { sentinel: { endpoint: 'https://evil.example/.ingest.monitor.azure.com', rule } },
      'endpoint is missing or not valid',
    ],
    [{ sentinel: { endpoint, rule: 'other' } }, 'rule is missing or not valid'],
    [{ sentinel: { ...written.sentinel, secret: 'x' } }, 'a field that is not known'],
  ])('gets no token anywhere else: %j', (file, line) => {
    expect(() => open(file)).toThrow(ConnectionMistake);
    expect(() => open(file)).toThrow(line);
  });
});
