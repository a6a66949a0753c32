import { inPieces } from '../core/in-turn.ts';
import { chunksOf } from '../core/lists.ts';
import {
  and,
  asc,
  count,
  eq,
  gt,
  isNotNull,
  isNull,
  not,
  or,
  sql,
  type AnyColumn,
  type SQL,
  type SqlDatabase,
} from './engine/drizzle.ts';
import { normalId } from '../core/tenant/arm-id.ts';
import type { SeenStore, Sighting } from '../core/inventory/seen-exemption.ts';
import { behindStates } from './behind-states.ts';
import { listedExemptions as listed, seenExemptions as seen } from './engine/schema.ts';
import { forgetListings } from './inventory/keep-listings.ts';
import { lockListings } from './inventory/lock-listings.ts';
import { sightingColumns, rowOf, sightingOf } from './seen-row.ts';

const rowsPerStatement = 500;

// One parameter for any number of texts: building a long parameter list takes longer than the query.
const isAny = (column: AnyColumn, texts: readonly string[]): SQL => sql`${column} = any(${sql.param(texts)}::text[])`;
const isListed = (numbers: readonly number[]): SQL => sql`${seen.number} = any(${sql.param(numbers)}::int[])`;
const isUnlisted = (numbers: readonly number[]): SQL =>
  sql`not exists (select from unnest(${sql.param(numbers)}::int[]) as listed where listed = ${seen.number})`;

/** As the expiry of an exemption is kept, so that texts are in the order of the times. */
const textOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

const keysOf = (ids: readonly string[]): string[] => [...new Set(ids.map(normalId))];

export const seenStore = (database: SqlDatabase): SeenStore => {
  const inSight = and(isNull(seen.missingSince), isNotNull(seen.exemption));

  const rowsWhere = async (condition: SQL | undefined): Promise<Sighting[]> =>
    (await database.select().from(seen).where(condition)).flatMap((row) => sightingOf(row) ?? []);

  const forIds = async (ids: readonly string[], work: (condition: SQL) => Promise<unknown>): Promise<void> => {
    for (const keys of chunksOf(keysOf(ids), rowsPerStatement)) await work(isAny(seen.id, keys));
  };

  const listAsNeedless = async (needless: boolean, numbers: readonly number[]): Promise<void> => {
    await database.transaction(async (transaction) => {
      await lockListings(transaction);
      await transaction
        .update(listed)
        .set({ needless })
        .from(seen)
        .where(and(eq(listed.id, seen.id), eq(listed.needless, !needless), isListed(numbers)));
    });
  };

  return {
    inBrief: async (exemptionIds) => {
      const { id, number, fingerprint, unitKey, reference, orphaned, missingSince, silentUntil } = seen;
      const keys = keysOf(exemptionIds);
      const rows = await database
        .select({ id, number, fingerprint, unitKey, reference, orphaned, missingSince, silentUntil })
        .from(seen)
        .where(isAny(id, keys));
      // Asked on its own: joined, the planner goes through the whole list for each portion.
      const shown = await database
        .select({ id: listed.id, digest: listed.digest })
        .from(listed)
        .where(isAny(listed.id, keys));
      const digests = new Map(shown.map((row) => [row.id, row.digest]));
      return new Map(
        rows.map((row) => [
          row.id,
          {
            ...row,
            reference: row.reference ?? undefined,
            missingSince: row.missingSince ?? undefined,
            silentUntil: row.silentUntil ?? undefined,
            listed: digests.get(row.id) ?? undefined,
          },
        ]),
      );
    },
    find: (exemptionIds) => rowsWhere(isAny(seen.id, keysOf(exemptionIds))),
    inUnits: (unitKeys) => rowsWhere(isAny(seen.unitKey, unitKeys)),
    at: (scopes, assignmentIds) =>
      rowsWhere(and(isAny(seen.scopeKey, keysOf(scopes)), isAny(seen.assignmentKey, keysOf(assignmentIds)))),
    async *all() {
      for (let after = 0; ;) {
        const rows = await database
          .select()
          .from(seen)
          .where(gt(seen.number, after))
          .orderBy(asc(seen.number))
          .limit(2 * rowsPerStatement);
        const last = rows.at(-1);
        if (last === undefined) return;
        yield rows.flatMap((row) => sightingOf(row) ?? []);
        after = last.number;
      }
    },
    endingWithin: async (spans, most) => {
      const expiry = sql`(${seen.exemption} ->> 'expiresAt')`;
      const within = spans.map(
        ({ from, until }) => sql`(${expiry} >= ${textOf(from)} and ${expiry} < ${textOf(until)})`,
      );
      if (within.length === 0) return [];
      const rows = await database
        .select({ id: seen.id })
        .from(seen)
        .where(and(inSight, or(...within)))
        .orderBy(asc(seen.number))
        .limit(most);
      return rows.map(({ id }) => id);
    },
    on: (assignmentIds) =>
      rowsWhere(and(inSight, not(seen.orphaned), isAny(seen.assignmentKey, keysOf(assignmentIds)))),
    save: async (sightings, at) => {
      const numbers: number[] = [];
      for (const portion of chunksOf(sightings, rowsPerStatement)) {
        const given = await inPieces(portion, (sighting) => JSON.stringify(rowOf(sighting, at)));
        const { names, types, replaced } = sightingColumns;
        await database.execute(sql`
          insert into ${seen} (${names})
          select ${names} from json_to_recordset(${`[${given.join(',')}]`}::json) as given(${types}) order by id
          on conflict (id) do update set ${replaced}`);
        const ids = keysOf(portion.map(({ exemption }) => exemption.id));
        const saved = await database.select({ number: seen.number }).from(seen).where(isAny(seen.id, ids));
        numbers.push(...saved.map(({ number }) => number));
      }
      return numbers;
    },
    remove: async (exemptionIds) => {
      for (const keys of chunksOf(keysOf(exemptionIds), rowsPerStatement))
        await database.transaction(async (transaction) => {
          await forgetListings(transaction, keys, undefined);
          await transaction.delete(seen).where(isAny(seen.id, keys));
        });
    },
    countInSight: async () => {
      const [row] = await database.select({ known: count() }).from(seen).where(inSight);
      return row?.known ?? 0;
    },
    unlisted: async (numbers, limit) => {
      const rows = await database
        .select()
        .from(seen)
        .where(and(inSight, isUnlisted(numbers)))
        .orderBy(asc(seen.number))
        .limit(limit);
      return rows.flatMap((row) => sightingOf(row) ?? []);
    },
    markMissing: async (numbers, at) => {
      await database
        .update(seen)
        .set({ missingSince: at })
        .where(and(inSight, isUnlisted(numbers)));
    },
    markFound: (exemptionIds) =>
      forIds(exemptionIds, (condition) =>
        database.update(seen).set({ missingSince: null, askedAt: null }).where(condition),
      ),
    missingToAsk: async (limit, at) => {
      const rows = await database
        .select()
        .from(seen)
        .where(and(isNotNull(seen.missingSince), isNotNull(seen.exemption)))
        .orderBy(sql`${seen.askedAt} asc nulls first`, asc(seen.number))
        .limit(limit);
      await forIds(
        rows.map(({ id }) => id),
        (condition) => database.update(seen).set({ askedAt: at }).where(condition),
      );
      return rows.flatMap((row) => sightingOf(row) ?? []);
    },
    markOrphaned: (exemptionIds, orphaned) =>
      forIds(exemptionIds, (condition) =>
        database
          .update(seen)
          .set({ orphaned, ...(orphaned ? {} : { version: sql`${seen.version} + 1` }) })
          .where(and(condition, eq(seen.orphaned, !orphaned))),
      ),
    behind: (states) => behindStates(database, states),
    markNeeded: async (numbers) => {
      await database
        .update(seen)
        .set({ needless: false, version: sql`${seen.version} + 1` })
        .where(and(seen.needless, isListed(numbers)));
      await listAsNeedless(false, numbers);
    },
    needed: (numbers) => rowsWhere(and(not(seen.needless), isListed(numbers))),
    needlessAmong: (numbers) => rowsWhere(and(eq(seen.needless, true), isListed(numbers))),
    markNeedless: async (numbers) => {
      await database
        .update(seen)
        .set({ needless: true })
        .where(and(not(seen.needless), isListed(numbers)));
      await listAsNeedless(true, numbers);
    },
    silence: (exemptionIds, until) =>
      forIds(exemptionIds, (condition) => database.update(seen).set({ silentUntil: until }).where(condition)),
  };
};
