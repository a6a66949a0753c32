import { extensionId, sameId } from '../../tenant/arm-id.ts';
import { systemDataFor } from '../../tenant/exemption-by-person.ts';
import { isExpired } from '../../tenant/exemptions-in-force.ts';
import type { PolicyExemption } from '../../tenant/policy-exemption.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { ArmError } from '../arm/arm-error.ts';
import { parseExemptionBody, requireExemptionName } from './exemption-body.ts';
import { exemptionDocument, exemptionType } from './exemption-document.ts';
import { exemptionVersions } from './exemption-versions.ts';
import { requireNoDenyPolicy } from './deny-exemptions.ts';
import { requireFittingExemption } from './exemption-fit.ts';
import { createReach, parseFilter } from '../arm/list-filter.ts';
import { requireNoLock } from '../authorization/lock-routes.ts';
import { pageOf } from '../arm/paging.ts';
import {
  requireLinkedPermission,
  requirePermission,
  requireReadableScope,
  requireScope,
  requireSubscription,
  requireWritable,
} from '../arm/permission.ts';
import { itemOf, listOf } from '../arm/route.ts';
import type { Answer, Call, Route, World } from '../arm/route.ts';

const actions = {
  read: 'Microsoft.Authorization/policyExemptions/read',
  write: 'Microsoft.Authorization/policyExemptions/write',
  delete: 'Microsoft.Authorization/policyExemptions/delete',
  exempt: 'Microsoft.Authorization/policyAssignments/exempt/action',
};

const placeOf = (call: Call): { scope: string; name: string; id: string } => {
  const [scope, name] = [call.part('scope'), call.part('name')];
  return { scope, name, id: extensionId(scope, exemptionType, name) };
};

const read = (tenant: Tenant, call: Call): Answer => {
  const { scope, name, id } = placeOf(call);
  requireReadableScope(tenant, call.caller, actions.read, scope);
  const exemption = tenant.exemptions.find(id);
  if (exemption === undefined)
    throw new ArmError(404, 'PolicyExemptionNotFound', `The policy exemption '${name}' is not found.`);
  return { json: exemptionDocument(exemption, call.apiVersion, tenant.settings) };
};

const mostPerScope = 1000;

const requireRoom = (tenant: Tenant, scope: string): void => {
  if (tenant.exemptions.all().filter((one) => sameId(one.scope, scope)).length < mostPerScope) return;
  throw new ArmError(
    400,
    'PolicyExemptionQuotaExceeded',
    `The number of policy exemptions at the scope '${scope}' has reached its limit of ${mostPerScope}.`,
  );
};

const write = (tenant: Tenant, call: Call): Answer => {
  const { scope, name, id } = placeOf(call);
  requireSubscription(tenant, scope);
  requirePermission(tenant, call.caller, actions.write, scope, id);
  requireWritable(tenant, scope);
  requireScope(tenant, scope);
  requireExemptionName(name);
  const properties = parseExemptionBody(name, call.body, call.apiVersion, tenant.settings);
  const before = tenant.exemptions.find(id);
  if (before === undefined) requireRoom(tenant, scope);
  requireFittingExemption(tenant, { scope, name }, properties, before);
  requireLinkedPermission(tenant, call.caller, actions.write, id, {
    action: actions.exempt,
    id: properties.policyAssignmentId,
  });
  requireNoDenyPolicy(tenant, { scope, name }, properties);
  requireNoLock(tenant, scope, 'write');
  const exemption: PolicyExemption = {
    id: before?.id ?? id,
    name: before?.name ?? name,
    scope: before?.scope ?? scope,
    properties,
    systemData: systemDataFor(call.caller, tenant.now(), before?.systemData),
  };
  tenant.exemptions.write(exemption);
  return {
    status: before === undefined ? 201 : 200,
    json: exemptionDocument(exemption, call.apiVersion, tenant.settings),
  };
};

const remove = (tenant: Tenant, call: Call): Answer => {
  const { scope, id } = placeOf(call);
  requireSubscription(tenant, scope);
  requirePermission(tenant, call.caller, actions.delete, scope, id);
  requireScope(tenant, scope);
  requireNoLock(tenant, scope, 'delete');
  const exemption = tenant.exemptions.find(id);
  if (exemption === undefined) return { status: 204 };
  tenant.exemptions.remove(id);
  return { status: 200, json: exemptionDocument(exemption, call.apiVersion, tenant.settings) };
};

const list = (tenant: Tenant, call: Call): Answer => {
  const scope = call.part('scope');
  const known = ['atScope', 'atExactScope', 'excludeExpired', 'policyAssignmentId'];
  const filter = parseFilter(call.query.get('$filter'), known);
  requireReadableScope(tenant, call.caller, actions.read, scope);
  const isInReach = createReach(tenant, scope, filter);
  const assignment = filter.get('policyAssignmentId');
  const found = tenant.exemptions
    .all()
    .filter((exemption) => isInReach(exemption.scope))
    .filter(({ properties }) => assignment === undefined || sameId(properties.policyAssignmentId, assignment))
    .filter((exemption) => !filter.has('excludeExpired') || !isExpired(exemption, tenant.now()))
    .map((exemption) => exemptionDocument(exemption, call.apiVersion, tenant.settings));
  return pageOf(call, found, tenant.settings.pageSize);
};

/** Which api-versions the provider offers; any identity of the tenant may ask. Only the type policyExemptions is described. */
const describeProvider = ({ settings }: Tenant): Answer => ({
  json: {
    namespace: 'Microsoft.Authorization',
    resourceTypes: [{ resourceType: 'policyExemptions', apiVersions: exemptionVersions(settings).toReversed() }],
  },
});

/** Microsoft.Authorization/policyExemptions at every scope. */
export const exemptionRoutes = ({ tenant }: World): readonly Route[] => {
  const [item, items] = [itemOf(exemptionType), listOf(exemptionType)];
  const route = (method: string, pattern: RegExp, handle: (tenant: Tenant, call: Call) => Answer): Route => ({
    method,
    pattern,
    get apiVersions() {
      return exemptionVersions(tenant.settings);
    },
    handle: (call) => handle(tenant, call),
  });
  return [
    route('GET', item, read),
    route('PUT', item, write),
    route('DELETE', item, remove),
    route('GET', items, list),
    {
      method: 'GET',
      pattern: /^\/providers\/Microsoft\.Authorization$/i,
      apiVersions: ['2021-04-01'],
      handle: () => describeProvider(tenant),
    },
  ];
};
