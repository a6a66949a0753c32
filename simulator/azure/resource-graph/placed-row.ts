import { normalised, resourceGroupOf, subscriptionIdOf } from '../../tenant/arm-id.ts';
import type { Subscription, Tenant } from '../../tenant/tenant.ts';
import type { MembersRead } from '../kql/columns-read.ts';
import { placeColumns } from '../kql/row-wish.ts';
import type { Row } from '../kql/run-query.ts';

/** The place of a row, which decides which queries and callers see it. */
export type RowPlace = {
  /** The scope it is attached to, in lower case; undefined for rows without one, such as built-in definitions. */
  readonly scope: string | undefined;
  readonly chain: readonly string[];
  /** The permission required to see it. */
  readonly action: string;
};

export type PlacedRow = RowPlace & { readonly row: Row };

/** A cell may be a function, called only when a query looks at it. */
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

/** The tenant that a subscription belongs to. */
export const tenantIdAt = (tenant: Tenant, subscriptionId: string): string =>
  foreignTenantsOf(tenant.subscriptions).get(subscriptionId) ?? tenant.tenantId;

/** The columns that every table of Resource Graph has, as they are for rows in one place. */
const columnsAt = (tenant: Tenant, id: string): Row => ({
  tenantId: tenantIdAt(tenant, subscriptionIdOf(id)),
  kind: '',
  location: '',
  resourceGroup: resourceGroupOf(id).toLowerCase(),
  subscriptionId: subscriptionIdOf(id),
  managedBy: '',
  sku: null,
  plan: null,
  tags: null,
  identity: null,
  zones: null,
  extendedLocation: null,
});

const rowOf = (columns: Row, parts: RowParts): Row => ({ ...columns, ...parts, type: parts.type.toLowerCase() });

/** `scope` is an id, or undefined for rows that everybody in the tenant may see. */
export const placeRow = (
  tenant: Tenant,
  scope: string | undefined,
  parts: RowParts & { readonly id: string },
): PlacedRow => ({
  row: rowOf(columnsAt(tenant, parts.id), parts),
  scope: scope === undefined ? undefined : normalised(scope),
  chain: scope === undefined ? [] : tenant.chainOf(scope),
  action: `${parts.type}/read`,
});

/** Makes `properties` with the members that a query looks at; one that makes undefined is left out. */
export const propertiesMaker = <T>(
  makers: Readonly<Record<string, (subject: T) => unknown>>,
  members: MembersRead | undefined,
): ((subject: T) => unknown) => {
  const wanted = Object.entries(makers).filter(([name]) => members?.has(name) !== false);
  return (subject) => {
    const properties: Record<string, unknown> = {};
    for (const [name, make] of wanted) {
      const value = make(subject);
      if (value !== undefined) properties[name] = value;
    }
    return properties;
  };
};

type Place = { readonly id: string; readonly chain: readonly string[] };

const among = (columns: Row, wanted: ReadonlySet<string> | undefined): Row =>
  wanted === undefined
    ? columns
    : Object.fromEntries(Object.entries(columns).filter(([name]) => wanted.has(name) || placeColumns.has(name)));

/** The verdict on each value, found once. */
export const onceFor = <Value>(test: (value: Value) => boolean): ((value: Value) => boolean) => {
  const known = new Map<Value, boolean>();
  return (value) => {
    const verdict = known.get(value) ?? test(value);
    known.set(value, verdict);
    return verdict;
  };
};

/** Makes rows of extensions of one type. There are many on a resource, one after the other, and its columns are read once. */
export const placerOn = (tenant: Tenant, type: string, wanted: ReadonlySet<string> | undefined) => {
  const [action, lowerType] = [`${type}/read`, type.toLowerCase()];
  let last: { readonly resource: Place; readonly columns: Row } | undefined;
  return (resource: Place, id: () => string, name: Row[string], properties: () => unknown): PlacedRow => {
    if (last?.resource !== resource) last = { resource, columns: among(columnsAt(tenant, resource.id), wanted) };
    const row = { ...last.columns, type: lowerType, id, name, properties };
    return { row, scope: resource.chain[0], chain: resource.chain, action };
  };
};
