import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { runQuery } from '../../../simulator/azure/kql/run-query.ts';
import { languageService } from '../../../simulator/azure/kql/language-service.ts';
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

const folder = new URL('../../../src/azure/queries/', import.meta.url);
const files = readdirSync(folder);

// The columns that Azure documents for every table of Resource Graph.
const texts = ['id', 'name', 'type', 'tenantId', 'kind', 'location', 'resourceGroup', 'subscriptionId', 'managedBy'];
const dynamics = ['sku', 'plan', 'properties', 'tags', 'identity', 'zones', 'extendedLocation'];
const columnsOf = (more: readonly string[]) => [
  ...texts.map((name) => ({ name, type: 'string' })),
  ...[...dynamics, ...more].map((name) => ({ name, type: 'dynamic' })),
];
const tablesWith = (...more: readonly string[]) =>
  new Map(
    ['resources', 'resourcecontainers', 'securityresources', 'policyresources', 'authorizationresources'].map(
      (table) => [table, columnsOf(more)],
    ),
  );
/** Where Azure refuses them because it has no such column, the sweep does without. */
const daring = ['exemption-times.kql'];
/** One row about all rows has no further pages. */
const ofOneRow = ['exemption-times.kql', 'defender-exemption-times.kql'];

const places = {
  asked: anyOf([matchesPattern('tolower(id)', '/a/'), matchesPattern('name', 'b')]),
  key: literal("it's"),
  subscriptions: literals(['s1', 's2']),
  narrower: startsWithAny('tolower(id)', ['/a/', '/b/']),
  hidden: startsWithAny('tolower(id)', ['/c/']),
  ofKeys: isOneOf('name', ['k']),
  ofResources: matchesPattern('tolower(id)', '/x/[^/]+$'),
  ofPrincipals: isOneOf('tostring(properties.principalId)', []),
  ofSubscriptions: always,
  ofNames: isOneOf('name', ['r']),
  below: startsWithAny('tolower(id)', ['/b/']),
  above: startsWithAny('tolower(id)', ['/a/']),
  exactly: startsWithAny('tolower(id)', ['/e/']),
  ids: literals(['/a']),
  named: isOneOf('id', ['/a']),
  mayCarry: containsAll('tostring(tags)', ['env', "it's"]),
  isInAzure,
  ofKind: always,
  rank: { kql: "case(severity =~ 'high', 3, 1)" },
  having: { kql: 'unhealthy > 0' },
  ofRank: anyOf([{ kql: 'rank == 3' }]),
  titled: containsAll('displayName', ['encrypt', "it's"]),
  fit: { kql: '0' },
  scope: { kql: "case(tolower(id) startswith '/subscriptions/s/', '/subscriptions/s', '')" },
  exemptable: { kql: "policyDefinitionId != ''" },
};

const filled = (template: string): string => {
  const used = Object.entries(places).filter(([name]) => template.includes(`{${name}}`));
  return fill(template, Object.fromEntries(used));
};

describe('the queries', () => {
  it.each(files)('%s has no fault that the official parser finds', (file) => {
    const query = filled(readFileSync(new URL(file, folder), 'utf8'));
    expect(
      languageService().analyze(query, daring.includes(file) ? tablesWith('systemData') : tablesWith()).errors,
    ).toEqual([]);
  });

  it.each(files.filter((file) => !ofOneRow.includes(file)))(
    '%s is ordered, so that its pages do not overlap, and never limited',
    (file) => {
      const query = readFileSync(new URL(file, folder), 'utf8');
      expect(query).toMatch(/\| order by (\w+ (asc|desc), )*id asc\n$/);
      expect(query).not.toMatch(/\| (take|limit|top|sample|mv-expand) /);
    },
  );
});

const table = (names: readonly string[]) => ({
  t: { columns: { name: 'string' as const }, rows: () => names.map((name) => ({ name })) },
});
const run = (query: string, names: readonly string[]) =>
  runQuery(query, table(names), new Date('2026-03-01T00:00:00Z')).rows.map((row) => row.name);

describe('text in a query', () => {
  it('stays text, whatever a person wrote', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary-ascii' }), fc.string({ unit: 'grapheme' })), (text) => {
        const query = fill('t | where name == {name}', { name: literal(text) });
        expect(run(query, [text, 'another'])).toContain(text);
      }),
      { numRuns: 200 },
    );
  });

  it('cannot end the literal', () => {
    const text = "' or true or name == '\\";
    expect(run(fill('t | where name == {name}', { name: literal(text) }), ['x', text])).toEqual([text]);
  });

  it('is not read as a place of its own', () => {
    const query = fill('t | where name in ({a}, {b})', { a: literal('{b}'), b: literal('x') });
    expect(run(query, ['{b}', 'x', 'y'])).toEqual(['{b}', 'x']);
  });

  it('matches nothing where there is nothing to match', () => {
    expect(run(fill('t | where name in ({names})', { names: literals([]) }), ['', 'x'])).toEqual([]);
    expect(run(fill('t | where {any}', { any: startsWithAny('name', []) }), ['', 'x'])).toEqual([]);
  });

  it('fails loudly where a place is left over or missing', () => {
    expect(() => fill('t | where name == {name}', {})).toThrow('{name}');
    expect(() => fill('t', { name: literal('x') })).toThrow('no place for name');
  });
});
