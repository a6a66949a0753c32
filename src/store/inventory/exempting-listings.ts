import { mostExempting, type KeptListing } from '../../core/inventory/listing-filter.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { and, asc, eq, sql, type SqlDatabase } from '../engine/drizzle.ts';
import { listedExemptions as listed, recommendationSets as sets } from '../engine/schema.ts';
import { isAt } from './listing-condition.ts';
import { idInOrder } from './listing-page.ts';
import { keptRowsOf } from './listing-row.ts';

/** The exemptions at some scopes that exempt from a recommendation now. Only what stands at these scopes is read. */
export const exemptingListings = async (
  database: SqlDatabase,
  key: string,
  scopes: readonly string[],
  now: Date,
): Promise<KeptListing[]> => {
  const { expired, orphaned } = isAt({ now, expiringUntil: undefined });
  const members = await database
    .select({ row: listed, recommendations: sets.recommendations })
    .from(listed)
    .innerJoin(sets, eq(sets.id, listed.recommendations))
    .where(
      and(
        sql`${listed.scopeKey} = any(${sql.param(scopes.map(normalId))}::text[])`,
        sql`(${expired}) is not true and not ${orphaned}`,
        sql`${sets.recommendations} @> ${JSON.stringify([{ key }])}::jsonb`,
      ),
    )
    .orderBy(asc(idInOrder))
    .limit(mostExempting);
  return keptRowsOf([...new Set(members.map(({ row }) => row.occasion))], members);
};
