import { levelsOf, managementGroupId, normalised, subscriptionIdOf } from './arm-id.ts';
import type { ManagementGroup, Subscription } from './tenant.ts';

/** The management groups above one, direct parent first, the tenant root group last. */
export const managementGroupsAbove = (
  groups: readonly ManagementGroup[],
  name: string | undefined,
): readonly ManagementGroup[] => {
  const parent = groups.find((group) => group.name === name)?.parent;
  const found = groups.find((group) => group.name === parent);
  return found === undefined ? [] : [found, ...managementGroupsAbove(groups, found.name)];
};

const managementGroupPattern = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)/;

/** See Tenant.chainOf. */
export const createChains = (
  groups: readonly ManagementGroup[],
  subscriptions: readonly Subscription[],
): ((id: string) => readonly string[]) => {
  const idOf = ({ name }: ManagementGroup): string => normalised(managementGroupId(name));
  const aboveGroup = new Map(
    groups.map((group) => [group.name.toLowerCase(), managementGroupsAbove(groups, group.name).map(idOf)]),
  );
  const aboveSubscription = new Map(
    subscriptions.map(({ subscriptionId, managementGroup }) => [
      subscriptionId,
      managementGroup === ''
        ? []
        : [normalised(managementGroupId(managementGroup)), ...(aboveGroup.get(managementGroup.toLowerCase()) ?? [])],
    ]),
  );
  const groupsAround = (id: string): readonly string[] => {
    const group = managementGroupPattern.exec(id)?.[1];
    return (group === undefined ? aboveSubscription.get(subscriptionIdOf(id)) : aboveGroup.get(group)) ?? [];
  };
  return (id) => {
    const own = normalised(id);
    return [...levelsOf(own).toReversed(), ...groupsAround(own)];
  };
};
