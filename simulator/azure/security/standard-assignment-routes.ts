import { lastSegment, sameId } from '../../tenant/arm-id.ts';
import { systemDataFor } from '../../tenant/exemption-by-person.ts';
import { standardAssignmentId, standardAssignmentType } from '../../tenant/standard-assignments.ts';
import type { StandardAssignment, Tenant } from '../../tenant/tenant.ts';
import { ArmError } from '../arm/arm-error.ts';
import { createReach, parseFilter } from '../arm/list-filter.ts';
import { pageOf } from '../arm/paging.ts';
import {
  requirePermission,
  requireProvider,
  requireReadableScope,
  requireScope,
  requireSubscription,
  requireWritable,
} from '../arm/permission.ts';
import { itemOf, listOf } from '../arm/route.ts';
import type { Answer, Call, Route, World } from '../arm/route.ts';
import { parseStandardAssignment } from './standard-assignment-body.ts';
import { standardAssignmentDocument } from './standard-assignment-document.ts';

const placeOf = (call: Call) => {
  const [scope, name] = [call.part('scope'), call.part('name')];
  return { scope, name, id: standardAssignmentId({ scope, name }) };
};

const find = ({ standardAssignments }: Tenant, id: string): StandardAssignment | undefined =>
  standardAssignments.find((one) => sameId(standardAssignmentId(one), id));

const list = (tenant: Tenant, call: Call): Answer => {
  const scope = call.part('scope');
  parseFilter(call.query.get('$filter'), []);
  requireReadableScope(tenant, call.caller, `${standardAssignmentType}/read`, scope);
  const isInReach = createReach(tenant, scope, new Map());
  const found = tenant.standardAssignments.filter((one) => isInReach(one.scope));
  return pageOf(call, found.map(standardAssignmentDocument), tenant.settings.pageSize);
};

const read = (tenant: Tenant, call: Call): Answer => {
  const { scope, name, id } = placeOf(call);
  requireReadableScope(tenant, call.caller, `${standardAssignmentType}/read`, scope);
  const found = find(tenant, id);
  if (found === undefined)
    throw new ArmError(404, 'ResourceNotFound', `The standard assignment '${name}' could not be found.`);
  return { json: standardAssignmentDocument(found) };
};

const write = (tenant: Tenant, call: Call): Answer => {
  const { scope, id } = placeOf(call);
  const name = lastSegment(id).toLowerCase();
  requireSubscription(tenant, scope);
  requirePermission(tenant, call.caller, `${standardAssignmentType}/write`, scope, id);
  requireProvider(tenant, `${standardAssignmentType}/write`, scope);
  requireWritable(tenant, scope);
  requireScope(tenant, scope);
  const properties = parseStandardAssignment(name, call.body, tenant.recommendations);
  const before = find(tenant, id);
  const systemData = systemDataFor(call.caller, tenant.now(), before?.systemData);
  const made: StandardAssignment = { name, scope: before?.scope ?? scope, properties, systemData };
  if (before === undefined) tenant.standardAssignments.push(made);
  else tenant.standardAssignments.splice(tenant.standardAssignments.indexOf(before), 1, made);
  return { status: before === undefined ? 201 : 200, json: standardAssignmentDocument(made) };
};

const remove = (tenant: Tenant, call: Call): Answer => {
  const { scope, id } = placeOf(call);
  requireSubscription(tenant, scope);
  requirePermission(tenant, call.caller, `${standardAssignmentType}/delete`, scope, id);
  requireProvider(tenant, `${standardAssignmentType}/delete`, scope);
  requireScope(tenant, scope);
  const found = find(tenant, id);
  if (found === undefined) return { status: 204 };
  tenant.standardAssignments.splice(tenant.standardAssignments.indexOf(found), 1);
  return { status: 200 };
};

/** Microsoft.Security/standardAssignments: exemptions by Defender without Azure Policy. A list contains those above, at and below its scope. */
export const standardAssignmentRoutes = ({ tenant }: World): readonly Route[] => {
  const [item, items] = [itemOf(standardAssignmentType), listOf(standardAssignmentType)];
  const apiVersions = ['2024-08-01'];
  return [
    { method: 'GET', pattern: items, apiVersions, handle: (call) => list(tenant, call) },
    { method: 'GET', pattern: item, apiVersions, handle: (call) => read(tenant, call) },
    { method: 'PUT', pattern: item, apiVersions, handle: (call) => write(tenant, call) },
    { method: 'DELETE', pattern: item, apiVersions, handle: (call) => remove(tenant, call) },
  ];
};
