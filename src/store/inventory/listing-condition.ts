import type { ListingFilter, ListingKind } from '../../core/inventory/listing-filter.ts';
import { alias, sql, type AnyColumn, type SQL } from '../engine/drizzle.ts';
import { listedExemptions as listed, recommendationSets as sets, seenExemptions as seen } from '../engine/schema.ts';
import { scopeCondition, scopeReached } from '../engine/scope-condition.ts';

/** The condition of each kind of list. */
export const isAt = ({
  now,
  expiringUntil: soon,
}: Pick<ListingFilter, 'now' | 'expiringUntil'>): Readonly<Record<ListingKind, SQL>> => {
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

const isInSight = ({ sights: { policy, defender } }: Pick<ListingFilter, 'sights'>): SQL => {
  const [inPolicy, inDefender] = [scopeCondition(policy, listed), scopeCondition(defender, listed)];
  // Nearly everybody has both rights at the same scopes.
  if (JSON.stringify(policy) === JSON.stringify(defender)) return inPolicy;
  return sql`((${listed.madeIn} = 'policy' and ${inPolicy}) or (${listed.madeIn} = 'defender' and ${inDefender}))`;
};

const isThere = ({ place }: ListingFilter): SQL =>
  place === undefined
    ? sql`true`
    : sql`(${scopeReached(place.inside, listed)} or ${listed.scopeKey} = any(${sql.param(place.around)}::text[]))`;

const member = alias(listed, 'member');

/** Those made together are in a list together, so that one of them on the policy assignment is enough. */
const isOn = ({ assignment }: ListingFilter): SQL =>
  assignment === undefined
    ? sql`true`
    : sql`${listed.occasion} in (select ${member.occasion} from ${listed} as ${sql.identifier('member')}
        join ${seen} on ${seen.id} = ${member.id} where ${seen.assignmentKey} = ${assignment})`;

/** What belongs to no recommendation is listed only where it is asked for, or the policy assignment is. */
const isOfKind = ({ kind, assignment }: ListingFilter): SQL => {
  if (kind === 'other-policies') return sql`${listed.ordinary}`;
  return assignment === undefined ? sql`not ${listed.ordinary}` : sql`true`;
};

type Searched = { readonly search: AnyColumn; readonly recommendations: AnyColumn };

type Sought = Pick<ListingFilter, 'text' | 'isWhole'>;

/** Between two texts; see `searchable`. */
const apart = sql`chr(1)`;

/** A text, as `searchable` writes it, is in what an exemption or its place is called, or is all of its name. */
export const hasName = ({ text, isWhole }: Sought, { search }: Pick<Searched, 'search'>): SQL =>
  isWhole
    ? // The place stands last, so nothing follows it.
      sql`strpos(${apart} || ${search}, ${apart} || ${text}::text || ${apart}) > 0`
    : sql`strpos(${search}, ${text}) > 0`;

/** It is in what one of the recommendations is called. */
export const hasRecommendation = (
  { text, isWhole }: Sought,
  { recommendations }: Pick<Searched, 'recommendations'>,
): SQL =>
  isWhole
    ? sql`false`
    : sql`${recommendations} in (select ${sets.id} from ${sets} where strpos(${sets.search}, ${text}) > 0)`;

/** The condition that a text finds an exemption. */
export const isFoundBy = (sought: Sought, searched: Searched): SQL =>
  sought.text === '' ? sql`true` : sql`(${hasName(sought, searched)} or ${hasRecommendation(sought, searched)})`;

/** The condition that an exemption is in a list, before those made together become one row. */
export const listingCondition = (filter: ListingFilter): SQL =>
  sql.join(
    [
      isOfKind(filter),
      isAt(filter)[filter.kind],
      isInSight(filter),
      isThere(filter),
      isOn(filter),
      isFoundBy(filter, listed),
    ],
    sql` and `,
  );
