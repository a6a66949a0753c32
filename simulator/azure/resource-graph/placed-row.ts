import { normalised, resourceGroupOf, subscriptionIdOf } from '../../tenant/arm-id.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import type { Row } from '../kql/run-query.ts';

/** A row and its place, which decides which queries and callers see it. */
export type PlacedRow = {
  readonly row: Row;
  /** The scope it is attached to, in lower case; undefined for rows without one, such as built-in definitions. */
  readonly scope: string | undefined;
  readonly chain: readonly string[];
  /** The permission required to see it. */
  readonly action: string;
};

type RowParts = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties: unknown;
  readonly [column: string]: unknown;
};

/** A row with the columns that every table of Resource Graph has. */
const graphRow = (tenant: Tenant, parts: RowParts): Row => ({
  tenantId: tenant.tenantId,
  kind: '',
  location: '',
  resourceGroup: resourceGroupOf(parts.id).toLowerCase(),
  subscriptionId: subscriptionIdOf(parts.id),
  managedBy: '',
  sku: null,
  plan: null,
  tags: null,
  identity: null,
  zones: null,
  extendedLocation: null,
  ...parts,
  type: parts.type.toLowerCase(),
});

/** `scope` is an id, or undefined for rows that everybody in the tenant may see. */
export const placeRow = (tenant: Tenant, scope: string | undefined, parts: RowParts): PlacedRow => ({
  row: graphRow(tenant, parts),
  scope: scope === undefined ? undefined : normalised(scope),
  chain: scope === undefined ? [] : tenant.chainOf(scope),
  action: `${parts.type}/read`,
});
