import type { OpenStore } from '../../src/store/open-store.ts';
import { managementGroupId, subscriptionId } from '../../src/core/tenant/arm-id.ts';
import type { Hierarchy } from '../../src/core/tenant/hierarchy.ts';
import type { Person } from '../../src/core/person.ts';
import type { ExemptionRequest } from '../../src/core/request/request.ts';

const tenantId = '99999999-0000-4000-8000-000000000000';
export const listedSubscriptions = 300;
const groups = 30;
const requesters = 2000;
/** The store waits only so long for an answer. */
const inOneStatement = 5000;

const padded = (index: number): string => String(index).padStart(12, '0');
const subscription = (index: number): string => subscriptionId(`10000000-0000-4000-8000-${padded(index)}`);

/** Subscriptions in management groups of ten, under one root. */
export const largeHierarchy: Hierarchy = {
  managementGroups: [
    { name: 'root', displayName: 'Root', ancestors: [] },
    ...Array.from({ length: groups }, (_, index) => ({
      name: `group-${index}`,
      displayName: `Group ${index}`,
      ancestors: ['root'],
    })),
  ],
  subscriptions: Array.from({ length: listedSubscriptions }, (_, index) => ({
    id: subscription(index),
    displayName: `sub-${index}`,
    ancestors: [`group-${index % groups}`, 'root'],
  })),
};

export const places = {
  everything: [managementGroupId('root')],
  'one group of ten subscriptions': [managementGroupId('group-7')],
  'one subscription': [subscription(42)],
  '500 resource groups': Array.from(
    { length: 500 },
    (_, index) => `${subscription(index % listedSubscriptions)}/resourceGroups/rg-${index % 12}`,
  ),
};

/** One of those who asked, by number. */
export const requester = (index: number): Person => ({
  objectId: `20000000-0000-4000-8000-${padded(index)}`,
  tenantId,
  name: `Person ${index}`,
});

const sample = (now: Date): ExemptionRequest => ({
  reference: 'EX-SAMPLE',
  version: 1,
  status: 'lapsed',
  requester: requester(0),
  createdAt: now,
  terms: {
    recommendation: { key: 'key', title: 'Storage accounts should restrict network access', severity: 'high' },
    scopes: [subscription(0)],
    name: 'Until the migration',
    category: 'Waiver',
    expiresAt: undefined,
    justification: 'The workload moves to another subscription next year. '.repeat(6),
    ticket: 'CHG0012345',
  },
  targets: [],
  alsoExempts: [],
  leftOut: [],
  governance: {
    approvals: 1,
    approvers: [],
    limits: { maxDays: undefined } as unknown as ExemptionRequest['governance']['limits'],
    trace: [],
  },
  renewal: undefined,
  termsVersion: 1,
  approvals: [],
  decision: undefined,
  waitingSince: now,
  emergency: undefined,
  revocation: undefined,
  failure: undefined,
  appliedAt: undefined,
  absent: [],
  progress: undefined,
});

/** In 100: most are in effect or over, one waits. The young are those that still move. */
const statuses = `case
  when n % 100 = 0 then 'pending' when n % 100 < 40 then 'effective' when n % 100 < 75 then 'expired'
  when n % 100 < 83 then 'rejected' when n % 100 < 88 then 'withdrawn' when n % 100 < 92 then 'lapsed'
  when n % 100 < 94 then 'revoked' when n % 100 < 98 then 'replaced' when n % 100 = 98 then 'applied'
  else 'partly-applied' end`;

/** One in 20 for a subscription, three for a resource group, the others for a resource; one in 200 for a management group. */
const scopes = `case
  when n % 200 = 7 then '/providers/Microsoft.Management/managementGroups/group-' || n % ${groups}
  else '/subscriptions/10000000-0000-4000-8000-' || lpad((n % ${listedSubscriptions})::text, 12, '0') || case
    when n % 20 = 0 then '' when n % 20 < 4 then '/resourceGroups/rg-' || n / ${listedSubscriptions} % 12
    else '/resourceGroups/rg-' || n / ${listedSubscriptions} % 12 || '/providers/Microsoft.Storage/storageAccounts/st' || n end end`;

/** So many requests of three years, those that wait of the last days. Written by the database, because one after another would take minutes. */
export const fillRequests = async (opened: OpenStore, count: number, now: Date): Promise<void> => {
  await opened.store.requests.add(sample(now));
  const run = (text: string) => opened.sqlForJobs.executeSql(text);
  const at = `'${now.toISOString()}'::timestamptz`;
  const { rows } = await run(`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = 'requests' and is_generated = 'NEVER'`);
  const columns = (rows as readonly { readonly name: string }[]).map(({ name }) => name);
  for (let from = 1; from <= count; from += inOneStatement)
    await run(`
    insert into requests (${columns.join(', ')})
    select ${columns.map((name) => `kept.${name}`).join(', ')} from requests as sample, generate_series(${from}, ${from + inOneStatement - 1}) as n
    cross join lateral (select ${statuses} as drawn_status, ${scopes} as scope) as drawn
    cross join lateral (select drawn_status = 'pending' as waits,
      ${at} - case when drawn_status = 'pending' then n % 6 * interval '1 day' else n * interval '15 minutes' end as sent,
      scope || '/providers/Microsoft.Authorization/policyExemptions/ED-' || n % 40000 as exemption,
      jsonb_build_object('objectId', '20000000-0000-4000-8000-' || lpad((n % ${requesters})::text, 12, '0'),
        'tenantId', '${tenantId}', 'name', 'Person ' || n % ${requesters}) as person) as made
    cross join lateral jsonb_populate_record(sample, jsonb_build_object(
      'reference', 'EX-' || lpad(n::text, 6, '0'), 'status', drawn_status, 'requester_id', person ->> 'objectId', 'requester', person,
      'created_at', sent, 'waiting_since', sent, 'looked_after_at', ${at}, 'reminded_at', ${at}, 'scopes', jsonb_build_array(scope), 'scope_key', lower(scope),
      'subscription_key', case when scope like '/sub%' then '/subscriptions/' || split_part(scope, '/', 3) end,
      'targets', jsonb_build_array(jsonb_build_object('exemptionId', exemption, 'scope', scope, 'assignmentName', 'Benchmark',
        'assignmentId', '/providers/Microsoft.Management/managementGroups/root/providers/Microsoft.Authorization/policyAssignments/a')),
      'decided_by', case when not waits then jsonb_build_object('objectId', 'b', 'tenantId', '${tenantId}', 'name', 'Bob') end,
      'decided_at', case when not waits then sent + interval '5 hours' end, 'decision_comment', case when not waits then 'Fine' end,
      'applied_at', case when drawn_status in ('effective', 'expired', 'revoked', 'replaced', 'applied', 'partly-applied')
        then sent + interval '6 hours' end,
      'revocation', case when drawn_status = 'revoked' then jsonb_build_object('at', to_char(sent + interval '9 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'reason', '') end,
      'expires_at', case when drawn_status = 'expired' then ${at} - interval '1 day' else ${at} + (n % 300 + 1) * interval '1 day' end
    )) as kept
    where sample.reference = 'EX-SAMPLE'`);
  await run(`
    insert into request_targets
    select reference, lower(target ->> 'exemptionId') from requests, jsonb_array_elements(targets) as target`);
  await run('analyze');
};
