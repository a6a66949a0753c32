import type { MirrorStore } from '../../core/mirror/mirror.ts';
import type { MirrorPart } from '../../core/mirror/mirror-lives.ts';
import { inPieces } from '../../core/in-turn.ts';
import { and, asc, count, eq, ne, notExists, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { mirrorBatches as batches, mirrorRows as rows } from '../engine/schema.ts';

/** So much in one statement, because what writes it to the database does so in one go. */
const mostAtOnce = { rows: 500, characters: 250_000 };

/** The texts in their order, in lists that are each small enough for a statement. */
const portionsOf = (texts: readonly string[]): string[][] => {
  const portions: string[][] = [];
  let last: string[] = [];
  let size = 0;
  for (const text of texts) {
    const isFull = last.length === mostAtOnce.rows || size + text.length > mostAtOnce.characters;
    if (last.length === 0 || isFull) {
      last = [];
      size = 0;
      portions.push(last);
    }
    last.push(text);
    size += text.length;
  }
  return portions;
};

const isOf = (part: MirrorPart, slice: string): SQL | undefined => and(eq(rows.part, part), eq(rows.slice, slice));

/** The batch of a row is the completed one of its slice. */
const isCurrent = and(eq(batches.part, rows.part), eq(batches.slice, rows.slice), eq(batches.batch, rows.batch));

const isAny = (keys: readonly string[]): SQL => sql`${rows.key} = any(${sql.param(keys)}::text[])`;

const isAnySlice = (slices: readonly string[]): SQL => sql`${batches.slice} = any(${sql.param(slices)}::text[])`;

export const mirrorStore = (
  database: SqlDatabase,
  { hash, newId }: { readonly hash: (text: string) => string; readonly newId: () => string },
): MirrorStore => {
  const batchOf = async (part: MirrorPart, slice: string) => {
    const isThis = and(eq(batches.part, part), eq(batches.slice, slice));
    const [found] = await database.select().from(batches).where(isThis);
    return found;
  };

  const removeAll = async (part: MirrorPart, slice: string, but?: string): Promise<void> => {
    await database.delete(rows).where(and(isOf(part, slice), but === undefined ? undefined : ne(rows.batch, but)));
  };

  /** One for all rows, made in portions: a hash of seven million characters takes longer than others may wait. */
  const digestOf = async (written: readonly string[]): Promise<string> =>
    hash((await inPieces(portionsOf(written), (portion) => hash(portion.join()))).join());

  /** From here on these rows count, and the former ones are gone. */
  const complete = (reading: typeof batches.$inferInsert, expected: number): Promise<void> =>
    database.transaction(async (transaction) => {
      const { part, slice, batch, digest, readAt } = reading;
      // First, because it makes another reading of the same slice wait.
      await transaction
        .insert(batches)
        .values(reading)
        .onConflictDoUpdate({ target: [batches.part, batches.slice], set: { batch, digest, readAt } });
      const ofBatch = and(isOf(part, slice), eq(rows.batch, batch));
      const [there] = await transaction.select({ added: count() }).from(rows).where(ofBatch);
      if (there?.added !== expected) throw new Error(`Somebody else is reading ${part} ${slice} as well.`);
      await transaction.delete(rows).where(and(isOf(part, slice), ne(rows.batch, batch)));
    });

  // One parameter for any number of rows: building a long parameter list takes longer than the statement.
  const add = async (part: MirrorPart, slice: string, batch: string, added: readonly string[]): Promise<void> => {
    for (const portion of portionsOf(added))
      await database.execute(sql`
        insert into ${rows} (part, slice, batch, place, key, data)
        select ${part}, ${slice}, ${batch}, given.place, given.key, given.data
        from json_to_recordset(${`[${portion.join(',')}]`}::json) as given(place int, key text, data jsonb)`);
  };

  const completed = async (condition: SQL | undefined): Promise<unknown[]> => {
    const found = await database
      .select({ data: rows.data })
      .from(rows)
      .innerJoin(batches, isCurrent)
      .where(condition)
      .orderBy(asc(rows.slice), asc(rows.place));
    return found.map(({ data }) => data);
  };

  return {
    batches: (part, slices) =>
      database
        .select({ slice: batches.slice, batch: batches.batch, readAt: batches.readAt })
        .from(batches)
        .where(and(eq(batches.part, part), slices === undefined ? undefined : isAnySlice(slices))),
    allBatches: () =>
      database
        .select({ part: batches.part, slice: batches.slice, batch: batches.batch, readAt: batches.readAt })
        .from(batches),
    rows: (part, keys) => completed(and(eq(rows.part, part), keys === undefined ? undefined : isAny(keys))),
    inSlice: (part, slice) => completed(isOf(part, slice)),
    replace: async (part, slice, found, at) => {
      const known = await batchOf(part, slice);
      const written = await inPieces(found.entries(), ([place, { key, data }]) => JSON.stringify({ place, key, data }));
      const digest = await digestOf(written);
      if (known?.digest === digest) {
        await database
          .update(batches)
          .set({ readAt: at })
          .where(and(eq(batches.part, part), eq(batches.slice, slice), eq(batches.digest, digest)));
        return;
      }
      // What a reading left that did not end.
      await removeAll(part, slice, known?.batch);
      const batch = newId();
      await add(part, slice, batch, written);
      await complete({ part, slice, batch, digest, readAt: at }, found.length);
    },
    readings: () =>
      database
        .select({ part: batches.part, slices: count(), oldest: sql`min(${batches.readAt})`.mapWith(batches.readAt) })
        .from(batches)
        .groupBy(batches.part),
    tidy: async () => {
      await database.delete(rows).where(
        notExists(
          database
            .select({ one: sql`1` })
            .from(batches)
            .where(isCurrent),
        ),
      );
      // The embedded engine does this for nobody; PostgreSQL leaves it out where the bot does not own the table.
      await database.execute(sql`vacuum ${rows}`);
    },
    keepOnly: async (part, slices) => {
      const isGone = (column: typeof rows.slice | typeof batches.slice): SQL =>
        sql`not ${column} = any(${sql.param(slices)}::text[])`;
      await database.delete(batches).where(and(eq(batches.part, part), isGone(batches.slice)));
      await database.delete(rows).where(and(eq(rows.part, part), isGone(rows.slice)));
    },
  };
};
