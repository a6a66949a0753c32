import fc from 'fast-check';
import { runQuery } from '../../../simulator/azure/kql/run-query.ts';
import type { TableSet } from '../../../simulator/azure/kql/run-query.ts';
import { createPlacedTables, visibleTables } from '../../../simulator/azure/resource-graph/tables.ts';
import {
  askedScopesOf,
  createReadTest,
  createScopeTest,
  subscriptionsInSight,
} from '../../../simulator/azure/resource-graph/visibility.ts';
import { createAssessments } from '../../../simulator/tenant/assessments.ts';
import { createFabrikam } from '../../../simulator/tenant/fabrikam/create-fabrikam.ts';

const now = new Date('2026-03-02T09:00:00Z');
const tenant = createFabrikam({ now: () => now, subscriptions: 12, oddities: { unusualResources: false } });
const placed = createPlacedTables({ tenant, assessments: createAssessments(tenant) });
const ids = tenant.subscriptions.map(({ subscriptionId }) => subscriptionId);
const key = tenant.recommendations[3]?.assessmentKey ?? '';

/** What somebody sees who asks about some subscriptions, or about all. */
const tablesFor = (caller: string, subscriptions: readonly string[]): TableSet => {
  const who = tenant.principals.find((one) => one.key === caller)!;
  const asked = askedScopesOf(subscriptions, []);
  return visibleTables(placed, subscriptionsInSight(tenant, asked, who), {
    isReadable: createReadTest(tenant, who),
    isAtOrBelow: createScopeTest(tenant, asked, 'AtScopeAndBelow'),
    isInFilter: createScopeTest(tenant, asked, 'AtScopeAndAbove'),
  });
};

/** Without any wish, a table makes each of its rows with all of their members. */
const unhurried = (tables: TableSet): TableSet =>
  Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, { ...table, rows: () => table.rows({}) }]));
/** A union is no table any more, so that no condition and no choice of columns reaches its rows before they are made. */
const asUnion = (query: string): string => query.replace(/^(\w+)\n/, '$1 | union ($1 | where false)\n');

const conditions = [
  'true',
  "tostring(properties.status.code) == 'Unhealthy'",
  "properties.status.cause =~ 'exempt'",
  `name == '${key}'`,
  `subscriptionId in~ ('${ids[0]}', '${ids[3]}', '${ids[9]}')`,
  `subscriptionId == '${ids[1]}' or tostring(properties.metadata.severity) == 'High'`,
  `subscriptionId != '${ids[2]}' and id !contains 'storage'`,
  `not(tenantId == '${tenant.tenantId}')`,
  "tostring(properties.resourceDetails.Source) == 'Azure'",
  "tostring(properties.resourceDetails.Id) contains 'shop'",
  "resourceGroup startswith 'rg-shop'",
  "tostring(properties['displayName']) contains 'secure'",
];
const keys = [
  'name',
  'subscriptionId',
  'tenantId',
  'code = tostring(properties.status.code)',
  'severity = tostring(properties.metadata.severity)',
  'source = tolower(tostring(properties.resourceDetails.Source))',
  'resource = tolower(tostring(properties.resourceDetails.Id))',
  'id',
];
const aggregates = [
  'rows = count()',
  "unhealthy = countif(tostring(properties.status.code) == 'Unhealthy')",
  'titles = make_set(tostring(properties.displayName))',
  'every = make_list(tostring(properties.metadata.severity))',
  'highest = max(name)',
  'places = dcount(subscriptionId)',
  'since = min(tostring(properties.status.statusChangeDate))',
  'one = take_any(tostring(properties.metadata.policyDefinitionId))',
  'arg_max(name, tostring(properties.status.code))',
];

const questions = fc
  .record({
    conditions: fc.uniqueArray(fc.constantFrom(...conditions), { maxLength: 3 }),
    keys: fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 2 }),
    aggregates: fc.uniqueArray(fc.constantFrom(...aggregates), { minLength: 1, maxLength: 3 }),
  })
  .map(({ conditions: where, keys: by, aggregates: made }) =>
    [
      'securityresources',
      "| where type == 'microsoft.security/assessments'",
      ...where.map((condition) => `| where ${condition}`),
      `| summarize ${made.join(', ')} by ${by.join(', ')}`,
    ].join('\n'),
  );

describe('a question that groups assessments', () => {
  it('has the same answer whether rows are counted together or made one by one', () => {
    fc.assert(
      fc.property(
        questions,
        fc.constantFrom('bot', 'sara', 'bob', 'alice'),
        fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 3 }),
        (query, caller, subscriptions) => {
          const tables = tablesFor(caller, subscriptions);
          const quick = runQuery(query, tables, now);
          expect(quick).toEqual(runQuery(asUnion(query), unhurried(tables), now));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('lets Azure make a row for each recommendation and status only', () => {
    let made = 0;
    const tables = tablesFor('bot', []);
    const { securityresources } = tables;
    const counting: TableSet = {
      ...tables,
      securityresources: {
        ...securityresources!,
        *rows(wish) {
          for (const row of securityresources!.rows(wish)) {
            made += 1;
            yield row;
          }
        },
      },
    };
    const query =
      "securityresources | where type == 'microsoft.security/assessments' | summarize rows = count() by name";
    const counts = runQuery(query, counting, now).rows.map(({ rows }) => Number(rows));
    const all = counts.reduce((sum, count) => sum + count, 0);
    expect(made).toBeLessThan(all / 5);
  });
});
