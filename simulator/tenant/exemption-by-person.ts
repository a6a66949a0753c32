import { extensionId } from './arm-id.ts';
import type { ExemptionProperties, PolicyExemption, SystemData } from './policy-exemption.ts';
import type { Principal } from './tenant.ts';

/** The author facts that Azure writes on a change; the creator of an existing object stays. */
export const systemDataFor = (author: Principal, at: Date, before?: SystemData): SystemData => ({
  createdBy: before?.createdBy ?? author.signature,
  createdByType: before?.createdByType ?? author.type,
  createdAt: before?.createdAt ?? at.toISOString(),
  lastModifiedBy: author.signature,
  lastModifiedByType: author.type,
  lastModifiedAt: at.toISOString(),
});

export const exemptionBy = (
  author: Principal,
  at: Date,
  scope: string,
  name: string,
  properties: ExemptionProperties,
): PolicyExemption => ({
  id: extensionId(scope, 'Microsoft.Authorization/policyExemptions', name),
  name,
  scope,
  properties: { assignmentScopeValidation: 'Default', ...properties },
  systemData: systemDataFor(author, at),
});
