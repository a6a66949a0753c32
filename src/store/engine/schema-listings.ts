import { boolean, index, instant, jsonb, pgTable, sql, text, uuid } from './drizzle.ts';
import { groupKeyOf } from './group-key.ts';
import type { Listing, RecommendationSet } from '../../core/inventory/listing.ts';

/** The recommendations of exemptions, once for all that have the same: an exemption of a whole initiative has hundreds. */
export const recommendationSets = pgTable('recommendation_sets', {
  id: uuid().primaryKey(),
  recommendations: jsonb().$type<RecommendationSet['recommendations']>().notNull(),
  search: text().notNull(),
});

/** What recorded steps wrote, deleted or found gone lately, until Resource Graph has surely caught up. */
export const writtenExemptions = pgTable('written_exemptions', {
  id: text().primaryKey(),
  exemptionId: text().notNull(),
  writtenAt: instant().notNull(),
  mark: uuid().notNull().defaultRandom(),
});

/** What lists show of exemptions, in rows that are small, because a count goes through all of them. */
export const listedExemptions = pgTable(
  'listed_exemptions',
  {
    id: text().primaryKey(),
    madeIn: text().$type<Listing['madeIn']>().notNull(),
    digest: text().notNull(),
    occasion: uuid().notNull(),
    /** It is the first by its id of those made together: a list that shows all of them shows this one. */
    leads: boolean().notNull().default(false),
    /** As Azure writes it; `id` is the same in lower case. */
    exemptionId: text().notNull(),
    category: text().$type<Listing['exemption']['category']>().notNull(),
    displayName: text().notNull(),
    createdAt: instant(),
    scopeKey: text().notNull(),
    subscriptionKey: text(),
    groupKey: groupKeyOf('scope_key'),
    expiresAt: instant(),
    recommendations: uuid().notNull(),
    reference: text(),
    /** No policy assignment with its id is visible, although it was made for one. */
    assignmentGone: boolean().notNull(),
    /** It belongs to no recommendation, although its assignment is visible. */
    ordinary: boolean().notNull(),
    /** As in `seen_exemptions`, which changes it here too. */
    needless: boolean().notNull(),
    wholeInitiative: boolean().notNull(),
    assignmentName: text(),
    createdBy: text(),
    /** The tool that manages it in files of its own. */
    managedBy: text(),
    /** The subscription or management group of its policy assignment; only where that is not visible. */
    assignedIn: text(),
    search: text().notNull(),
  },
  (table) => [
    index('listed_exemptions_soonest').on(table.expiresAt, sql`${table.id} collate "C"`),
    index('listed_exemptions_together').on(table.occasion, sql`${table.id} collate "C"`),
    index('listed_exemptions_in_subscription').on(table.subscriptionKey, table.expiresAt),
    index('listed_exemptions_in_group').on(table.groupKey),
    index('listed_exemptions_at_scope').on(table.scopeKey),
    index('listed_exemptions_by_recommendations').on(table.recommendations),
    index('listed_exemptions_needless')
      .on(table.occasion)
      .where(sql`needless`),
    index('listed_exemptions_orphaned')
      .on(table.expiresAt, sql`${table.id} collate "C"`)
      .where(sql`assignment_gone`),
    index('listed_exemptions_of_defender')
      .on(table.id)
      .where(sql`made_in = 'defender'`),
  ],
);
