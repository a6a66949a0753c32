import { normalised, resourceGroupOf, subscriptionIdOf } from '../../tenant/arm-id.ts';
import type { Subscription, Tenant } from '../../tenant/tenant.ts';
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
  readonly id: string | (() => string);
  readonly name: string | (() => string);
  readonly type: string;
  readonly properties: unknown;
  readonly [column: string]: unknown;
};

const foreignTenants = new WeakMap<readonly Subscription[], ReadonlyMap<string, string>>();

/** The tenants of the subscriptions that belong elsewhere. */
const foreignTenantsOf = (subscriptions: readonly Subscription[]): ReadonlyMap<string, string> => {
  const known =
    foreignTenants.get(subscriptions) ??
    new Map(
      subscriptions.flatMap(({ subscriptionId, tenantId }) =>
        tenantId === undefined ? [] : [[subscriptionId, tenantId]],
      ),
    );
  foreignTenants.set(subscriptions, known);
  return known;
};

/** A row with the columns that every table of Resource Graph has. A cell may be a function, called only when a query looks at it. */
const graphRow = (tenant: Tenant, parts: RowParts, own: string): Row => ({
  tenantId: foreignTenantsOf(tenant.subscriptions).get(subscriptionIdOf(own)) ?? tenant.tenantId,
  kind: '',
  location: '',
  resourceGroup: resourceGroupOf(own).toLowerCase(),
  subscriptionId: subscriptionIdOf(own),
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
export const placeRow = (
  tenant: Tenant,
  scope: string | undefined,
  parts: RowParts & { readonly id: string },
): PlacedRow => ({
  row: graphRow(tenant, parts, parts.id),
  scope: scope === undefined ? undefined : normalised(scope),
  chain: scope === undefined ? [] : tenant.chainOf(scope),
  action: `${parts.type}/read`,
});

/** Rows of an extension of a resource whose chain of scopes is known. */
export const placeOnResource = (tenant: Tenant, id: string, chain: readonly string[], parts: RowParts): PlacedRow => ({
  row: graphRow(tenant, parts, id),
  scope: chain[0],
  chain,
  action: `${parts.type}/read`,
});
