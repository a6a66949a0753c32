import type { ListingFilter, ListingKind } from '../../core/inventory/listing-filter.ts';
import { sql, type AnyColumn, type SQL } from '../engine/drizzle.ts';
import { listedExemptions as listed, recommendationSets as sets } from '../engine/schema.ts';
import { scopeCondition, scopeReached } from '../engine/scope-condition.ts';

const isAt = ({ now, expiringUntil: soon }: ListingFilter): Readonly<Record<ListingKind, SQL>> => {
  const inForce = sql`(${listed.expiresAt} > ${now.toISOString()}::timestamptz and not ${listed.assignmentGone})`;
  const isSoon =
    soon === undefined ? sql`true` : sql`coalesce(${listed.expiresAt} < ${soon.toISOString()}::timestamptz, false)`;
  return {
    all: sql`true`,
    // Whether all are that were made together is known only after grouping.
    needless: sql`true`,
    'other-policies': sql`true`,
    outside: sql`${listed.reference} is null`,
    orphaned: sql`${listed.assignmentGone}`,
    'never-expires': sql`(${listed.expiresAt} is null and not ${listed.assignmentGone})`,
    expired: sql`(${listed.expiresAt} <= ${now.toISOString()}::timestamptz and not ${listed.assignmentGone})`,
    expiring: sql`(${inForce} and ${isSoon})`,
    active: sql`(${inForce} and not ${isSoon})`,
  };
};

const isThere = ({ place }: ListingFilter): SQL =>
  place === undefined
    ? sql`true`
    : sql`(${scopeReached(place.inside, listed)} or ${listed.scopeKey} = any(${sql.param(place.around)}::text[]))`;

type Searched = { readonly search: AnyColumn; readonly recommendations: AnyColumn };

/** A text, as `searchable` writes it, is in what an exemption or its place is called. */
export const hasName = (text: string, { search }: Pick<Searched, 'search'>): SQL => sql`strpos(${search}, ${text}) > 0`;

/** It is in what one of the recommendations is called. */
export const hasRecommendation = (text: string, { recommendations }: Pick<Searched, 'recommendations'>): SQL =>
  sql`${recommendations} in (select ${sets.id} from ${sets} where strpos(${sets.search}, ${text}) > 0)`;

/** The condition that a text finds an exemption. */
export const isFoundBy = (text: string, searched: Searched): SQL =>
  text === '' ? sql`true` : sql`(${hasName(text, searched)} or ${hasRecommendation(text, searched)})`;

/** The condition that an exemption is in a list, before those made together become one row. */
export const listingCondition = (filter: ListingFilter): SQL =>
  sql.join(
    [
      filter.kind === 'other-policies' ? sql`${listed.ordinary}` : sql`not ${listed.ordinary}`,
      isAt(filter)[filter.kind],
      scopeCondition(filter.sight, listed),
      isThere(filter),
      isFoundBy(filter.text, listed),
    ],
    sql` and `,
  );
