import type { Exemption } from '../../src/core/exemption/exemption.ts';
import type { Initiative, PolicyAssignment } from '../../src/core/tenant/policy.ts';

export const now = new Date('2026-11-21T12:00:00Z');
export const definition = '/providers/Microsoft.Authorization/policyDefinitions/0961003e-5a0a-4549-abde-af6a37f2724d';
export const otherDefinition =
  '/providers/Microsoft.Authorization/policyDefinitions/97566dd7-78ae-4997-8b36-1c7bfe0d8121';

const initiative = (name: string, references: Readonly<Record<string, string>>): Initiative => ({
  id: `/providers/Microsoft.Authorization/policySetDefinitions/${name}`,
  displayName: name,
  references: Object.entries(references).map(([referenceId, definitionId]) => ({ referenceId, definitionId })),
});

export const benchmark = initiative('benchmark', { diskEncryption: definition, secureBoot: otherDefinition });
export const ownInitiative = initiative('contoso', { contosoDisks: definition.toUpperCase() });
/** Holds the definition twice. */
export const guardrails = initiative('guardrails', {
  disksDeny: definition,
  boot: otherDefinition,
  disksAudit: definition,
});

export const assignment = (
  displayName: string,
  scope: string,
  of: { readonly id: string },
  more: Partial<PolicyAssignment> = {},
): PolicyAssignment => ({
  id: `${scope}/providers/Microsoft.Authorization/policyAssignments/${displayName.replaceAll(' ', '-')}`,
  displayName,
  scope,
  excludedScopes: [],
  definitionId: of.id,
  enforced: true,
  resourceSelectors: [],
  switchedOff: [],
  parameters: {},
  managedBy: undefined,
  ...more,
});

export const exemption = (
  of: PolicyAssignment,
  scope: string,
  referenceIds: readonly string[] | undefined,
  more: Partial<Exemption> = {},
): Exemption => ({
  id: `${scope}/providers/Microsoft.Authorization/policyExemptions/made-before`,
  name: 'made-before',
  scope,
  policyAssignmentId: of.id,
  referenceIds,
  category: 'Waiver',
  displayName: 'Until the migration',
  description: '',
  expiresAt: new Date('2026-12-31T22:59:59Z'),
  createdBy: 'bob@contoso.com',
  createdAt: new Date('2026-10-01T08:00:00Z'),
  requestReference: undefined,
  ...more,
});
