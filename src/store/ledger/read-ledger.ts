import { erased } from '../../core/ledger/erase-person.ts';
import type { LedgerEnds, LedgerEvent, LedgerRecord, LedgerSelection } from '../../core/ledger/ledger.ts';
import { chunksOf } from '../../core/lists.ts';
import type { Actor } from '../../core/person.ts';
import { normalReference } from '../../core/request/request.ts';
import {
  alias,
  and,
  asc,
  count,
  eq,
  gt,
  gte,
  isNotNull,
  lt,
  lte,
  sql,
  type AnyColumn,
  type SQL,
  type SqlDatabase,
} from '../engine/drizzle.ts';
import { ledger, ledgerTexts } from '../engine/schema.ts';
import type { LedgerRow } from './ledger-row.ts';

const rowsAtOnce = 500;
const referencesAtOnce = 100;

const actorOf = (row: LedgerRow, name: string): Actor =>
  row.actorKind === 'job'
    ? { kind: 'job', name: row.actorId }
    : { kind: 'person', person: { objectId: row.actorId, tenantId: row.actorTenantId ?? '', name } };

const eventOf = (row: LedgerRow, texts: typeof ledgerTexts.$inferSelect | null): LedgerEvent => ({
  at: row.at,
  actor: actorOf(row, texts?.name ?? erased.name),
  reference: row.reference ?? undefined,
  event: row.event,
  from: row.from ?? undefined,
  to: row.to ?? undefined,
  text: texts?.text ?? '',
  facts: row.facts,
});

const chosen = (
  { references, from, before, since, upTo }: LedgerSelection,
  rows: Readonly<Record<'reference' | 'at' | 'sequence', AnyColumn>> = ledger,
): SQL | undefined =>
  and(
    references === undefined
      ? undefined
      : sql`${rows.reference} = any(${sql.param(references.map(normalReference))}::text[])`,
    from === undefined ? undefined : gte(rows.at, from),
    before === undefined ? undefined : lt(rows.at, before),
    since === undefined ? undefined : gte(rows.sequence, since),
    upTo === undefined ? undefined : lte(rows.sequence, upTo),
  );

/** Every row about one request, oldest first. */
export const historyOf = async (database: SqlDatabase, reference: string): Promise<LedgerEvent[]> => {
  const rows = await database
    .select()
    .from(ledger)
    .leftJoin(ledgerTexts, eq(ledgerTexts.sequence, ledger.sequence))
    .where(chosen({ references: [reference] }))
    .orderBy(asc(ledger.sequence));
  return rows.map((row) => eventOf(row.ledger, row.ledger_texts));
};

const textsOf = async (database: SqlDatabase, rows: readonly LedgerRow[]) => {
  const sequences = rows.map(({ sequence }) => sequence);
  const texts = await database
    .select()
    .from(ledgerTexts)
    .where(sql`${ledgerTexts.sequence} = any(${sql.param(sequences)}::bigint[])`);
  return new Map(texts.map((each) => [each.sequence, each]));
};

/** The rows of a selection, a portion at a time. */
export async function* readLedger(
  database: SqlDatabase,
  selection: LedgerSelection,
): AsyncGenerator<LedgerRecord[], void> {
  // `+ 0` keeps the database from walking through the whole ledger in its order for the few rows of some requests.
  const order = selection.references === undefined ? asc(ledger.sequence) : sql`${ledger.sequence} + 0`;
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = await database
      .select()
      .from(ledger)
      .where(and(gt(ledger.sequence, after), chosen(selection)))
      .orderBy(order)
      .limit(rowsAtOnce);
    const last = rows.at(-1);
    if (last === undefined) return;
    const texts = await textsOf(database, rows);
    yield rows.map((row) => ({
      ...eventOf(row, texts.get(row.sequence) ?? null),
      sequence: row.sequence,
      hash: row.hash,
    }));
    after = last.sequence;
  }
}

const limitsOf = async (database: SqlDatabase, selection: LedgerSelection) => {
  const [found] = await database
    .select({
      first: sql<string | null>`min(${ledger.sequence})`,
      last: sql<string | null>`max(${ledger.sequence})`,
    })
    .from(ledger)
    .where(chosen(selection));
  const { first = null, last = null } = found ?? {};
  return first === null || last === null ? undefined : { first: Number(first), last: Number(last) };
};

/** Where a selection begins and ends. */
export const endsOf = async (database: SqlDatabase, selection: LedgerSelection): Promise<LedgerEnds | undefined> => {
  const limits = await limitsOf(database, selection);
  if (limits === undefined) return undefined;
  const hashAt = async (at: number) => {
    const [row] = await database
      .select({ sequence: ledger.sequence, hash: ledger.hash })
      .from(ledger)
      .where(eq(ledger.sequence, at));
    return row;
  };
  const [first, last] = [await hashAt(limits.first), await hashAt(limits.last)];
  const [row] = await database.select({ rows: count() }).from(ledger).where(chosen(selection));
  return first === undefined || last === undefined ? undefined : { first, last, rows: row?.rows ?? 0 };
};

const earlier = alias(ledger, 'earlier');

/**
 * The requests of a selection, a portion at a time. Each stands at the first of its rows, which the index of references finds. A statement looks at
 * a few rows of the ledger only: where no request begins any more, one without an end would look at all the rest.
 */
export async function* readReferences(
  database: SqlDatabase,
  selection: Omit<LedgerSelection, 'references'>,
): AsyncGenerator<string[], void> {
  const limits = await limitsOf(database, selection);
  if (limits === undefined) return;
  const first = sql`(select min(${earlier.sequence}) from ${ledger} as ${sql.identifier('earlier')} where ${and(eq(earlier.reference, ledger.reference), chosen(selection, earlier))})`;
  for (let from = limits.first; from <= limits.last; from += rowsAtOnce) {
    const isNear = and(gte(ledger.sequence, from), lt(ledger.sequence, from + rowsAtOnce));
    const rows = await database
      .select({ reference: sql<string>`${ledger.reference}` })
      .from(ledger)
      .where(and(isNear, isNotNull(ledger.reference), chosen(selection), eq(ledger.sequence, first)))
      .orderBy(asc(ledger.sequence));
    yield* chunksOf(
      rows.map(({ reference }) => reference),
      referencesAtOnce,
    );
  }
}
