import type { PolicyExemption } from '../../tenant/policy-exemption.ts';

export const exemptionType = 'Microsoft.Authorization/policyExemptions';
export const oldExemptionVersion = '2020-07-01-preview';
export const exemptionVersions = [oldExemptionVersion, '2022-07-01-preview'];

/** An exemption as ARM answers it; the older api-version does not know selectors and the scope validation. */
export const exemptionDocument = ({ id, name, properties, systemData }: PolicyExemption, apiVersion: string) => {
  const { resourceSelectors, assignmentScopeValidation, ...old } = properties;
  const recent = { ...old, ...(resourceSelectors && { resourceSelectors }), assignmentScopeValidation };
  return { properties: apiVersion === oldExemptionVersion ? old : recent, systemData, id, type: exemptionType, name };
};
