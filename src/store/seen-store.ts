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
  sql,
  type AnyColumn,
  type SQL,
  type SqlDatabase,
} from './engine/drizzle.ts';
import { normalId } from '../core/tenant/arm-id.ts';
import type { SeenStore, Sighting } from '../core/inventory/seen-exemption.ts';
import { behindStates } from './behind-states.ts';
import { listedExemptions as listed, seenExemptions as seen } from './engine/schema.ts';
import { occasionsOf, settleLeads } from './inventory/settle-leads.ts';
import { rowOf, sightingOf } from './seen-row.ts';

const rowsPerStatement = 500;

// One parameter for any number of texts: building a long parameter list takes longer than the query.
const isAny = (column: AnyColumn, texts: readonly string[]): SQL => sql`${column} = any(${sql.param(texts)}::text[])`;
const isListed = (numbers: readonly number[]): SQL => sql`${seen.number} = any(${sql.param(numbers)}::int[])`;
const isUnlisted = (numbers: readonly number[]): SQL =>
  sql`not exists (select from unnest(${sql.param(numbers)}::int[]) as listed where listed = ${seen.number})`;

const keysOf = (ids: readonly string[]): string[] => [...new Set(ids.map(normalId))];

const excluded = (name: string): SQL => sql.raw(`excluded."${name}"`);

/** A later sighting replaces everything except the time of the first one and `silentUntil`. */
const replaced = {
  exemption: excluded('exemption'),
  fingerprint: excluded('fingerprint'),
  unitKey: excluded('unit_key'),
  reference: excluded('reference'),
  recommendation: excluded('recommendation'),
  scopeKey: excluded('scope_key'),
  assignmentKey: excluded('assignment_key'),
  version: excluded('version'),
  orphaned: excluded('orphaned'),
  needless: excluded('needless'),
  missingSince: excluded('missing_since'),
};

export const seenStore = (database: SqlDatabase): SeenStore => {
  const inSight = and(isNull(seen.missingSince), isNotNull(seen.exemption));

  const rowsWhere = async (condition: SQL | undefined): Promise<Sighting[]> =>
    (await database.select().from(seen).where(condition)).flatMap((row) => sightingOf(row) ?? []);

  const forIds = async (ids: readonly string[], work: (condition: SQL) => Promise<unknown>): Promise<void> => {
    for (const keys of chunksOf(keysOf(ids), rowsPerStatement)) await work(isAny(seen.id, keys));
  };

  const listAsNeedless = async (needless: boolean, numbers: readonly number[]): Promise<void> => {
    await database
      .update(listed)
      .set({ needless })
      .from(seen)
      .where(and(eq(listed.id, seen.id), eq(listed.needless, !needless), isListed(numbers)));
  };

  return {
    inBrief: async (exemptionIds) => {
      const { id, number, fingerprint, reference, orphaned, missingSince, silentUntil } = seen;
      const rows = await database
        .select({ id, number, fingerprint, reference, orphaned, missingSince, silentUntil, listed: listed.digest })
        .from(seen)
        .leftJoin(listed, eq(listed.id, id))
        .where(isAny(seen.id, keysOf(exemptionIds)));
      return new Map(
        rows.map((row) => [
          row.id,
          {
            ...row,
            reference: row.reference ?? undefined,
            missingSince: row.missingSince ?? undefined,
            silentUntil: row.silentUntil ?? undefined,
            listed: row.listed ?? undefined,
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
    save: async (sightings, at) => {
      const numbers: number[] = [];
      for (const portion of chunksOf(sightings, rowsPerStatement)) {
        const saved = await database
          .insert(seen)
          .values(portion.map((sighting) => rowOf(sighting, at)))
          .onConflictDoUpdate({ target: seen.id, set: replaced })
          .returning({ number: seen.number });
        numbers.push(...saved.map(({ number }) => number));
      }
      return numbers;
    },
    remove: async (exemptionIds) => {
      for (const keys of chunksOf(keysOf(exemptionIds), rowsPerStatement))
        await database.transaction(async (transaction) => {
          const occasions = await occasionsOf(transaction, keys);
          await transaction.delete(seen).where(isAny(seen.id, keys));
          await settleLeads(transaction, occasions);
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
    needless: async () => {
      const rows = await database.select({ id: seen.id }).from(seen).where(eq(seen.needless, true));
      return new Set(rows.map(({ id }) => id));
    },
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
