import type { Row, TableSet } from '../kql/run-query.ts';
import type { World } from '../arm/route.ts';
import { botRows } from './bot-rows.ts';
import { containerRows, resourceRows } from './container-rows.ts';
import type { PlacedRow } from './placed-row.ts';
import { assignmentAndExemptionRows, authorizationRows, definitionRows, policyStateRows } from './policy-rows.ts';
import { securityRows, standardAssignmentRows } from './security-rows.ts';

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
export type PlacedTables = Readonly<Record<TableName, () => readonly PlacedRow[]>>;

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** Caches the last answer as long as its source stays the same object. */
const perSource = <S, T>(source: () => S, make: (from: S) => T): (() => T) => {
  let made: { readonly from: S; readonly value: T } | undefined;
  return () => {
    const from = source();
    if (made?.from !== from) made = { from, value: make(from) };
    return made.value;
  };
};

/** The rows of all tables, each with its place. */
export const createPlacedTables = ({ tenant, assessments }: World): PlacedTables => {
  const definitions = once(() => definitionRows(tenant));
  const resources = perSource(
    () => tenant.resources.length,
    () => resourceRows(tenant),
  );
  const states = perSource(assessments.policyStates, (all) => policyStateRows(tenant, all));
  const security = perSource(assessments.all, (all) => securityRows(tenant, all));
  return {
    resourcecontainers: once(() => containerRows(tenant)),
    resources: () => [...resources(), ...botRows(tenant)],
    securityresources: () => [...security(), ...standardAssignmentRows(tenant)],
    policyresources: () => [...assignmentAndExemptionRows(tenant), ...definitions(), ...states()],
    authorizationresources: () => authorizationRows(tenant),
  };
};

/** Only these tables contain rows from above the queried scope. */
const tablesThatInherit: readonly TableName[] = ['policyresources', 'authorizationresources'];

export type RowTests = {
  readonly isReadable: (row: PlacedRow) => boolean;
  readonly isAtOrBelow: (row: PlacedRow) => boolean;
  readonly isInFilter: (row: PlacedRow) => boolean;
};

/** The rows that one query of one caller sees. */
export const visibleTables = (placed: PlacedTables, tests: RowTests): TableSet => {
  const rowsOf = (name: TableName) => (): readonly Row[] => {
    const isAsked = tablesThatInherit.includes(name) ? tests.isInFilter : tests.isAtOrBelow;
    return placed[name]()
      .filter((row) => isAsked(row) && tests.isReadable(row))
      .map(({ row }) => row);
  };
  const names = Object.keys(placed) as TableName[];
  return Object.fromEntries(names.map((name) => [name, { columns, rows: rowsOf(name) }]));
};
