import type { Target } from '../../../src/core/connection/outbox.ts';
import type { LedgerEvent } from '../../../src/core/ledger/ledger.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { engines } from '../engines.ts';

const at = new Date('2026-12-01T08:00:00.000Z');
const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const until = later(2);

const event = (name: string, reference?: string): LedgerEvent => ({
  at,
  actor: { kind: 'job', name: 'test' },
  reference,
  event: name,
  from: undefined,
  to: undefined,
  text: 'words of a person',
  facts: {},
});

const target = (name: string, changes: Partial<Target> = {}): Target => ({
  name,
  events: ['*'],
  order: 'none',
  ...changes,
});

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `the outbox on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      await opened.sqlForJobs.executeSql('truncate outbox, outbox_targets, ledger, ledger_texts');
    });

    const connect = (...targets: readonly Target[]) => opened.store.outbox.keepTargets(targets, at);
    const tell = (name: string, reference?: string) => opened.store.ledger.append(event(name, reference));
    const take = async (name: string, atMost = 10, when = at) =>
      opened.store.outbox.take(name, { at: when, until: new Date(when.getTime() + 120_000) }, atMost);
    const sequences = async (name: string, when = at) => (await take(name, 10, when)).map(({ sequence }) => sequence);
    const rows = async (): Promise<number> => {
      const found = await opened.sqlForJobs.executeSql('select count(*)::int as count from outbox');
      return (found.rows as { count: number }[])[0]?.count ?? -1;
    };

    it('has no row while nothing is connected', async () => {
      await tell('approved');
      expect(await rows()).toBe(0);
    });

    it('has a row for each target that wants the event, and none of what was rolled back', async () => {
      await connect(target('webhooks/a'), target('webhooks/b', { events: ['exemption-*', 'approved'] }));
      await tell('approved');
      await tell('requested');
      await expect(
        opened.transaction(async ({ ledger }) => {
          await ledger.append(event('rejected'));
          throw new Error('rolled back');
        }),
      ).rejects.toThrow('rolled back');

      expect(await sequences('webhooks/a')).toEqual([1, 2]);
      expect(await sequences('webhooks/b')).toEqual([1]);
    });

    it('keeps no words of people', async () => {
      await connect(target('webhooks/a'));
      await tell('approved');
      const found = await opened.sqlForJobs.executeSql('select * from outbox');
      expect(JSON.stringify(found.rows)).not.toContain('words');
    });

    it('gives each row to one taker only', async () => {
      await connect(target('webhooks/a'));
      for (const name of ['a', 'b', 'c', 'd']) await tell(name);
      const taken = await Promise.all([take('webhooks/a', 2), take('webhooks/a', 2), take('webhooks/a', 2)]);
      expect(
        taken
          .flat()
          .map(({ sequence }) => sequence)
          .toSorted(),
      ).toEqual([1, 2, 3, 4]);
    });

    it('counts what was taken and never ended as an attempt of which nobody knows', async () => {
      await connect(target('webhooks/a'));
      await tell('approved');
      const [first] = await take('webhooks/a');
      const [again] = await take('webhooks/a', 1, later(3));
      expect(first).toMatchObject({ unknowns: 0 });
      expect(again).toMatchObject({ key: first?.key, unknowns: 1, attempts: 0 });
      expect(await opened.store.outbox.health(at)).toMatchObject([{ waiting: 1, ambiguous: 1 }]);
    });

    it('holds back a request behind its own earlier event only, where the order is by request', async () => {
      await connect(target('tickets/jira', { order: 'by-request' }));
      await tell('requested', 'EX-A');
      await tell('requested', 'EX-B');
      await tell('approved', 'EX-A');
      const [first] = await take('tickets/jira', 1);
      await opened.store.outbox.putBack([first?.key ?? ''], later(30), { kind: 'refused', reason: 'It was away.' });

      expect(await sequences('tickets/jira')).toEqual([2]);
      expect(await sequences('tickets/jira', later(31))).toEqual([1, 2, 3]);
    });

    it('gives nothing out of order, where the order is that of the ledger', async () => {
      await connect(target('siem/sentinel', { order: 'as-in-ledger' }));
      for (const name of ['a', 'b', 'c']) await tell(name);
      const [first, second] = await take('siem/sentinel', 2);
      expect(await sequences('siem/sentinel')).toEqual([]);
      await opened.store.outbox.putBack([second?.key ?? ''], at);
      expect(await sequences('siem/sentinel')).toEqual([]);
      await opened.store.outbox.close([first?.key ?? ''], 'dead', at, 'never');
      expect(await sequences('siem/sentinel')).toEqual([2, 3]);
    });

    it('gives a row that is committed late before those that came after it', async () => {
      await connect(target('siem/sentinel', { order: 'as-in-ledger' }));
      let commit = (): void => undefined;
      const committed = new Promise<void>((resolve) => (commit = resolve));
      let begun = (): void => undefined;
      const appended = new Promise<void>((resolve) => (begun = resolve));
      const slow = opened.transaction(async ({ ledger }) => {
        await ledger.append(event('slow'));
        begun();
        await committed;
      });
      await appended;
      const quick = opened.transaction(({ ledger }) => ledger.append(event('quick')));
      const during = take('siem/sentinel');
      commit();
      await Promise.all([slow, quick]);
      const before = await during;
      await opened.store.outbox.close(
        before.map(({ key }) => key),
        'sent',
        at,
      );
      const after = await take('siem/sentinel');
      expect([...before, ...after].map(({ sequence }) => sequence)).toEqual([1, 2]);
    });

    it('gives nothing to a target that is paused, switched off or taken away, and everything when it is back', async () => {
      const { outbox } = opened.store;
      await connect(target('webhooks/a'));
      await tell('approved');
      await outbox.noteTarget('webhooks/a', { kind: 'failed', at, reason: 'away', pausedUntil: later(1) });
      expect([await outbox.targetsDue(at), await outbox.targetsDue(later(1))]).toEqual([[], ['webhooks/a']]);
      expect(await sequences('webhooks/a')).toEqual([]);
      await outbox.noteTarget('webhooks/a', { kind: 'off', at, reason: 'gone' });
      expect(await sequences('webhooks/a', later(1))).toEqual([]);
      expect(await outbox.health(at)).toMatchObject([{ failures: 1, off: { reason: 'gone' } }]);
      await connect();
      await tell('rejected');
      await outbox.noteTarget('webhooks/a', { kind: 'on' });
      expect(await sequences('webhooks/a', later(1))).toEqual([]);
      expect(await outbox.health(at)).toEqual([]);
      await connect(target('webhooks/a'));
      expect(await sequences('webhooks/a', later(1))).toEqual([1]);
    });

    it('tells again from a row on under the same keys, once for each row', async () => {
      const { outbox } = opened.store;
      await connect(target('webhooks/a', { events: ['approved'] }));
      for (const name of ['approved', 'rejected', 'approved', 'approved']) await tell(name);
      const told = await take('webhooks/a');
      await outbox.close([told[1]?.key ?? '', told[2]?.key ?? ''], 'sent', at);
      await opened.sqlForJobs.executeSql(`delete from outbox where sequence = 4`);

      expect(await outbox.replay('webhooks/a', 2, later(5))).toBe(2);
      const again = await take('webhooks/a', 10, later(5));
      expect(again.map(({ key }) => key)).toEqual(told.map(({ key }) => key));
    });

    it('sends again what was given up, and still knows that it may have arrived', async () => {
      const { outbox } = opened.store;
      await connect(target('tickets/jira'), target('webhooks/a'));
      await tell('approved');
      const [jira] = await take('tickets/jira');
      const [hook] = await take('webhooks/a');
      await outbox.putBack([jira?.key ?? ''], at, { kind: 'unknown', reason: 'silence' });
      await outbox.close([jira?.key ?? '', hook?.key ?? ''], 'dead', at, 'Nobody there.');
      expect(await outbox.health(at)).toMatchObject([
        { target: 'tickets/jira', dead: 1, waiting: 0, whyDead: 'Nobody there.' },
        { target: 'webhooks/a', dead: 1 },
      ]);

      expect(await outbox.sendAgain('tickets/jira', at)).toBe(1);
      expect(await take('tickets/jira')).toMatchObject([{ unknowns: 1, attempts: 0 }]);
      expect(await take('webhooks/a')).toEqual([]);
      expect(await outbox.sendAgain(undefined, at)).toBe(1);
    });

    it('divides a row into parts that are told by themselves, once', async () => {
      const { outbox } = opened.store;
      await connect(target('mail/office'));
      await tell('approved');
      const [whole] = await take('mail/office');
      if (whole === undefined) throw new Error('There is no row.');
      const parts = [{ part: 'alice' }, { part: 'bob', content: { address: 'bob@contoso.com' } }];
      await outbox.split(whole, parts, at);
      await outbox.split(whole, parts, at);

      const taken = await take('mail/office');
      expect(taken.map(({ part, sequence, content }) => [part, sequence, content]).toSorted()).toEqual([
        ['alice', 1, undefined],
        ['bob', 1, { address: 'bob@contoso.com' }],
      ]);
    });

    it('takes news that do not stand in the ledger, each once for ever', async () => {
      const { outbox } = opened.store;
      await connect(target('mail/office'));
      const news = { target: 'mail/office', about: 'EX-A ends in 7 days', content: { reference: 'EX-A' } };
      await outbox.add([news], at);
      await outbox.add([news], until);
      expect(await take('mail/office')).toMatchObject([{ sequence: undefined, content: { reference: 'EX-A' } }]);
    });
  });
}
