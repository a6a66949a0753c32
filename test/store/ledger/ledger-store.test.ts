import { everyLedgerRow } from '../../../scripts/soak/kept/every-ledger-row.ts';
import type { LedgerEvent } from '../../../src/core/ledger/ledger.ts';
import { asPerson } from '../../../src/core/person.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { engines } from '../engines.ts';
import { alice, approval, bob } from '../samples.ts';

/** A row of one of our own jobs. */
const system: LedgerEvent = {
  ...approval,
  actor: { kind: 'job', name: 'sweep' },
  from: undefined,
  text: '',
  facts: {},
};

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `the ledger on ${engine}`, () => {
    let opened: OpenStore;
    const tamper = (statement: string) => opened.sqlForJobs.executeSql(statement);
    const append = async (...events: string[]) => {
      for (const event of events) await opened.store.ledger.append({ ...approval, event });
    };
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    beforeEach(() => tamper('truncate ledger, ledger_texts'));

    it('tells the history of a request, oldest first, with names and texts', async () => {
      const expired = {
        ...system,
        event: 'expired',
      } as const;
      await opened.store.ledger.append(approval);
      await opened.store.ledger.append({ ...approval, reference: undefined });
      await opened.store.ledger.append({ ...expired, reference: 'ex-aaaa' });

      expect(await opened.store.ledger.history('ex-aaaa')).toEqual([approval, { ...expired, reference: 'EX-AAAA' }]);
      expect(await opened.store.ledger.verify()).toBeUndefined();
    });

    it('forgets the name and the words of somebody and stays whole', async () => {
      await append('approved', 'revoked');
      await opened.store.ledger.append({ ...approval, actor: { kind: 'job', name: 'sweep' }, text: 'kept' });

      expect(await opened.store.ledger.eraseTexts(bob.objectId.toUpperCase())).toBe(2);

      const [first, , last] = await opened.store.ledger.history('EX-AAAA');
      expect(first).toMatchObject({ text: '', actor: { person: { ...bob, name: 'somebody (erased)' } } });
      expect(last).toMatchObject({ text: 'kept' });
      expect(await opened.store.ledger.verify()).toEqual({ sequence: 1, kind: 'erased' });

      await opened.store.ledger.append({
        ...system,
        event: 'forgotten',
        facts: { person: bob.objectId.toUpperCase() },
      });
      expect(await opened.store.ledger.verify()).toBeUndefined();
    });

    it.each([
      ['of somebody who asked for nothing', approval],
      ['of one of our own jobs', system],
      ['of somebody who was forgotten before', { ...approval, actor: asPerson(alice) }],
    ])('finds erased words %s', async (_, event) => {
      await opened.store.ledger.append({ ...system, event: 'forgotten', facts: { person: alice.objectId } });
      await opened.store.ledger.append(event);
      await tamper('delete from ledger_texts where sequence = 2');

      expect(await opened.store.ledger.verify()).toEqual({ sequence: 2, kind: 'erased' });
    });

    it('chains what happens at once without a fork, and leaves no gap where a transaction failed', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 12 }, (_, index) =>
          opened.transaction(async (store) => {
            await store.ledger.append({ ...approval, event: `event-${index}` });
            if (index % 4 === 3) throw new Error('rolled back');
          }),
        ),
      );

      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(3);
      expect(await opened.store.ledger.head()).toMatchObject({ sequence: 9 });
      expect(await opened.store.ledger.verify()).toBeUndefined();
    });

    it.each([
      ['its actor', `update ledger set actor_id = 'mallory' where sequence = 2`],
      ['its time', `update ledger set at = at + interval '1 ms' where sequence = 2`],
      ['a fact', `update ledger set facts = facts || '{"count":"3"}' where sequence = 2`],
      ['the text that was given', `update ledger_texts set text = 'never' where sequence = 2`],
      ['the name', `update ledger_texts set name = 'Mallory' where sequence = 2`],
    ])('finds an altered ledger row by %s', async (_, statement) => {
      await append('one', 'two', 'three');
      await tamper(statement);

      expect(await opened.store.ledger.verify()).toEqual({ sequence: 2, kind: 'altered' });
    });

    it('finds a row that was replaced by a fitting one, against the head that was published', async () => {
      await append('one', 'two', 'three');
      const honest = await opened.store.ledger.head();
      await tamper('delete from ledger where sequence = 3; delete from ledger_texts where sequence = 3');
      await append('another three');

      expect(await opened.store.ledger.verify()).toBeUndefined();
      expect(await opened.store.ledger.verify([{ hash: honest?.hash ?? '' }])).toEqual({ sequence: 3, kind: 'cut' });
    });

    it('finds where an honest row follows a forged one', async () => {
      await append('one', 'two', 'three');
      await tamper('create table honest as select * from ledger where sequence = 3');
      await tamper('delete from ledger where sequence > 1; delete from ledger_texts where sequence > 1');
      await append('another two');
      await tamper('insert into ledger select * from honest; drop table honest');

      expect(await opened.store.ledger.verify()).toEqual({ sequence: 3, kind: 'altered' });
    });

    it('finds a missing row', async () => {
      await append('one', 'two', 'three');
      await tamper('delete from ledger where sequence = 2');

      expect(await opened.store.ledger.verify()).toEqual({ sequence: 2, kind: 'missing' });
    });

    it('finds a row that was put in front of the first', async () => {
      await append('one', 'two');
      await tamper(`create table forged as select * from ledger where sequence = 2; update forged set sequence = 0`);
      await tamper('insert into ledger select * from forged; drop table forged');

      expect(await opened.store.ledger.verify()).toEqual({ sequence: 0, kind: 'altered' });
    });

    it('finds rows that changed places', async () => {
      await append('one', 'two', 'three');
      await tamper('update ledger set sequence = sequence + 10 where sequence > 1');
      await tamper('update ledger set sequence = 15 - sequence where sequence > 1');

      expect(await opened.store.ledger.verify()).toEqual({ sequence: 2, kind: 'altered' });
    });

    it('finds a cut tail against the head that was published', async () => {
      await append('one', 'two', 'three');
      const head = await opened.store.ledger.head();
      await tamper('delete from ledger where sequence = 3');

      expect(await opened.store.ledger.verify()).toBeUndefined();
      expect(await opened.store.ledger.verify([{ hash: head?.hash ?? '' }])).toEqual({ sequence: 2, kind: 'cut' });
    });

    it('reads a selection in portions, and says where it begins and ends', async () => {
      const { ledger } = opened.store;
      const at = new Date('2026-11-21T10:00:00Z');
      await tamper(`insert into ledger (sequence, at, actor_kind, actor_id, reference, event, facts, name_hash, text_hash, previous_hash, hash)
        select n, timestamptz '2026-11-21T10:00:00Z' + n * interval '1 minute', 'job', 'j', 'EX-' || n % 501, 'e', '{}', '', '', '', 'hash ' || n
        from generate_series(1, 1002) as n`);
      const sizes: number[] = [];
      for await (const portion of ledger.read({ upTo: 1001 })) sizes.push(portion.length);
      expect(sizes).toEqual([500, 500, 1]);
      expect((await everyLedgerRow(ledger, { references: ['ex-7'] })).map(({ sequence }) => sequence)).toEqual([
        7, 508,
      ]);

      const [from, before] = [10, 1002].map((minutes) => new Date(at.getTime() + minutes * 60_000));
      expect(await ledger.ends({ from: from!, before: before! })).toEqual({
        first: { sequence: 10, hash: 'hash 10' },
        last: { sequence: 1001, hash: 'hash 1001' },
        rows: 992,
      });
      expect(await ledger.ends({ references: ['EX-NONE'] })).toBeUndefined();
    });

    it('names the requests of a selection, each once, in the order of their first row in it', async () => {
      const { ledger } = opened.store;
      await tamper(`insert into ledger (sequence, at, actor_kind, actor_id, reference, event, facts, name_hash, text_hash, previous_hash, hash)
        select n, timestamptz '2026-11-21T10:00:00Z' + n * interval '1 minute', 'job', 'j', case when n % 4 > 0 then 'EX-' || n % 400 end, 'e', '{}', '', '', '', ''
        from generate_series(1, 1000) as n`);
      const portions: string[][] = [];
      const from = new Date('2026-11-21T16:00:00Z');
      for await (const portion of ledger.references({ from, upTo: 900 })) portions.push(portion);
      expect(portions.every(({ length }) => length <= 100)).toBe(true);
      expect(portions.flat().slice(0, 3)).toEqual(['EX-361', 'EX-362', 'EX-363']);
      expect(portions.flat().at(-1)).toBe('EX-359');
      expect(new Set(portions.flat()).size).toBe(300);
    });

    it('shows that it was rewritten, although its chain is whole, where a published head says otherwise', async () => {
      await append('one', 'two', 'three');
      const { ledger } = opened.store;
      const [first, second] = await everyLedgerRow(ledger);
      expect(await ledger.verify([first!, second!])).toBeUndefined();
      expect(await ledger.holds(second!)).toBe(true);

      const published = { sequence: 2, hash: 'a'.repeat(64) };
      expect(await ledger.holds(published)).toBe(false);
      expect(await ledger.verify([first!, published])).toEqual({ sequence: 2, kind: 'rewritten' });
      expect(await ledger.verify([{ sequence: 4, hash: 'a'.repeat(64) }])).toEqual({ sequence: 3, kind: 'cut' });
    });
  });
}
