import { boolean, index, instant, jsonb, pgTable, sql, text, uuid } from './drizzle.ts';
import type { RecommendationSet } from '../../core/inventory/listing.ts';
import { seenExemptions } from './schema-alerts.ts';

/** The recommendations of exemptions, once for all that have the same: an exemption of a whole initiative has hundreds. */
export const recommendationSets = pgTable('recommendation_sets', {
  id: uuid().primaryKey(),
  recommendations: jsonb().$type<RecommendationSet['recommendations']>().notNull(),
  search: text().notNull(),
});

/** What lists show of the exemptions that the sweep has seen, in rows that are small, because a count goes through all of them. */
export const listedExemptions = pgTable(
  'listed_exemptions',
  {
    id: text()
      .primaryKey()
      .references(() => seenExemptions.id, { onDelete: 'cascade' }),
    digest: text().notNull(),
    occasion: uuid().notNull(),
    /** It is the first by its id of those made together: a list that shows all of them shows this one. */
    leads: boolean().notNull().default(false),
    scopeKey: text().notNull(),
    subscriptionKey: text(),
    expiresAt: instant(),
    recommendations: uuid().notNull(),
    reference: text(),
    /** No policy assignment with its id is visible. */
    assignmentGone: boolean().notNull(),
    /** It belongs to no recommendation, although its assignment is visible. */
    ordinary: boolean().notNull(),
    /** As in `seen_exemptions`, which changes it here too. */
    needless: boolean().notNull(),
    wholeInitiative: boolean().notNull(),
    assignmentName: text(),
    createdBy: text(),
    search: text().notNull(),
  },
  (table) => [
    index('listed_exemptions_soonest').on(table.expiresAt, sql`${table.id} collate "C"`),
    index('listed_exemptions_together').on(table.occasion, sql`${table.id} collate "C"`),
    index('listed_exemptions_in_subscription').on(table.subscriptionKey, table.expiresAt),
    index('listed_exemptions_by_recommendations').on(table.recommendations),
    index('listed_exemptions_needless')
      .on(table.occasion)
      .where(sql`needless`),
  ],
);
