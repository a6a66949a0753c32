import { groupIdIn, levelsOf, managementGroupId, normalised, subscriptionIdOf } from './arm-id.ts';
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
  const whole = (own: string): readonly string[] => [...levelsOf(own).toReversed(), ...groupsAround(own)];
  // Resources are many, and those of one group have all but their own levels in common.
  const ofGroups = new Map<string, readonly string[]>();
  return (id) => {
    const own = normalised(id);
    const group = groupIdIn(own);
    if (group === undefined) return whole(own);
    const around = ofGroups.get(group) ?? whole(group);
    ofGroups.set(group, around);
    return own === group ? around : [...levelsOf(own, group.length).toReversed(), ...around];
  };
};
