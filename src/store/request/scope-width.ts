import { manyResources } from '../../core/plan/width.ts';
import { sql, type SQL } from '../engine/drizzle.ts';

const id = sql`rtrim(lower(scope), '/')`;

const rank = sql`(case when ${id} = '' then 5
  when ${id} ~ '^/providers/microsoft[.]management/managementgroups/[^/]+$' then 4
  when ${id} ~ '^/subscriptions/[^/]+$' then 3
  when ${id} ~ '^/subscriptions/[^/]+/resourcegroups/[^/]+$' then 2 else 1 end)`;

/** The least rank that is wide: a subscription. */
const wideRank = 3;

/** What makes a request wide or narrow: its scopes as JSON, and its rules with what it hit. */
export type Measured = { readonly scopes: SQL; readonly governance: SQL };

/** As `hitOf` says of a request in memory; 0 where it is not known. */
const resourcesHit = ({ governance }: Measured): SQL =>
  sql`(case when (${governance} -> 'scopesReduced') is null then coalesce((${governance} -> 'facts' ->> 'affectedResources')::numeric, 0) else 0 end)`;

const isMany = (of: Measured): SQL => sql`(${resourcesHit(of)} >= ${sql.raw(String(manyResources))})`;

/** That a request is wide, as `isWideRequest` says of one in memory. */
export const isWide = (of: Measured): SQL =>
  sql`(${isMany(of)} or exists (select from jsonb_array_elements_text(${of.scopes}) as scope where ${rank} >= ${sql.raw(String(wideRank))}))`;

/**
 * How wide a request is, a number that is greater for a wider one: what is wide before what is not, then by the widest scope, by the resources that
 * it hit, and by the number of its scopes. Many resources count as much as a subscription.
 */
export const widthOf = (of: Measured): SQL =>
  sql`(select greatest(coalesce(max(${rank}), 0), case when ${isMany(of)} then ${sql.raw(String(wideRank))} else 0 end) * 1e12::numeric
    + least(${resourcesHit(of)}, 1e7) * 1e5 + least(count(*), 99999) from jsonb_array_elements_text(${of.scopes}) as scope)`;
