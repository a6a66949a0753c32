import { lastSegment } from '../../tenant/arm-id.ts';
import { versionsOf, type InitiativeVersion } from '../../tenant/initiative-versions.ts';
import type { Initiative, PolicyAssignment, PolicyDefinition } from '../../tenant/tenant.ts';

export const assignmentDocument = ({ id, name, ...assignment }: PolicyAssignment) => ({
  properties: {
    displayName: assignment.displayName,
    policyDefinitionId: assignment.policyDefinitionId,
    ...(assignment.definitionVersion !== undefined && { definitionVersion: assignment.definitionVersion }),
    scope: assignment.scope,
    notScopes: assignment.notScopes,
    parameters: {},
    description: '',
    metadata: {
      assignedBy: assignment.assignedBy,
      createdBy: '00000000-0000-4000-8000-000000000199',
      createdOn: '2025-02-01T08:00:00.0000000Z',
      updatedBy: null,
      updatedOn: null,
      ...assignment.metadata,
    },
    enforcementMode: assignment.enforcementMode ?? 'Default',
    ...(assignment.resourceSelectors && { resourceSelectors: assignment.resourceSelectors }),
    ...(assignment.overrides && { overrides: assignment.overrides }),
  },
  id,
  type: 'Microsoft.Authorization/policyAssignments',
  name,
});

const initiativeProperties = (
  { displayName, policyType, category }: Initiative,
  { version, members }: InitiativeVersion,
) => ({
  displayName,
  policyType,
  description: `The policies of ${displayName}.`,
  metadata: { version, category },
  version,
  parameters: {},
  policyDefinitions: members.map((member) => ({ ...member, parameters: {} })),
  policyDefinitionGroups: [...new Set(members.flatMap(({ groupNames }) => groupNames))].map((name) => ({ name })),
});

export const initiativeDocument = (initiative: Initiative) => ({
  properties: initiativeProperties(initiative, initiative),
  id: initiative.id,
  type: 'Microsoft.Authorization/policySetDefinitions',
  name: lastSegment(initiative.id),
});

export const initiativeVersionDocuments = (initiative: Initiative) =>
  versionsOf(initiative).map((version) => ({
    properties: initiativeProperties(initiative, version),
    id: `${initiative.id}/versions/${version.version}`,
    type: 'Microsoft.Authorization/policySetDefinitions/versions',
    name: version.version,
  }));

export const definitionDocument = ({ id, displayName, policyType, category, mode, effect }: PolicyDefinition) => ({
  properties: {
    displayName,
    policyType,
    mode,
    description: `${displayName}.`,
    metadata: { version: '1.0.0', category },
    parameters: {
      effect: { type: 'String', allowedValues: [...new Set([effect, 'Disabled'])], defaultValue: effect },
    },
    policyRule: { if: { field: 'type', exists: true }, then: { effect: "[parameters('effect')]" } },
  },
  id,
  type: 'Microsoft.Authorization/policyDefinitions',
  name: lastSegment(id),
});
