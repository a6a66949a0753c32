import { extensionId, managementGroupId, sameId } from '../../tenant/arm-id.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { ArmError } from '../arm/arm-error.ts';
import { createReach, parseFilter } from '../arm/list-filter.ts';
import { pageOf } from '../arm/paging.ts';
import { requirePermission, requireReadableScope } from '../arm/permission.ts';
import {
  assignmentDocument,
  definitionDocument,
  initiativeDocument,
  initiativeVersionDocuments,
} from './policy-documents.ts';
import { itemOf, listOf } from '../arm/route.ts';
import type { Answer, Call, Route, World } from '../arm/route.ts';

const assignmentType = 'Microsoft.Authorization/policyAssignments';
const apiVersions = [
  '2020-09-01',
  '2021-06-01',
  '2022-06-01',
  '2023-04-01',
  '2024-04-01',
  '2024-05-01',
  '2025-01-01',
  '2025-03-01',
];

const readAssignment = (tenant: Tenant, call: Call): Answer => {
  const [scope, name] = [call.part('scope'), call.part('name')];
  requireReadableScope(tenant, call.caller, `${assignmentType}/read`, scope);
  const id = extensionId(scope, assignmentType, name);
  const assignment = tenant.policyAssignments.find((candidate) => sameId(candidate.id, id));
  if (assignment === undefined)
    throw new ArmError(404, 'PolicyAssignmentNotFound', `The policy assignment '${name}' is not found.`);
  return { json: assignmentDocument(assignment) };
};

const listAssignments = (tenant: Tenant, call: Call): Answer => {
  const scope = call.part('scope');
  const filter = parseFilter(call.query.get('$filter'), ['atScope', 'atExactScope', 'policyDefinitionId']);
  requireReadableScope(tenant, call.caller, `${assignmentType}/read`, scope);
  const isInReach = createReach(tenant, scope, filter);
  const definition = filter.get('policyDefinitionId');
  const found = tenant.policyAssignments
    .filter((assignment) => isInReach(assignment.scope))
    .filter(({ policyDefinitionId }) => definition === undefined || sameId(policyDefinitionId, definition));
  return pageOf(call, found.map(assignmentDocument), tenant.settings.pageSize);
};

/** Built-in definitions belong to everybody and are also returned under a subscription or management group; custom ones only at their scope. */
const findDefinition = <T extends { readonly id: string }>(
  tenant: Tenant,
  call: Call,
  type: string,
  known: readonly T[],
): T => {
  const [scope, name] = [call.part('scope'), call.part('name')];
  if (scope !== '') requireReadableScope(tenant, call.caller, `${type}/read`, scope);
  const ids = [extensionId(scope, type, name), extensionId('', type, name)];
  const found = known.find(({ id }) => ids.some((candidate) => sameId(id, candidate)));
  if (found !== undefined) return found;
  const isInitiative = type.endsWith('policySetDefinitions');
  throw new ArmError(
    404,
    isInitiative ? 'PolicySetDefinitionNotFound' : 'PolicyDefinitionNotFound',
    `The policy ${isInitiative ? 'set ' : ''}definition '${name}' could not be found.`,
  );
};

const initiativeType = 'Microsoft.Authorization/policySetDefinitions';
const versionsOfInitiative =
  /^(?<scope>.*)\/providers\/Microsoft\.Authorization\/policySetDefinitions\/(?<name>[^/]+)\/versions$/i;

/** The versions of an initiative, which need a permission of their own. */
const listVersions = (tenant: Tenant, call: Call): Answer => {
  const scope = call.part('scope');
  const initiative = findDefinition(tenant, call, initiativeType, tenant.initiatives);
  requirePermission(
    tenant,
    call.caller,
    `${initiativeType}/versions/read`,
    scope || managementGroupId(tenant.tenantId),
    initiative.id,
  );
  return pageOf(call, initiativeVersionDocuments(initiative), tenant.settings.pageSize);
};

/** Policy assignments at every scope; initiatives and policy definitions of the tenant, subscriptions and management groups. */
export const policyRoutes = ({ tenant }: World): readonly Route[] => {
  const definitionType = 'Microsoft.Authorization/policyDefinitions';
  const get = (pattern: RegExp, handle: Route['handle']): Route => ({ method: 'GET', pattern, apiVersions, handle });
  return [
    get(itemOf(assignmentType), (call) => readAssignment(tenant, call)),
    get(listOf(assignmentType), (call) => listAssignments(tenant, call)),
    get(itemOf(initiativeType), (call) => ({
      json: initiativeDocument(findDefinition(tenant, call, initiativeType, tenant.initiatives)),
    })),
    {
      ...get(versionsOfInitiative, (call) => listVersions(tenant, call)),
      apiVersions: apiVersions.filter((version) => version >= '2023-04-01'),
    },
    get(itemOf(definitionType), (call) => ({
      json: definitionDocument(findDefinition(tenant, call, definitionType, tenant.policyDefinitions)),
    })),
  ];
};
