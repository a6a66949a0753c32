import type { PolicyAssignment } from '../tenant/policy.ts';
import type { Obstacle } from './obstacle.ts';

const listed = (names: readonly string[]): string => [...new Set(names)].join(', ');

export const notExemptible = (title: string): Obstacle => ({
  code: 'not-exemptible-by-policy',
  kind: 'blocking',
  sentence: `“${title}” is not driven by Azure Policy, so a policy exemption cannot cover it. In the Azure portal use Environment settings > Exemptions.`,
});

export const noAssignment: Obstacle = {
  code: 'no-assignment',
  kind: 'blocking',
  sentence:
    'No policy assignment in force at this scope includes this recommendation. Assign the Microsoft cloud security benchmark there first.',
};

export const excluded = (names: readonly string[]): Obstacle => ({
  code: 'excluded-scope',
  kind: 'blocking',
  sentence: `This scope is excluded from the policy assignment ${listed(names)}, so it is not evaluated and needs no exemption.`,
});

export const notSelected = (names: readonly string[]): Obstacle => ({
  code: 'not-selected',
  kind: 'blocking',
  sentence: `The resource selectors of ${listed(names)} leave this resource out, so it is not evaluated and needs no exemption.`,
});

export const notEnforced = (names: readonly string[]): Obstacle => ({
  code: 'not-enforced',
  kind: 'warning',
  sentence: `${listed(names)} is assigned without enforcement.`,
});

export const switchedOff = (names: readonly string[]): Obstacle => ({
  code: 'switched-off',
  kind: 'warning',
  sentence: `The policy behind this recommendation is disabled in ${listed(names)}, so it evaluates nothing there now. The exemption takes effect when the policy is enabled again.`,
});

type Unread = Pick<PolicyAssignment, 'displayName' | 'definitionVersion'>;

export const unreadInitiative = (assignments: readonly Unread[]): Obstacle => {
  const isPinned = assignments.some(({ definitionVersion }) => definitionVersion !== undefined);
  const names = assignments.map(({ displayName, definitionVersion }) =>
    definitionVersion === undefined ? displayName : `${displayName} (version ${definitionVersion})`,
  );
  const permissions = [
    'Microsoft.Authorization/policySetDefinitions/read',
    ...(isPinned ? ['Microsoft.Authorization/policySetDefinitions/versions/read'] : []),
  ];
  return {
    code: 'unread-initiative',
    kind: 'blocking',
    sentence: `Exemption Desk could not read the initiative behind ${listed(names)}, so it cannot tell whether that includes this recommendation. Have its identity granted the permission to read it (${permissions.join(' and ')}), or the assignment ${isPinned ? 'changed to a version that exists, or removed if its initiative is gone' : 'removed if its initiative is gone'}.`,
  };
};

export const selectionByOthers = (names: readonly string[]): Obstacle => ({
  code: 'not-checked',
  kind: 'not-checked',
  sentence: `The resource selectors of ${listed(names)} select by something else than type and place, such as the user, so Exemption Desk cannot tell whether they include this resource. If they leave it out, the exemption has no effect.`,
});

export const selectionNotChecked = (names: readonly string[]): Obstacle => ({
  code: 'not-checked',
  kind: 'not-checked',
  sentence: `Azure did not say where this resource is, so Exemption Desk cannot tell whether the resource selectors of ${listed(names)} include it. If they leave it out, the exemption has no effect.`,
});
