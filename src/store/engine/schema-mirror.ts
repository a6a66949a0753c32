import { index, instant, integer, jsonb, pgTable, primaryKey, text } from './drizzle.ts';
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
  },
  (table) => [
    index('mirror_rows_by_key').on(table.part, table.key),
    index('mirror_rows_by_slice').on(table.part, table.slice),
  ],
);
