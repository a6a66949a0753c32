import { subscriptionIdOf } from '../../tenant/arm-id.ts';
import type { TableSet } from '../kql/run-query.ts';
import type { RowWish } from '../kql/row-wish.ts';
import type { World } from '../arm/route.ts';
import { botSegment } from './bot-rows.ts';
import { containerSegments, resourceSegment } from './container-rows.ts';
import type { PlacedRow, RowPlace } from './placed-row.ts';
import { authorizationSegments, policySegments } from './policy-rows.ts';
import { securitySegments } from './security-rows.ts';
import type { Segment, Within } from './segment.ts';

const columns = {
  id: 'string',
  name: 'string',
  type: 'string',
  tenantId: 'string',
  kind: 'string',
  location: 'string',
  resourceGroup: 'string',
  subscriptionId: 'string',
  managedBy: 'string',
  sku: 'dynamic',
  plan: 'dynamic',
  properties: 'dynamic',
  tags: 'dynamic',
  identity: 'dynamic',
  zones: 'dynamic',
  extendedLocation: 'dynamic',
  systemData: 'dynamic',
} as const;

type TableName =
  'resourcecontainers' | 'resources' | 'securityresources' | 'policyresources' | 'authorizationresources';
export type PlacedTables = Readonly<Record<TableName, readonly Segment[]>>;

/** All tables, each in parts whose rows are made when a query asks for them. */
export const createPlacedTables = (world: World): PlacedTables => {
  const { tenant } = world;
  return {
    resourcecontainers: containerSegments(tenant),
    resources: [resourceSegment(tenant), botSegment(tenant)],
    securityresources: securitySegments(world),
    policyresources: policySegments(world),
    authorizationresources: authorizationSegments(tenant),
  };
};

/** Only these tables contain rows from above the queried scope. */
const tablesThatInherit: readonly TableName[] = ['policyresources', 'authorizationresources'];

type Test = (place: RowPlace) => boolean;
export type RowTests = { readonly isReadable: Test; readonly isAtOrBelow: Test; readonly isInFilter: Test };

/** Rows of one resource follow each other and share its chain: they are judged once. */
const judgedOnce = (test: Test): Test => {
  let last: { readonly chain: PlacedRow['chain']; readonly action: string; readonly verdict: boolean } | undefined;
  return (row) => {
    if (last?.chain !== row.chain || last.action !== row.action || row.chain.length === 0)
      last = { chain: row.chain, action: row.action, verdict: test(row) };
    return last.verdict;
  };
};

function* wanted(segments: readonly Segment[], wish: RowWish, within: Within, test: Test) {
  const { types, subscriptions } = wish;
  const narrower: Within =
    subscriptions === undefined
      ? { ...within, wish }
      : {
          ...within,
          wish,
          subscriptions: within.subscriptions.filter((one) => subscriptions.has(one.subscriptionId.toLowerCase())),
          holds: (scope) => subscriptions.has(subscriptionIdOf(scope).toLowerCase()) && within.holds(scope),
        };
  for (const segment of segments) {
    if (types !== undefined && segment.types?.some((type) => types.has(type)) === false) continue;
    for (const placed of segment.rows(narrower)) if (test(placed)) yield placed.row;
  }
}

const { systemData: _mayBeMissing, ...undatedColumns } = columns;

/** The rows that one query of one caller sees; without `isDated` no table has the column that says when something was changed. */
export const visibleTables = (placed: PlacedTables, within: Within, tests: RowTests, isDated = true): TableSet => {
  const rowsOf = (name: TableName) => (wish: RowWish) => {
    const inherits = tablesThatInherit.includes(name);
    const isAsked = inherits ? tests.isInFilter : tests.isAtOrBelow;
    const sees: Test = (place) => isAsked(place) && tests.isReadable(place);
    return wanted(placed[name], wish, inherits ? within : { ...within, seesAllAt: sees }, judgedOnce(sees));
  };
  const names = Object.keys(placed) as TableName[];
  return Object.fromEntries(
    names.map((name) => [name, { columns: isDated ? columns : undatedColumns, rows: rowsOf(name) }]),
  );
};
