import type { PolicyExemption } from '../../tenant/policy-exemption.ts';
import type { TenantSettings } from '../../tenant/tenant.ts';
import { knownKinds, knowsMember } from './exemption-versions.ts';

export const exemptionType = 'Microsoft.Authorization/policyExemptions';

/** An exemption as ARM answers it at an api-version: members and selectors that came with a later one are hidden. */
export const exemptionDocument = (
  { id, name, properties, systemData }: PolicyExemption,
  apiVersion: string,
  settings: TenantSettings,
) => {
  const kinds = knownKinds(apiVersion, settings);
  const resourceSelectors = properties.resourceSelectors?.map((one) => ({
    ...one,
    ...(one.selectors && { selectors: one.selectors.filter(({ kind }) => kinds.includes(kind)) }),
  }));
  const all = { ...properties, ...(resourceSelectors && { resourceSelectors }) };
  const shown = Object.entries(all).filter(([member]) => knowsMember(member, apiVersion, settings));
  return { properties: Object.fromEntries(shown), systemData, id, type: exemptionType, name };
};
