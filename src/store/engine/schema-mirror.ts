import { index, instant, integer, jsonb, pgTable, primaryKey, sql, text } from './drizzle.ts';
import { groupKeyOf } from './group-key.ts';
import type { MirrorPart } from '../../core/mirror/mirror-lives.ts';

/** Completed readings of the tenant. Rows of another batch are those of a reading that did not end, or that was replaced. */
export const mirrorBatches = pgTable(
  'mirror_batches',
  {
    part: text().$type<MirrorPart>().notNull(),
    slice: text().notNull(),
    batch: text().notNull(),
    /** Of all rows, to see that nothing has changed. */
    digest: text().notNull(),
    readAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.part, table.slice] })],
);

export const mirrorRows = pgTable(
  'mirror_rows',
  {
    part: text().$type<MirrorPart>().notNull(),
    slice: text().notNull(),
    batch: text().notNull(),
    /** Its place in the reading. */
    place: integer().notNull(),
    key: text().notNull(),
    data: jsonb().$type<unknown>().notNull(),
    groupKey: groupKeyOf('key'),
    /** What a search looks in; only resources have it. */
    search: text().generatedAlwaysAs(sql`data ->> 'search'`),
  },
  (table) => [
    index('mirror_rows_by_key').on(table.part, table.key),
    index('mirror_rows_by_slice').on(table.part, table.slice),
    index('mirror_rows_resources')
      .on(sql`${table.key} collate "C"`)
      .where(sql`${table.part} = 'resources'`),
    index('mirror_rows_in_group')
      .on(table.groupKey)
      .where(sql`${table.part} = 'resources'`),
  ],
);
