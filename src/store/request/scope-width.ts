import { sql, type SQL } from '../engine/drizzle.ts';

const id = sql`rtrim(lower(scope), '/')`;

const rank = sql`(case when ${id} = '' then 5
  when ${id} ~ '^/providers/microsoft[.]management/managementgroups/[^/]+$' then 4
  when ${id} ~ '^/subscriptions/[^/]+$' then 3
  when ${id} ~ '^/subscriptions/[^/]+/resourcegroups/[^/]+$' then 2 else 1 end)`;

/** Above every number of scopes that a request may have. */
const step = 100_000;

/** How wide the scopes of a request are, given as JSON: a number that is greater for a wider scope, then for more scopes. */
export const widthOf = (scopes: SQL): SQL =>
  sql`(select coalesce(max(${rank}), 0) * ${sql.raw(String(step))} + count(*) from jsonb_array_elements_text(${scopes}) as scope)`;

/** That one of them is a subscription or more, as `isWideScope` says of a scope in memory. */
export const isWide = (scopes: SQL): SQL =>
  sql`exists (select from jsonb_array_elements_text(${scopes}) as scope where ${rank} >= 3)`;
