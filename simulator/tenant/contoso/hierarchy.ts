import { levelsOf, managementGroupId, normalised, subscriptionIdOf } from '../arm-id.ts';
import { tenantId } from './people.ts';
import type { ManagementGroup, Subscription } from '../tenant.ts';

export const managementGroups: readonly ManagementGroup[] = [
  { name: tenantId, displayName: 'Tenant Root Group' },
  { name: 'contoso', displayName: 'Contoso', parent: tenantId },
  { name: 'platform', displayName: 'Platform', parent: 'contoso' },
  { name: 'landingzones', displayName: 'Landing zones', parent: 'contoso' },
  { name: 'corp', displayName: 'Corp', parent: 'landingzones' },
  { name: 'online', displayName: 'Online', parent: 'landingzones' },
  { name: 'sandbox', displayName: 'Sandbox', parent: 'contoso' },
];

/** The management groups above one, direct parent first, the tenant root group last. */
export const managementGroupsAbove = (name: string | undefined): readonly ManagementGroup[] => {
  const parent = managementGroups.find((group) => group.name === name)?.parent;
  const found = managementGroups.find((group) => group.name === parent);
  return found === undefined ? [] : [found, ...managementGroupsAbove(found.name)];
};

const managementGroupPattern = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)/;

/** See Tenant.chainOf. */
export const createChains = (subscriptions: readonly Subscription[]): ((id: string) => readonly string[]) => {
  const home = new Map(subscriptions.map((one) => [one.subscriptionId, one.managementGroup]));
  const groupsAround = (id: string): readonly string[] => {
    const group = managementGroupPattern.exec(id)?.[1];
    if (group !== undefined) return managementGroupsAbove(group).map(({ name }) => normalised(managementGroupId(name)));
    const direct = home.get(subscriptionIdOf(id));
    if (direct === undefined) return [];
    return [direct, ...managementGroupsAbove(direct).map(({ name }) => name)].map((name) =>
      normalised(managementGroupId(name)),
    );
  };
  return (id) => {
    const own = normalised(id);
    return [...levelsOf(own).toReversed(), ...groupsAround(own)];
  };
};
