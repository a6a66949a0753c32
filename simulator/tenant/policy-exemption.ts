import type { ResourceSelector } from './selectors.ts';

/** The body of an exemption: members that the simulator understands, and all others. */
export type ExemptionProperties = {
  readonly policyAssignmentId: string;
  readonly policyDefinitionReferenceIds?: readonly string[];
  readonly exemptionCategory: string;
  readonly expiresOn?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly metadata?: unknown;
  readonly resourceSelectors?: readonly ResourceSelector[];
  readonly assignmentScopeValidation?: string;
};
export type SystemData = {
  readonly createdBy: string;
  readonly createdByType: string;
  readonly createdAt: string;
  readonly lastModifiedBy: string;
  readonly lastModifiedByType: string;
  readonly lastModifiedAt: string;
};
export type PolicyExemption = {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly properties: ExemptionProperties;
  readonly systemData: SystemData;
};
