import { normalId, scopeOfExtension, subscriptionOf } from '../../core/tenant/arm-id.ts';
import { scopeColumns } from '../../core/tenant/scope-filter.ts';
import { isAssignmentGone, type Listing } from '../../core/inventory/listing.ts';
import type { KeptListing } from '../../core/inventory/listing-filter.ts';
import { givenColumns } from '../engine/given-columns.ts';
import type { listedExemptions, recommendationSets } from '../engine/schema.ts';

type Row = typeof listedExemptions.$inferSelect;

/** The columns that a listing fills, with their types. */
const columns = {
  id: 'text',
  made_in: 'text',
  digest: 'text',
  occasion: 'uuid',
  exemption_id: 'text',
  category: 'text',
  display_name: 'text',
  created_at: 'timestamptz',
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
  managed_by: 'text',
  assigned_in: 'text',
  search: 'text',
} as const;

/** The same columns as parts of a statement. */
export const listingColumns = givenColumns(columns);

type Given = Readonly<Record<keyof typeof columns, string | boolean | null>> & {
  readonly id: string;
  readonly occasion: string;
};

/** No database keeps a text with it. */
const withoutNull = (text: string): string => text.replaceAll('\0', '');

/** The subscription or management group of a policy assignment. */
const placeOf = (assignmentId: string | undefined): string | null => {
  if (assignmentId === undefined) return null;
  const scope = scopeOfExtension(assignmentId);
  return normalId(withoutNull(subscriptionOf(scope) ?? scope));
};

/** A listing as a row of JSON. */
export const givenOf = (listing: Listing): Given => {
  const { madeIn, exemption, recommendations, assignmentName } = listing;
  const { scopeKey, subscriptionKey } = scopeColumns(exemption.scope);
  const assignmentGone = isAssignmentGone(listing);
  return {
    id: normalId(exemption.id),
    made_in: madeIn,
    digest: listing.digest,
    occasion: listing.occasion,
    exemption_id: exemption.id,
    category: exemption.category,
    display_name: withoutNull(exemption.displayName),
    created_at: exemption.createdAt?.toISOString() ?? null,
    scope_key: scopeKey,
    subscription_key: subscriptionKey,
    expires_at: exemption.expiresAt?.toISOString() ?? null,
    recommendations: recommendations.id,
    reference: listing.reference ?? null,
    assignment_gone: assignmentGone,
    ordinary: madeIn === 'policy' && !assignmentGone && recommendations.recommendations.length === 0,
    whole_initiative: listing.wholeInitiative,
    assignment_name: assignmentName === undefined ? null : withoutNull(assignmentName),
    created_by: exemption.createdBy === undefined ? null : withoutNull(exemption.createdBy),
    managed_by: exemption.managedBy === undefined ? null : withoutNull(exemption.managedBy),
    assigned_in: assignmentGone ? placeOf(exemption.policyAssignmentId) : null,
    search: listing.search,
  };
};

type Member = {
  readonly row: Row;
  readonly recommendations: (typeof recommendationSets.$inferSelect)['recommendations'];
};

const rowOf = (members: readonly Member[]): KeptListing[] => {
  const [first] = members;
  // What was just replaced or removed.
  if (first === undefined) return [];
  const { row, recommendations } = first;
  const { exemptionId, madeIn, category, displayName } = row;
  return [
    {
      madeIn,
      exemption: {
        ...{ id: exemptionId, scope: scopeOfExtension(exemptionId), category, displayName },
        expiresAt: row.expiresAt ?? undefined,
        createdAt: row.createdAt ?? undefined,
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
