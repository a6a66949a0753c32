import { normalised } from '../../tenant/arm-id.ts';
import { identitiesOf } from '../../tenant/authorization.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { ArmError } from '../arm/arm-error.ts';
import {
  denyAssignmentDocument,
  eligibilityDocument,
  permissionOf,
  roleAssignmentDocument,
  roleDefinitionDocument,
} from './authorization-documents.ts';
import { createReach, parseFilter } from '../arm/list-filter.ts';
import { pageOf } from '../arm/paging.ts';
import { requireReadableScope } from '../arm/permission.ts';
import { itemOf, listOf } from '../arm/route.ts';
import type { Answer, Call, Route, World } from '../arm/route.ts';

const roleDefinitionType = 'Microsoft.Authorization/roleDefinitions';
const permissionType = 'Microsoft.Authorization/permissions';

type Attached = { readonly scope: string };

/** A list of things attached to scopes that know principals: assignedTo() includes groups, principalId matches only that id. */
const listAttached = <T extends Attached>(
  tenant: Tenant,
  call: Call,
  type: string,
  values: readonly T[],
  { principalOf, document }: { readonly principalOf?: (value: T) => string; readonly document: (value: T) => unknown },
): Answer => {
  const scope = call.part('scope');
  const known = ['atScope', 'atExactScope', ...(principalOf === undefined ? [] : ['assignedTo', 'principalId'])];
  const filter = parseFilter(call.query.get('$filter'), known);
  requireReadableScope(tenant, call.caller, `${type}/read`, scope);
  const isInReach = createReach(tenant, scope, filter);
  const [somebody, principal] = [filter.get('assignedTo'), filter.get('principalId')];
  const identities = somebody === undefined ? undefined : identitiesOf(tenant, somebody);
  const found = values
    .filter((value) => isInReach(value.scope))
    .filter((value) => identities === undefined || identities.includes(principalOf?.(value) ?? ''))
    .filter((value) => principal === undefined || principal === principalOf?.(value));
  return pageOf(call, found.map(document), tenant.settings.pageSize);
};

const readRoleDefinition = (tenant: Tenant, call: Call): Answer => {
  const [scope, name] = [call.part('scope'), call.part('name')];
  if (scope !== '') requireReadableScope(tenant, call.caller, `${roleDefinitionType}/read`, scope);
  const definition = tenant.roleDefinitions.find((candidate) => candidate.name === name.toLowerCase());
  if (definition === undefined)
    throw new ArmError(
      404,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${name}' does not exist.`,
    );
  return { json: roleDefinitionDocument(scope, definition) };
};

/** The permissions of the caller's roles at the scope and above; without deny assignments. Specified for resource groups and resources only. */
const listPermissions = (tenant: Tenant, call: Call): Answer => {
  const scope = call.part('scope');
  if (!tenant.settings.permissionsEverywhere && !/^\/subscriptions\/[^/]+\/resourceGroups\/./i.test(scope))
    throw new ArmError(404, 'InvalidResourceType', `The resource type 'permissions' could not be found at '${scope}'.`);
  requireReadableScope(tenant, call.caller, `${permissionType}/read`, scope);
  const [chain, identities] = [tenant.chainOf(scope), identitiesOf(tenant, call.caller.objectId)];
  const held = tenant.roleAssignments.filter(
    (one) => identities.includes(one.principalId) && chain.includes(normalised(one.scope)),
  );
  const found = held.flatMap(({ role, condition }) =>
    tenant.roleDefinitions
      .filter(({ name }) => name === role)
      .map((definition) => permissionOf(condition === undefined ? definition : { ...definition, condition })),
  );
  return pageOf(call, found, tenant.settings.pageSize);
};

/** Role and deny assignments, role definitions, the permissions of the caller, and eligible roles of PIM. */
export const authorizationRoutes = ({ tenant }: World): readonly Route[] => {
  const [roles, denials, eligibilities] = [
    'Microsoft.Authorization/roleAssignments',
    'Microsoft.Authorization/denyAssignments',
    'Microsoft.Authorization/roleEligibilityScheduleInstances',
  ];
  const get = (pattern: RegExp, apiVersions: readonly string[], handle: Route['handle']): Route => ({
    method: 'GET',
    pattern,
    apiVersions,
    handle,
  });
  const principalOf = ({ principalId }: { readonly principalId: string }): string => principalId;
  return [
    get(listOf(roles), ['2022-04-01'], (call) =>
      listAttached(
        tenant,
        call,
        roles,
        tenant.roleAssignments.filter(({ byLighthouse }) => byLighthouse === undefined),
        { principalOf, document: roleAssignmentDocument },
      ),
    ),
    get(listOf(denials), ['2018-07-01-preview', '2022-04-01'], (call) =>
      listAttached(tenant, call, denials, tenant.denyAssignments, { document: denyAssignmentDocument }),
    ),
    get(listOf(eligibilities), ['2020-10-01'], (call) =>
      listAttached(tenant, call, eligibilities, tenant.roleEligibilities, {
        principalOf,
        document: eligibilityDocument,
      }),
    ),
    get(listOf(permissionType), ['2018-07-01', '2022-04-01'], (call) => listPermissions(tenant, call)),
    get(itemOf(roleDefinitionType), ['2022-04-01'], (call) => readRoleDefinition(tenant, call)),
  ];
};
