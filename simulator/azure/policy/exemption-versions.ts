import type { TenantSettings } from '../../tenant/tenant.ts';

const selectorsSince = '2022-07-01-preview';
const principalsSince = '2024-12-01-preview';

/** The api-versions of policy exemptions that Microsoft has published. There is no stable one. */
const published = ['2020-07-01-preview', selectorsSince, principalsSince, '2025-12-01-preview', '2026-01-01-preview'];

/** Members and selector kinds with the api-version that brought them; all others are as old as policy exemptions. */
const membersSince: Readonly<Record<string, string>> = {
  resourceSelectors: selectorsSince,
  assignmentScopeValidation: selectorsSince,
};
const kindsSince: Readonly<Record<string, string>> = {
  resourceLocation: selectorsSince,
  resourceType: selectorsSince,
  resourceWithoutLocation: selectorsSince,
  policyDefinitionReferenceId: selectorsSince,
  userPrincipalId: principalsSince,
  groupPrincipalId: principalsSince,
};

type Later = Pick<TenantSettings, 'laterProperties' | 'laterSelectorKinds'>;

/** The api-versions that this Azure offers: the published ones, and those that its settings invent. */
export const exemptionVersions = ({ laterProperties, laterSelectorKinds }: Later): string[] =>
  [...new Set([...published, ...Object.values(laterProperties), ...Object.values(laterSelectorKinds)])].toSorted();

/** True if an api-version knows a member of the properties; an older one neither answers nor accepts it. */
export const knowsMember = (member: string, apiVersion: string, { laterProperties }: Later): boolean =>
  (membersSince[member] ?? laterProperties[member] ?? '') <= apiVersion;

/** The kinds of selectors that an api-version knows. */
export const knownKinds = (apiVersion: string, { laterSelectorKinds }: Later): string[] =>
  Object.entries({ ...kindsSince, ...laterSelectorKinds })
    .filter(([, since]) => since <= apiVersion)
    .map(([kind]) => kind);
