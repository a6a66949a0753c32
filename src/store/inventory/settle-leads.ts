import { sql, type SqlDatabase } from '../engine/drizzle.ts';
import { listedExemptions as listed } from '../engine/schema.ts';

/** Marks the first exemption of each occasion, after exemptions came to it or left it. */
export const settleLeads = async (database: SqlDatabase, occasions: readonly string[]): Promise<void> => {
  // The planner may otherwise read the whole table for each portion. `offset 0` prevents that.
  await database.execute(sql`
    update ${listed} set leads = placed.leads
    from (
      select there.id, row_number() over (partition by touched.occasion order by there.id collate "C") = 1 as leads
      from (select distinct unnest(${sql.param(occasions)}::uuid[]) as occasion) as touched
      cross join lateral (select id from ${listed} where ${listed.occasion} = touched.occasion offset 0) as there) as placed
    where ${listed.id} = placed.id and ${listed.leads} <> placed.leads`);
};

/** The occasions of exemptions, by their normal ids. */
export const occasionsOf = async (database: SqlDatabase, ids: readonly string[]): Promise<string[]> => {
  const rows = await database
    .selectDistinct({ occasion: listed.occasion })
    .from(listed)
    .where(sql`${listed.id} = any(${sql.param(ids)}::text[])`);
  return rows.map(({ occasion }) => occasion);
};
