import { managementGroupId } from '../../tenant/arm-id.ts';
import { managementGroupsAbove } from '../../tenant/hierarchy.ts';
import { resourceIndexOf } from '../../tenant/resources/resource-index.ts';
import type { ManagementGroup, Resource, ResourceGroup, Subscription, Tenant } from '../../tenant/tenant.ts';
import { placeRow } from './placed-row.ts';
import type { PlacedRow } from './placed-row.ts';
import { rowsBySubscription, rowsWithin } from './segment.ts';
import type { Segment } from './segment.ts';

const linkOf = ({ displayName, name }: ManagementGroup) => ({ displayName, name });

const managementGroupRow = (tenant: Tenant, group: ManagementGroup): PlacedRow => {
  const id = managementGroupId(group.name);
  const above = managementGroupsAbove(tenant.managementGroups, group.name);
  const [parent] = above;
  return placeRow(tenant, id, {
    id,
    name: group.name,
    type: 'Microsoft.Management/managementGroups',
    properties: {
      displayName: group.displayName,
      tenantId: tenant.tenantId,
      details: {
        version: 3,
        updatedTime: '2025-11-03T10:20:30.1234567Z',
        updatedBy: '00000000-0000-4000-8000-000000000199',
        parent: parent === undefined ? null : { ...linkOf(parent), id: managementGroupId(parent.name) },
        managementGroupAncestors: above.map(({ name }) => name),
        managementGroupAncestorsChain: above.map(linkOf),
      },
    },
  });
};

const subscriptionRow = (tenant: Tenant, subscription: Subscription): PlacedRow => {
  const { subscriptionId, name, managementGroup, state = 'Enabled' } = subscription;
  const direct = tenant.managementGroups.filter((group) => group.name === managementGroup);
  const id = `/subscriptions/${subscriptionId}`;
  return placeRow(tenant, id, {
    id,
    name,
    type: 'Microsoft.Resources/subscriptions',
    tags: subscription.tags ?? null,
    properties: {
      managedByTenants: subscription.tenantId === undefined ? [] : [{ tenantId: tenant.tenantId }],
      managementGroupAncestorsChain: [
        ...direct,
        ...managementGroupsAbove(tenant.managementGroups, managementGroup),
      ].map(linkOf),
      state,
      subscriptionPolicies: {
        locationPlacementId: 'Public_2014-09-01',
        quotaId: 'EnterpriseAgreement_2014-09-01',
        spendingLimit: 'Off',
      },
    },
  });
};

const resourceGroupRow = (tenant: Tenant, group: ResourceGroup): PlacedRow =>
  placeRow(tenant, group.id, {
    id: group.id,
    name: group.name,
    type: 'Microsoft.Resources/subscriptions/resourceGroups',
    location: group.location,
    managedBy: group.managedBy ?? '',
    tags: group.tags,
    properties: { provisioningState: 'Succeeded' },
  });

export const containerSegments = (tenant: Tenant): readonly Segment[] => [
  {
    types: ['microsoft.management/managementgroups'],
    rows: () => tenant.managementGroups.map((group) => managementGroupRow(tenant, group)),
  },
  {
    types: ['microsoft.resources/subscriptions'],
    rows: ({ subscriptions }) => subscriptions.map((subscription) => subscriptionRow(tenant, subscription)),
  },
  {
    types: ['microsoft.resources/subscriptions/resourcegroups'],
    rows: (within) =>
      rowsWithin(
        tenant.resourceGroups,
        within,
        ({ id }) => id,
        (group) => resourceGroupRow(tenant, group),
      ),
  },
];

const resourceRow = (tenant: Tenant, { id, name, type, kind, resourceGroup, tags }: Resource): PlacedRow =>
  placeRow(tenant, id, {
    id,
    name,
    type,
    kind,
    location: resourceGroup.location,
    tags: tags ?? null,
    properties: { provisioningState: 'Succeeded' },
  });

export const resourceSegment = (tenant: Tenant): Segment => ({
  types: undefined,
  rows: (within) =>
    rowsBySubscription(within, ({ subscriptionId }) =>
      (resourceIndexOf(tenant).bySubscription.get(subscriptionId) ?? []).map((one) => resourceRow(tenant, one)),
    ),
});
