import { index, integer, pgTable, serial, sql, text, uniqueIndex, instant } from './drizzle.ts';

export const inbox = pgTable(
  'inbox',
  {
    sequence: serial().primaryKey(),
    conversationId: text().notNull(),
    activityId: text().notNull(),
    /** Text, because it may contain characters that jsonb refuses; null once it is answered. */
    activity: text(),
    receivedAt: instant().notNull(),
    correlation: text().notNull(),
    attempts: integer().notNull().default(0),
    heldUntil: instant(),
    answeredAt: instant(),
  },
  (table) => [
    uniqueIndex('inbox_once').on(table.conversationId, table.activityId),
    index('inbox_waiting')
      .on(table.conversationId, table.sequence)
      .where(sql`answered_at is null`),
    index('inbox_by_answer').on(table.answeredAt),
  ],
);
