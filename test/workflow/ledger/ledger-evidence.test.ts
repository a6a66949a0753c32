import { everyLedgerRow } from '../../../scripts/soak/kept/every-ledger-row.ts';
import { asPerson } from '../../../src/core/person.ts';
import { recordOf } from '../../../src/core/ledger/request-record.ts';
import { withApproval, type ExemptionRequest } from '../../../src/core/request/request.ts';
import type { PublishedHead } from '../../../src/core/ledger/published-heads.ts';
import { keptHeads } from '../../fakes/kept-heads.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { exportEvidence } from '../../../src/workflow/ledger/export-evidence.ts';
import { publishLedgerHead } from '../../../src/workflow/ledger/publish-ledger-head.ts';
import { freshStore } from '../../store/fresh-database.ts';
import { alice, approval, bob, pendingRequest } from '../../store/samples.ts';

const timeZone = 'Europe/Berlin';

describe('the ledger as evidence', () => {
  let opened: OpenStore;
  const textOf = async (pieces: AsyncIterable<string>): Promise<string> => {
    let text = '';
    for await (const piece of pieces) text += piece;
    return text;
  };
  const takeEvidence = async (subject: Parameters<typeof exportEvidence>[1]) => {
    const files = await exportEvidence(
      { now: () => new Date('2026-12-01T10:00:00Z'), timeZone, database: opened.store },
      subject,
    );
    return { ...files, markdown: await textOf(files.markdown()), csv: await textOf(files.csv()) };
  };
  const record = async (at: string, after: ExemptionRequest, before?: ExemptionRequest, comment = '') =>
    opened.store.ledger.append({
      at: new Date(at),
      actor: before === undefined ? asPerson(alice) : asPerson(bob),
      reference: after.reference,
      event: after.status,
      from: before?.status,
      to: after.status,
      ...recordOf(after, before, comment),
    });

  beforeAll(async () => {
    opened = await freshStore();
    const terms = { ...pendingRequest('').terms, name: '=1+1', justification: '# Not a heading\n<b>bold</b> | pipe' };
    const request = pendingRequest('EX-AAAA', { terms });
    const decision = { by: bob, at: new Date('2026-11-21T22:59:59.900Z'), comment: '@SUM(A1)' };
    const approved = withApproval(request, decision, timeZone);
    await record('2026-11-20T23:00:00.000Z', request);
    await record('2026-11-21T22:59:59.900Z', approved, request, decision.comment);
    await opened.store.ledger.append({
      ...approval,
      at: new Date('2026-11-21T23:00:00.000Z'),
      actor: { kind: 'job', name: 'apply-request' },
      event: 'applied',
      from: 'approved',
      to: 'applied',
      text: '',
      facts: { version: '3', exemptions: '/id/one /id/two' },
    });
    await record('2026-11-22T12:00:00.000Z', pendingRequest('EX-BBBB'));
  });
  afterAll(() => opened.close());

  it('says of a request who asked, who decided, when, why and what was written', async () => {
    const { markdown, rows } = await takeEvidence({ reference: 'ex-aaaa' });

    expect(rows).toBe(3);
    for (const said of [
      `| Requested by | Alice Adler (\`${alice.objectId}\`) at 21 Nov 2026, 00:00 (Europe/Berlin) |`,
      `| Decided by | Bob Berger (\`${bob.objectId}\`) at 21 Nov 2026, 23:59 (Europe/Berlin) |`,
      '| Status | applied |',
      '| Written to Azure | `/id/one`<br>`/id/two` |',
      '> \\# Not a heading\n> \\<b\\>bold\\</b\\> \\| pipe',
      '> \\@SUM(A1)',
    ])
      expect(markdown).toContain(said);
    expect(markdown).not.toContain('EX-BBBB');
  });

  it('counts as written what was not taken back', async () => {
    const step = (event: string, exemption: string) =>
      opened.store.ledger.append({
        ...approval,
        at: new Date('2026-11-25T13:00:00.000Z'),
        reference: 'EX-CCCC',
        event: `exemption-${event}`,
        from: undefined,
        to: undefined,
        text: '',
        facts: { exemption },
      });
    await record('2026-11-25T12:00:00.000Z', pendingRequest('EX-CCCC'));
    await step('written', '/id/one');
    await step('written', '/id/two');
    await step('refused', '/id/three');
    await step('undone', '/id/one');

    const { markdown } = await takeEvidence({ reference: 'EX-CCCC' });
    expect(markdown).toContain('| Written to Azure | `/id/two` |');
  });

  it('names the first and the last hash, and the head of the whole ledger', async () => {
    const { markdown } = await takeEvidence({ reference: 'EX-AAAA' });
    const records = await everyLedgerRow(opened.store.ledger);

    expect(markdown).toContain(`first row 1, hash \`${records[0]?.hash ?? ''}\``);
    expect(markdown).toContain(`last row 3, hash \`${records[2]?.hash ?? ''}\``);
    expect(markdown).toContain(`head of the whole ledger: row 9, hash \`${records[8]?.hash ?? ''}\``);
    expect(markdown).toContain('The ledger is intact');
  });

  it('comes as a table that no spreadsheet runs', async () => {
    const { csv } = await takeEvidence({ reference: 'EX-AAAA' });
    const [head, first] = csv.split('\r\n');

    expect(head).toContain('row,at,request,event,from,to,who');
    expect(first).toContain('1,2026-11-20T23:00:00.000Z,EX-AAAA,pending,,pending,Alice Adler,');
    expect(first).toContain(",'=1+1,");
    expect(csv).toContain(",'@SUM(A1),");
    expect(csv).toContain(',/id/one /id/two,');
  });

  it('covers the days of a period in the configured time zone, the last one to its end', async () => {
    const { markdown, name, rows } = await takeEvidence({ fromDay: '2026-11-21', toDay: '2026-11-21' });

    expect(rows).toBe(2);
    expect(name).toBe('exemptions-2026-11-21-to-2026-11-21');
    expect(markdown).toContain('| Status | approved |');
    expect((await takeEvidence({ fromDay: '2026-11-22', toDay: '2026-11-30' })).markdown).toContain(
      '| Requested by | Alice Adler',
    );
    expect((await takeEvidence({ fromDay: '2026-12-01', toDay: '2026-12-31' })).markdown).toContain('No rows.');
  });

  it('holds nothing that is recorded while it is read', async () => {
    const files = await exportEvidence(
      { now: () => new Date('2026-12-01T10:00:00Z'), timeZone, database: opened.store },
      { fromDay: '2026-11-27', toDay: '2026-11-27' },
    );
    await record('2026-11-27T12:00:00.000Z', pendingRequest('EX-DDDD'));

    expect(await textOf(files.csv())).not.toContain('EX-DDDD');
    expect(await textOf(files.markdown())).toMatch(
      /^# Evidence: .*\n\nExported .*\n\n## Every step\n\nNo rows\.\n\n## The chain/,
    );
  });

  it('is read in portions: many requests of a period, each with its history before it', async () => {
    const many = Array.from({ length: 101 }, (_, at) => pendingRequest(`EX-M${String(at).padStart(3, '0')}`));
    for (const request of many) await record('2027-01-01T12:00:00.000Z', request);
    for (const request of many.toReversed())
      await record('2027-01-03T12:00:00.000Z', { ...request, version: 2, status: 'withdrawn' }, request);

    const { markdown, csv, rows } = await takeEvidence({ fromDay: '2027-01-03', toDay: '2027-01-03' });
    expect(rows).toBe(101);
    expect(markdown.match(/^## EX-M\d{3}/gm)).toEqual(many.toReversed().map(({ reference }) => `## ${reference}`));
    expect(markdown.match(/^\| Status \| withdrawn \|$/gm)).toHaveLength(101);
    expect(markdown.match(/^\| \d+ \| 3 Jan 2027/gm)).toHaveLength(101);
    expect(csv.split('\r\n')).toHaveLength(1 + 101 + 1);
  });

  it('is not made up for a request that never was, or a period that ends before it begins', async () => {
    await expect(takeEvidence({ reference: 'EX-NONE' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(takeEvidence({ fromDay: '2026-11-22', toDay: '2026-11-21' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('publishes its head at once, then with something new after an hour or a hundred rows', async () => {
    const published: PublishedHead[] = [];
    const told: string[] = [];
    const { ledger } = opened.store;
    const at = (now: string) =>
      publishLedgerHead({
        now: () => new Date(now),
        database: { ledger },
        publishedHeads: keptHeads(published),
        tellOperator: (sentence) => void told.push(sentence),
      });
    const append = (count: number) =>
      Promise.all(
        Array.from({ length: count }, () =>
          ledger.append({
            at: new Date('2026-11-21T10:00:00Z'),
            actor: { kind: 'job', name: 'test' },
            reference: undefined,
            event: 'tested',
            from: undefined,
            to: undefined,
            text: '',
            facts: {},
          }),
        ),
      );

    await at('2026-11-21T10:00:00Z');
    await at('2026-11-21T12:00:00Z');
    expect(published).toEqual([{ ...(await ledger.head()), at: new Date('2026-11-21T10:00:00Z') }]);

    await append(1);
    await at('2026-11-21T10:59:00Z');
    expect(published).toHaveLength(1);
    await at('2026-11-21T11:00:00Z');
    expect(published).toHaveLength(2);
    await append(100);
    await at('2026-11-21T11:01:00Z');
    expect(published).toHaveLength(3);
    expect(told).toEqual([]);

    await opened.sqlForJobs.executeSql(`update ledger set hash = 'forged' where sequence = ${published[2]!.sequence}`);
    await at('2026-11-21T11:02:00Z');
    expect(told).toEqual([expect.stringContaining('rewritten')]);
  });

  it('says in itself that it is not to be relied on when a row was altered', async () => {
    await opened.sqlForJobs.executeSql(`update ledger set actor_id = 'mallory' where sequence = 4`);

    const { markdown, check } = await takeEvidence({ reference: 'EX-AAAA' });
    expect(check.whole).toBe(false);
    expect(markdown).toContain('**Do not rely on this export.** Row 4 was altered');
  });
});

describe('a ledger without rows', () => {
  it('has no head to publish and no evidence to give', async () => {
    const opened = await freshStore();
    const published: PublishedHead[] = [];
    await publishLedgerHead({
      now: () => new Date(),
      database: opened.store,
      publishedHeads: keptHeads(published),
      tellOperator: () => undefined,
    });

    expect(published).toEqual([]);
    await opened.close();
  });
});
