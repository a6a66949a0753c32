import { sql, type SqlDatabase } from '../engine/drizzle.ts';
import { listedExemptions as listed } from '../engine/schema.ts';

/** Marks the first exemption of each occasion, after exemptions came to it or left it. */
export const settleLeads = async (database: SqlDatabase, occasions: readonly string[]): Promise<void> => {
  // Joined with what is placed, the planner reads the whole table for each portion; `offset 0` and the array leave it the indexes.
  await database.execute(sql`
    update ${listed} set leads = not leads
    where ${listed.id} = any(array(
      select id from (
        select there.id, there.leads, row_number() over (partition by touched.occasion order by there.id collate "C") = 1 as first
        from (select distinct unnest(${sql.param(occasions)}::uuid[]) as occasion) as touched
        cross join lateral (select id, leads from ${listed} where ${listed.occasion} = touched.occasion offset 0) as there) as placed
      where leads <> first))`);
};

/** The occasions of exemptions, by their normal ids. */
export const occasionsOf = async (database: SqlDatabase, ids: readonly string[]): Promise<string[]> => {
  const rows = await database
    .selectDistinct({ occasion: listed.occasion })
    .from(listed)
    .where(sql`${listed.id} = any(${sql.param(ids)}::text[])`);
  return rows.map(({ occasion }) => occasion);
};
