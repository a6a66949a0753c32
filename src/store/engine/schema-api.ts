import { index, instant, jsonb, pgTable, primaryKey, text } from './drizzle.ts';
import type { KeptAnswer } from '../../core/chat/kept-answers.ts';
import type { UnclaimedDraft } from '../../core/request/draft.ts';

/** Changes that other programs asked for, each under a key of theirs. Undefined answer: it is being made. */
export const keptAnswers = pgTable(
  'kept_answers',
  {
    callerId: text().notNull(),
    application: text().notNull(),
    key: text().notNull(),
    digest: text().notNull(),
    begunAt: instant().notNull(),
    answer: jsonb().$type<KeptAnswer>(),
  },
  (table) => [
    primaryKey({ columns: [table.callerId, table.application, table.key] }),
    index('kept_answers_by_age').on(table.begunAt),
  ],
);

export const unclaimedDrafts = pgTable('unclaimed_drafts', {
  id: text().primaryKey(),
  application: text().notNull(),
  recommendation: jsonb().$type<UnclaimedDraft['recommendation']>().notNull(),
  form: jsonb().$type<UnclaimedDraft['form']>().notNull(),
  scopes: jsonb().$type<UnclaimedDraft['scopes']>().notNull(),
  onBehalfOf: text().notNull(),
  createdAt: instant().notNull(),
  claimedBy: text(),
  /** When channels were told of it. */
  toldAt: instant(),
});
