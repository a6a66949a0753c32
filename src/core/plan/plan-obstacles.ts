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
    'No policy assignment in force at this scope holds this recommendation. Assign the Microsoft cloud security benchmark there first.',
};

export const excluded = (names: readonly string[]): Obstacle => ({
  code: 'excluded-scope',
  kind: 'blocking',
  sentence: `This scope is excluded from ${listed(names)}, so it is not evaluated there and needs no exemption.`,
});

export const notSelected = (names: readonly string[]): Obstacle => ({
  code: 'not-selected',
  kind: 'blocking',
  sentence: `The resource selectors of ${listed(names)} leave this resource out, so it is not evaluated there and needs no exemption.`,
});

export const notEnforced = (names: readonly string[]): Obstacle => ({
  code: 'not-enforced',
  kind: 'warning',
  sentence: `${listed(names)} is assigned without enforcement.`,
});

export const switchedOff = (names: readonly string[]): Obstacle => ({
  code: 'switched-off',
  kind: 'warning',
  sentence: `The policy behind this is disabled in ${listed(names)}, so it evaluates nothing there at the moment; the exemption counts once it is switched on again.`,
});

export const unreadInitiative = (names: readonly string[]): Obstacle => ({
  code: 'unread-initiative',
  kind: 'blocking',
  sentence: `The initiative behind ${listed(names)} could not be read, so nobody can tell whether it holds this recommendation. Give the identity of Exemption Desk the right to read it (Microsoft.Authorization/policySetDefinitions/read), or remove the assignment if its initiative is gone.`,
});

export const selectionNotChecked = (names: readonly string[]): Obstacle => ({
  code: 'not-checked',
  kind: 'not-checked',
  sentence: `Whether the resource selectors of ${listed(names)} mean this resource was not checked: Azure does not tell Exemption Desk where it is. If they leave it out, the exemption does nothing there.`,
});
