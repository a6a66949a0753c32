import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { runQuery } from '../../../simulator/azure/kql/run-query.ts';
import type { TableSet } from '../../../simulator/azure/kql/run-query.ts';
import { createPlacedTables, visibleTables } from '../../../simulator/azure/resource-graph/tables.ts';
import { createReadTest, subscriptionsInSight } from '../../../simulator/azure/resource-graph/visibility.ts';
import { createAssessments } from '../../../simulator/tenant/assessments.ts';
import { createFabrikam } from '../../../simulator/tenant/fabrikam/create-fabrikam.ts';
import { isInAzure } from '../../../src/azure/defender/is-in-azure.ts';
import {
  always,
  anyOf,
  containsAll,
  fill,
  isOneOf,
  literal,
  literals,
  matchesPattern,
  startsWithAny,
} from '../../../src/azure/client/query-text.ts';

const now = new Date('2026-03-02T09:00:00Z');
const tenant = createFabrikam({ now: () => now, subscriptions: 12 });
const [bot] = tenant.principals;
const tables = visibleTables(
  createPlacedTables({ tenant, assessments: createAssessments(tenant) }),
  subscriptionsInSight(tenant, undefined, bot!),
  { isReadable: createReadTest(tenant, bot!), isAtOrBelow: () => true, isInFilter: () => true },
);

/** Without any wish, a table makes all of its rows with all of their members. */
const unhurried: TableSet = Object.fromEntries(
  Object.entries(tables).map(([name, table]) => [name, { ...table, rows: () => table.rows({}) }]),
);
/** A union is no table any more, so that no condition and no choice of columns reaches its rows before they are made. */
const asUnion = (query: string): string => query.replace(/^(\w+)\n/, '$1 | union ($1 | where false)\n');

const folder = new URL('../../../src/azure/queries/', import.meta.url);
const ids = tenant.subscriptions.map(({ subscriptionId }) => subscriptionId);
/** The subscription delegated by Lighthouse, where the bot may read everything. */
const delegated = `/subscriptions/${ids[9] ?? ''}/`;
const groups = tenant.resourceGroups.map(({ id }) => `${id.toLowerCase()}/`);
const keys = tenant.recommendations.slice(0, 60).map(({ assessmentKey }) => assessmentKey);

const places = fc.record({
  subscriptions: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 5 }),
  narrower: fc.uniqueArray(fc.constantFrom(...groups), { maxLength: 3 }),
  hidden: fc.uniqueArray(fc.constantFrom(...groups), { maxLength: 2 }),
  keys: fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 3 }),
  type: fc.constantFrom(always, matchesPattern('tolower(id)', '/providers/microsoft\\.keyvault/vaults/[^/]+/')),
});
type Places = typeof places extends fc.Arbitrary<infer T> ? T : never;

const fragmentsFor = ({ subscriptions, narrower, hidden, keys: [key = '', ...others], type }: Places) => {
  const ofKey = (one: string) => ({
    kql: `(name =~ ${literal(one).kql} and (subscriptionId in~ (${literals(subscriptions).kql}) or ${startsWithAny('tolower(id)', narrower).kql}))`,
  });
  return {
    isInAzure,
    ofKind: always,
    asked: anyOf([key, ...others].map(ofKey)),
    key: literal(key),
    subscriptions: literals(subscriptions),
    narrower: startsWithAny('tolower(id)', narrower),
    hidden: startsWithAny('tolower(id)', hidden),
    ofKeys: subscriptions.length > 2 ? always : isOneOf('name', [key]),
    ofResources: type,
    rank: { kql: "case(severity =~ 'high', 3, severity =~ 'medium', 2, 1)" },
    having: { kql: subscriptions.length > 2 ? 'unhealthy > 0' : 'unhealthy > 0 or exempted > 0' },
    ofRank: subscriptions.length === 5 ? always : { kql: 'rank >= 2' },
    titled: containsAll('displayName', ['should']),
    fit: { kql: "case(displayName contains 'machines', 1, 0)" },
    exemptable: always,
    scope: { kql: `case(tolower(id) startswith ${literal(groups[0] ?? '').kql}, ${literal(groups[0] ?? '').kql}, '')` },
    ofSubscriptions: subscriptions.length === 5 ? always : isOneOf('subscriptionId', subscriptions),
    below: startsWithAny('tolower(id)', narrower),
    above: startsWithAny(
      'tolower(id)',
      tenant.standardAssignments
        .slice(0, 5)
        .map(({ scope }) => `${scope.toLowerCase()}/providers/microsoft.security/standardassignments/`),
    ),
    exactly: isOneOf('tolower(tostring(properties.scope))', narrower),
    ofPrincipals: isOneOf(
      'tostring(properties.principalId)',
      tenant.roleAssignments.slice(0, 5).map(({ principalId }) => principalId),
    ),
    ofNames: isOneOf(
      'name',
      tenant.roleDefinitions.slice(0, 3).map(({ name }) => name),
    ),
    named: isOneOf(
      'id',
      tenant.exemptions
        .all()
        .slice(0, 3)
        .map(({ id }) => id.toLowerCase()),
    ),
    mayCarry: containsAll('tostring(tags)', subscriptions.length === 5 ? [] : ['env']),
    ids: literals(
      tenant.resources
        .map(({ id }) => id.toLowerCase())
        .filter((id) => id.startsWith(delegated))
        .slice(0, 3),
    ),
  };
};

const filled = (template: string, wish: Places): string =>
  fill(
    template,
    Object.fromEntries(Object.entries(fragmentsFor(wish)).filter(([name]) => template.includes(`{${name}}`))),
  );

const rowsOf = (query: string, from: TableSet) => runQuery(query, from, now).rows;

describe('a question of the product about Fabrikam', () => {
  it.each(readdirSync(folder))('%s has the rows that it has where every row is made first', (file) => {
    const template = readFileSync(new URL(file, folder), 'utf8');
    const numRuns = template.includes('{') ? 3 : 1;
    let most = 0;
    fc.assert(
      fc.property(places, (wish) => {
        const query = filled(template, wish);
        const rows = rowsOf(query, tables);
        most = Math.max(most, rows.length);
        expect(rows).toEqual(rowsOf(asUnion(query), unhurried));
      }),
      {
        numRuns,
        examples: [
          [{ subscriptions: ids, narrower: [], hidden: groups.slice(0, 1), keys: keys.slice(0, 3), type: always }],
        ],
      },
    );
    expect(most).toBeGreaterThan(0);
  });

  it('never shows what Defender assesses in other clouds', () => {
    const sources = `securityresources
| where type == 'microsoft.security/assessments'
| summarize seen = count() by source = tostring(properties.resourceDetails.Source)
| order by source asc`;
    const found = rowsOf(sources, tables).map(({ source }) => source);
    expect(found).toEqual(['Aws', 'Azure', 'Gcp']);

    const template = readFileSync(new URL('recommendation-catalogue.kql', folder), 'utf8');
    const titles = JSON.stringify(rowsOf(fill(template, { isInAzure, ofKind: always }), tables));
    expect(titles).toContain('Secure transfer to storage accounts');
    expect(titles).not.toContain('S3 buckets');
  });
});
