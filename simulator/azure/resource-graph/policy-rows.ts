import { createHash } from 'node:crypto';
import { durationInMs } from '../../clock.ts';
import { scopeOfExtension } from '../../tenant/arm-id.ts';
import type { PolicyExemption } from '../../tenant/policy-exemption.ts';
import type { PolicyState } from '../../tenant/policy-states.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { roleAssignmentDocument, roleDefinitionDocument } from '../authorization/authorization-documents.ts';
import { exemptionType } from '../policy/exemption-document.ts';
import { assignmentDocument, definitionDocument, initiativeDocument } from '../policy/policy-documents.ts';
import { placeRow } from './placed-row.ts';
import type { PlacedRow } from './placed-row.ts';

/** Built-in definitions have no scope; custom ones have that of their creation. */
const definitionScope = (id: string): string | undefined => scopeOfExtension(id) || undefined;

export const definitionRows = (tenant: Tenant): readonly PlacedRow[] => [
  ...tenant.initiatives.map((one) => placeRow(tenant, definitionScope(one.id), initiativeDocument(one))),
  ...tenant.policyDefinitions.map((one) => placeRow(tenant, definitionScope(one.id), definitionDocument(one))),
];

const exemptionRow = (tenant: Tenant, { id, name, scope, properties, systemData }: PolicyExemption): PlacedRow =>
  placeRow(tenant, scope, {
    id,
    name,
    type: exemptionType,
    properties: { policyDefinitionReferenceIds: null, ...properties },
    systemData,
  });

/** Assignments as they are, exemptions as they were `resourceGraphDelay` ago. */
export const assignmentAndExemptionRows = (tenant: Tenant): readonly PlacedRow[] => {
  const seen = new Date(tenant.now().getTime() - durationInMs(tenant.settings.resourceGraphDelay));
  return [
    ...tenant.policyAssignments.map((one) => placeRow(tenant, one.scope, assignmentDocument(one))),
    ...tenant.exemptions.allAsOf(seen).map(({ exemption }) => exemptionRow(tenant, exemption)),
  ];
};

const stateType = 'Microsoft.PolicyInsights/policyStates';

const stateRow = (tenant: Tenant, state: PolicyState): PlacedRow => {
  const { resource, assignment, referenceId, policyDefinitionId, complianceSubState } = state;
  const parts = [assignment.id, referenceId ?? '', policyDefinitionId].join(' ').toLowerCase();
  const name = createHash('sha256').update(`${resource.id} ${parts}`).digest('hex').slice(0, 40);
  return placeRow(tenant, resource.id, {
    id: `${resource.id}/providers/${stateType}/${name}`,
    name,
    type: stateType,
    properties: {
      resourceId: resource.id,
      resourceType: resource.type,
      resourceLocation: resource.location,
      policyAssignmentId: assignment.id,
      policyAssignmentName: assignment.name,
      policyAssignmentScope: assignment.scope,
      policyDefinitionId,
      policyDefinitionReferenceId: referenceId ?? '',
      policySetDefinitionId: referenceId === undefined ? '' : assignment.policyDefinitionId,
      complianceState: state.complianceState,
      isExempt: complianceSubState !== undefined,
      ...(complianceSubState !== undefined && {
        policyExemptionIds: state.exemptionIds,
        stateDetails: { complianceSubState },
      }),
    },
  });
};

export const policyStateRows = (tenant: Tenant, states: readonly PolicyState[]): readonly PlacedRow[] => [
  ...new Map(states.map((state) => stateRow(tenant, state)).map((placed) => [placed.row.id, placed])).values(),
];

/** Role definitions are spelled with a capital here, as Azure does: /providers/…/RoleDefinitions/…. */
export const authorizationRows = (tenant: Tenant): readonly PlacedRow[] => [
  ...tenant.roleAssignments.map((one) => placeRow(tenant, one.scope, roleAssignmentDocument(one))),
  ...tenant.roleDefinitions.map((one) =>
    placeRow(tenant, undefined, {
      ...roleDefinitionDocument('', one),
      id: `/providers/Microsoft.Authorization/RoleDefinitions/${one.name}`,
    }),
  ),
];
