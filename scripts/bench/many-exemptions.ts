import type { OpenStore } from '../../src/store/open-store.ts';
import { listedSubscriptions } from './many-requests.ts';

/** The store waits only so long for an answer. */
const inOneStatement = 5000;
const recommendations = 250;

const sets = `
  insert into recommendation_sets
  select md5('set ' || n)::uuid, jsonb_build_array(jsonb_build_object('key', 'key-' || n, 'title', title, 'severity', 'high')), lower(title)
  from generate_series(1, ${recommendations}) as n, lateral (select 'Recommendation ' || n || ' should be followed' as title) as called`;

/** All of them, as an exemption of a whole initiative has them. */
const wholeSet = `
  insert into recommendation_sets
  select md5('set 0')::uuid, jsonb_agg(recommendations -> 0), string_agg(search, chr(1)) from recommendation_sets`;

/** Two of three stand alone, the others in pairs; one in ten never ends, one in twenty has lost its assignment, one in five was asked for. */
const drawn = (from: number, to: number, at: string): string => `
  generate_series(${from}, ${to}) as n
  cross join lateral (select case when n % 3 = 2 then n - 1 else n end as pair) as made
  cross join lateral (select '/subscriptions/10000000-0000-4000-8000-' || lpad((pair % ${listedSubscriptions})::text, 12, '0') as subscription) as inside
  cross join lateral (select subscription || '/resourcegroups/rg-' || pair / ${listedSubscriptions} % 12
    || '/providers/microsoft.storage/storageaccounts/st' || pair as scope) as placed
  cross join lateral (select scope || '/providers/microsoft.authorization/policyexemptions/exemption-' || n as id,
    'Exemption ' || n || ' until the migration' as called,
    case when pair % 10 > 0 then ${at} + (pair * 7919 % 700 - 200) * interval '1 day' end as ends) as named`;

/** So many exemptions as a sweep leaves them, most made outside. Written by the database, because one after another would take minutes. */
export const fillExemptions = async (opened: OpenStore, count: number, now: Date): Promise<void> => {
  const run = (text: string) => opened.sqlForJobs.executeSql(text);
  const at = `'${now.toISOString()}'::timestamptz`;
  await run(sets);
  await run(wholeSet);
  for (let from = 1; from <= count; from += inOneStatement) {
    const those = drawn(from, Math.min(count, from + inOneStatement - 1), at);
    await run(`
      insert into seen_exemptions (id, first_seen_at, scope_key, needless, exemption)
      select id, ${at}, scope, pair % 30 = 0, jsonb_build_object('id', id, 'scope', scope, 'category', 'Waiver', 'displayName', called,
        'policyAssignmentId', subscription || '/providers/microsoft.authorization/policyassignments/a', 'resourceSelectors', '[]'::jsonb, 'descriptionHash', md5(called) || md5(id)) from ${those}`);
    await run(`
      insert into listed_exemptions (id, made_in, exemption_id, category, display_name, digest, occasion, leads, scope_key, subscription_key, expires_at, recommendations, reference,
        assignment_gone, ordinary, needless, whole_initiative, assignment_name, created_by, search, assigned_in)
      select id, 'policy', id, 'Waiver', called, md5(id), md5('made ' || pair)::uuid, n = pair, scope, subscription, ends,
        md5('set ' || case when pair % 7 = 0 then 0 else 1 + pair % ${recommendations} end)::uuid,
        case when pair % 5 = 0 then 'EX-' || pair end, pair % 20 = 1, pair % 11 = 5 and pair % 20 <> 1, pair % 30 = 0, pair % 7 = 0,
        case when pair % 20 <> 1 then 'Benchmark' end, 'person' || pair % 500 || '@contoso.com', lower(called) || chr(1) || 'exemption-' || n,
        case when pair % 20 = 1 then subscription end
      from ${those}`);
  }
  await opened.store.listings.noteRead(now);
  await run('analyze');
};
