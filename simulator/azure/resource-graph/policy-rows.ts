import { createHash } from 'node:crypto';
import { durationInMs } from '../../clock.ts';
import { scopeOfExtension } from '../../tenant/arm-id.ts';
import type { PolicyExemption } from '../../tenant/policy-exemption.ts';
import type { PolicyState } from '../../tenant/policy-states.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { roleAssignmentDocument, roleDefinitionDocument } from '../authorization/authorization-documents.ts';
import { exemptionType } from '../policy/exemption-document.ts';
import { assignmentDocument, definitionDocument, initiativeDocument } from '../policy/policy-documents.ts';
import type { World } from '../arm/route.ts';
import { onceFor, placerOn, placeRow, propertiesMaker } from './placed-row.ts';
import type { PlacedRow } from './placed-row.ts';
import { rowsBySubscription, rowsWithin } from './segment.ts';
import type { Segment, Within } from './segment.ts';

/** Built-in definitions have no scope; custom ones have that of their creation. */
const definitionScope = (id: string): string | undefined => scopeOfExtension(id) || undefined;

const definitionSegments = (tenant: Tenant): readonly Segment[] => [
  {
    types: ['microsoft.authorization/policysetdefinitions'],
    rows: () => tenant.initiatives.map((one) => placeRow(tenant, definitionScope(one.id), initiativeDocument(one))),
  },
  {
    types: ['microsoft.authorization/policydefinitions'],
    rows: () =>
      tenant.policyDefinitions.map((one) => placeRow(tenant, definitionScope(one.id), definitionDocument(one))),
  },
];

const exemptionRow = (tenant: Tenant, { id, name, scope, properties, systemData }: PolicyExemption): PlacedRow =>
  placeRow(tenant, scope, {
    id,
    name,
    type: exemptionType,
    properties: { policyDefinitionReferenceIds: null, ...properties },
    systemData,
  });

/** Exemptions as they were `resourceGraphDelay` ago. */
function* exemptionRows(tenant: Tenant, within: Within): Generator<PlacedRow> {
  const seen = new Date(tenant.now().getTime() - durationInMs(tenant.settings.resourceGraphDelay));
  yield* rowsWithin(
    tenant.exemptions.allAsOf(seen),
    within,
    ({ exemption }) => exemption.scope,
    ({ exemption }) => exemptionRow(tenant, exemption),
  );
}

const stateType = 'Microsoft.PolicyInsights/policyStates';

const stateNameOf = ({ resource, assignment, referenceId, policyDefinitionId }: PolicyState): string => {
  const parts = [assignment.id, referenceId ?? '', policyDefinitionId].join(' ').toLowerCase();
  return createHash('sha256').update(`${resource.id} ${parts}`).digest('hex').slice(0, 40);
};

const stateProperties: Readonly<Record<string, (state: PolicyState) => unknown>> = {
  resourceId: ({ resource }) => resource.id,
  resourceType: ({ resource }) => resource.type,
  resourceLocation: ({ resource }) => resource.location,
  policyAssignmentId: ({ assignment }) => assignment.id,
  policyAssignmentName: ({ assignment }) => assignment.name,
  policyAssignmentScope: ({ assignment }) => assignment.scope,
  policyDefinitionId: ({ policyDefinitionId }) => policyDefinitionId,
  policyDefinitionReferenceId: ({ referenceId }) => referenceId ?? '',
  policySetDefinitionId: ({ referenceId, assignment }) =>
    referenceId === undefined ? '' : assignment.policyDefinitionId,
  complianceState: ({ complianceState }) => complianceState,
  isExempt: ({ complianceSubState }) => complianceSubState !== undefined,
  policyExemptionIds: ({ complianceSubState, exemptionIds }) =>
    complianceSubState === undefined ? undefined : exemptionIds,
  stateDetails: ({ complianceSubState }) => (complianceSubState === undefined ? undefined : { complianceSubState }),
};

const isSameState = (left: PolicyState, right: PolicyState): boolean =>
  left.assignment === right.assignment &&
  left.referenceId === right.referenceId &&
  left.policyDefinitionId === right.policyDefinitionId;

/** Two recommendations on a resource can share a policy, which has one state there. */
function* stateRows(tenant: Tenant, states: Iterable<PolicyState>, { wish }: Within): Generator<PlacedRow> {
  const place = placerOn(tenant, stateType, wish?.columns);
  const type = stateType.toLowerCase();
  const isWanted = onceFor(
    (complianceState: string) => wish?.canBeWanted?.({ type, properties: { complianceState } }) !== false,
  );
  const propertiesOf = propertiesMaker(stateProperties, wish?.members);
  let ofResource: PolicyState[] = [];
  for (const state of states) {
    if (!isWanted(state.complianceState)) continue;
    if (ofResource[0]?.resource !== state.resource) ofResource = [];
    if (ofResource.some((other) => isSameState(other, state))) continue;
    ofResource.push(state);
    yield place(
      state.resource,
      () => `${state.resource.id}/providers/${stateType}/${stateNameOf(state)}`,
      () => stateNameOf(state),
      () => propertiesOf(state),
    );
  }
}

export const policySegments = ({ tenant, assessments }: World): readonly Segment[] => [
  {
    types: ['microsoft.authorization/policyassignments'],
    rows: (within) =>
      rowsWithin(
        tenant.policyAssignments,
        within,
        ({ scope }) => scope,
        (one) => placeRow(tenant, one.scope, assignmentDocument(one)),
      ),
  },
  { types: [exemptionType.toLowerCase()], rows: (within) => exemptionRows(tenant, within) },
  ...definitionSegments(tenant),
  {
    types: [stateType.toLowerCase()],
    rows: (within) => {
      const { statesOf } = assessments.view();
      return rowsBySubscription(within, ({ subscriptionId }) => stateRows(tenant, statesOf(subscriptionId), within));
    },
  },
];

/** Role definitions are spelled with a capital here, as Azure does: /providers/…/RoleDefinitions/…. */
export const authorizationSegments = (tenant: Tenant): readonly Segment[] => [
  {
    types: ['microsoft.authorization/roleassignments'],
    rows: (within) =>
      rowsWithin(
        tenant.roleAssignments.filter(({ byLighthouse }) => byLighthouse === undefined),
        within,
        ({ scope }) => scope,
        (one) => placeRow(tenant, one.scope, roleAssignmentDocument(one)),
      ),
  },
  {
    types: ['microsoft.authorization/roledefinitions'],
    rows: () =>
      tenant.roleDefinitions.map((one) =>
        placeRow(tenant, undefined, {
          ...roleDefinitionDocument('', one),
          id: `/providers/Microsoft.Authorization/RoleDefinitions/${one.name}`,
        }),
      ),
  },
];
