import { bigint, index, instant, integer, jsonb, pgTable, sql, text } from './drizzle.ts';
import type { OutboxContent, OutboxState, TargetOrder } from '../../core/connection/outbox.ts';

/** The targets of connections that replicas were started with last, and how each does. `removedAt`: the last start had it no more. */
export const outboxTargets = pgTable('outbox_targets', {
  name: text().primaryKey(),
  events: jsonb().$type<readonly string[]>().notNull(),
  order: text().$type<TargetOrder>().notNull(),
  failures: integer().notNull().default(0),
  lastFailure: text(),
  pausedUntil: instant(),
  offSince: instant(),
  offReason: text(),
  lastSentAt: instant(),
  removedAt: instant(),
});

/** One row for each piece of news and target, written in the transaction of what it tells of. `place` is its place in its lane. */
export const outbox = pgTable(
  'outbox',
  {
    key: text().primaryKey(),
    target: text().notNull(),
    sequence: bigint({ mode: 'number' }),
    part: text().notNull().default(''),
    content: jsonb().$type<OutboxContent>(),
    lane: text(),
    place: bigint({ mode: 'number' }).notNull(),
    state: text().$type<OutboxState>().notNull().default('pending'),
    attempts: integer().notNull().default(0),
    unknowns: integer().notNull().default(0),
    since: instant().notNull(),
    dueAt: instant().notNull(),
    takenUntil: instant(),
    closedAt: instant(),
    reason: text(),
  },
  (table) => [
    index('outbox_open')
      .on(table.target, table.place)
      .where(sql`state in ('pending', 'ambiguous')`),
    index('outbox_dead')
      .on(table.target)
      .where(sql`state = 'dead'`),
    index('outbox_closed')
      .on(table.closedAt)
      .where(sql`closed_at is not null`),
  ],
);
