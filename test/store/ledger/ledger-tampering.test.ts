import fc from 'fast-check';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { ledger, ledgerTexts } from '../../../src/store/engine/schema.ts';
import { engines } from '../engines.ts';
import { alice, approval } from '../samples.ts';

const rows = 6;

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const columnsOf = (table: PgTable): { readonly name: string; readonly type: string }[] =>
  getTableConfig(table).columns.map((column) => ({ name: snakeCase(column.name), type: column.getSQLType() }));

/** Other values for a column, as SQL over the old one: of every kind that the database would take. */
const otherValues = (type: string): string[] => {
  if (type.startsWith('timestamp')) return [`c + interval '1 ms'`, `c - interval '1 day'`, `'infinity'`];
  if (type === 'bigint') return ['c + 1000', '-c'];
  if (type === 'jsonb')
    return [`c || '{"count": "3"}'`, `c || '{"count": 2}'`, `c - 'count'`, `c || '{"new": ""}'`, `'[]'`, `'null'`];
  return [
    `coalesce(c, '') || 'x'`,
    `' ' || coalesce(c, '')`,
    `coalesce(nullif(upper(c), c), 'other')`,
    `reverse(coalesce(c, '')) || '1'`,
  ];
};

const updates = [
  ...columnsOf(ledger).map((column) => ({ table: 'ledger', ...column })),
  ...columnsOf(ledgerTexts).map((column) => ({ table: 'ledger_texts', ...column })),
].flatMap(({ table, name, type }) =>
  otherValues(type).map((value) => `update ${table} set "${name}" = ${value.replace(/\bc\b/g, `"${name}"`)}`),
);

const deletions = ['delete from ledger', 'delete from ledger_texts'];

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(
    whyNot ?? `a ledger that somebody tampers with on ${engine}`,
    () => {
      let opened: OpenStore;
      let head: string;
      const run = (statement: string) => opened.sqlForJobs.executeSql(statement);
      beforeAll(async () => {
        opened = await open();
        for (let row = 1; row <= rows; row++) {
          await opened.store.ledger.append({
            ...approval,
            actor: row % 2 === 0 ? approval.actor : { kind: 'person', person: alice },
            event: `event-${row}`,
            reference: row === 3 ? undefined : approval.reference,
            from: row === 4 ? undefined : approval.from,
          });
        }
        head = (await opened.store.ledger.head())?.hash ?? '';
        await run('create table honest_rows as select * from ledger');
        await run('create table honest_texts as select * from ledger_texts');
      });
      afterAll(() => opened.close());

      const restore = () =>
        run(
          `delete from ledger; insert into ledger select * from honest_rows;
         delete from ledger_texts; insert into ledger_texts select * from honest_texts`,
        );

      it('is whole before', async () => {
        await restore();
        expect(await opened.store.ledger.verify([{ hash: head }])).toBeUndefined();
      });

      it('shows any single change to any row, and any row or text that is gone', async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...updates, ...deletions),
            fc.integer({ min: 1, max: rows }),
            async (tampering, row) => {
              await restore();
              await run(`${tampering} where sequence = ${row}`);
              expect(await opened.store.ledger.verify([{ hash: head }])).toBeDefined();
            },
          ),
          { numRuns: 80 },
        );
      });

      it('shows any two rows that changed places', async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.uniqueArray(fc.integer({ min: 1, max: rows }), { minLength: 2, maxLength: 2 }),
            async ([one, other]) => {
              await restore();
              for (const table of ['ledger', 'ledger_texts']) {
                await run(`update ${table} set sequence = -sequence where sequence in (${one}, ${other})`);
                await run(`update ${table} set sequence = ${one} + ${other} + sequence where sequence < 0`);
              }
              expect(await opened.store.ledger.verify([{ hash: head }])).toMatchObject({
                sequence: Math.min(one!, other!),
              });
            },
          ),
          { numRuns: 10 },
        );
      });
    },
  );
}
