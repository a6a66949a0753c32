import { normalId } from '../../core/tenant/arm-id.ts';
import { scopeColumns } from '../../core/tenant/scope-filter.ts';
import type { Listing } from '../../core/inventory/listing.ts';
import type { KeptListing } from '../../core/inventory/listing-filter.ts';
import { sql, type SQL } from '../engine/drizzle.ts';
import type { listedExemptions, recommendationSets, seenExemptions } from '../engine/schema.ts';

type Row = typeof listedExemptions.$inferSelect;

/** The columns that a listing fills, with their types. */
const columns = {
  id: 'text',
  digest: 'text',
  occasion: 'uuid',
  scope_key: 'text',
  subscription_key: 'text',
  expires_at: 'timestamptz',
  recommendations: 'uuid',
  reference: 'text',
  assignment_gone: 'boolean',
  ordinary: 'boolean',
  whole_initiative: 'boolean',
  assignment_name: 'text',
  created_by: 'text',
  search: 'text',
} as const;

const joined = (texts: readonly string[]): SQL => sql.raw(texts.join(', '));
const names = Object.keys(columns);

/** The same columns as parts of a statement. */
export const givenColumns = {
  names: joined(names),
  types: joined(Object.entries(columns).map(([name, type]) => `${name} ${type}`)),
  replaced: joined(names.map((name) => `${name} = excluded.${name}`)),
};

type Given = Readonly<Record<keyof typeof columns, string | boolean | null>> & {
  readonly id: string;
  readonly occasion: string;
};

/** A listing as a row of JSON. */
export const givenOf = (listing: Listing): Given => {
  const { exemption, recommendations, assignmentName } = listing;
  const { scopeKey, subscriptionKey } = scopeColumns(exemption.scope);
  return {
    id: normalId(exemption.id),
    digest: listing.digest,
    occasion: listing.occasion,
    scope_key: scopeKey,
    subscription_key: subscriptionKey,
    expires_at: exemption.expiresAt?.toISOString() ?? null,
    recommendations: recommendations.id,
    reference: listing.reference ?? null,
    assignment_gone: assignmentName === undefined,
    ordinary: assignmentName !== undefined && recommendations.recommendations.length === 0,
    whole_initiative: listing.wholeInitiative,
    assignment_name: assignmentName ?? null,
    created_by: exemption.createdBy ?? null,
    search: listing.search,
  };
};

type Member = {
  readonly row: Row;
  readonly exemption: (typeof seenExemptions.$inferSelect)['exemption'];
  readonly recommendations: (typeof recommendationSets.$inferSelect)['recommendations'];
};

const rowOf = (members: readonly Member[]): KeptListing[] => {
  const [first] = members;
  // What was just replaced or removed.
  if (first?.exemption == null) return [];
  const { row, exemption, recommendations } = first;
  const { id, scope, category, displayName, createdAt } = exemption;
  return [
    {
      exemption: {
        ...{ id, scope, category, displayName },
        expiresAt: row.expiresAt ?? undefined,
        createdAt: createdAt === undefined ? undefined : new Date(createdAt),
        createdBy: row.createdBy ?? undefined,
      },
      reference: row.reference ?? undefined,
      recommendations,
      wholeInitiative: row.wholeInitiative,
      needless: members.every((each) => each.row.needless),
      assignmentNames: members.flatMap((each) => each.row.assignmentName ?? []).toSorted((a, b) => a.localeCompare(b)),
      assignmentGone: row.assignmentGone,
    },
  ];
};

/** One row for each occasion, in their order; `members` are sorted by their ids. */
export const keptRowsOf = (occasions: readonly string[], members: readonly Member[]): KeptListing[] => {
  const byOccasion = Map.groupBy(members, ({ row }) => row.occasion);
  return occasions.flatMap((occasion) => rowOf(byOccasion.get(occasion) ?? []));
};
