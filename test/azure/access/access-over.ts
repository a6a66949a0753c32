import { createAzure } from '../../../src/azure/azure.ts';
import { cannedHttpClient, credential, sentBy, type Canned } from '../canned-http-client.ts';
import { answerFrom } from '../graph-rows.ts';

export const person = {
  objectId: '00000000-0000-4000-8000-000000000102',
  tenantId: '72f988aa-0000-4000-8000-0000000000aa',
  name: 'Bob',
};
export const cloudSecurity = '00000000-0000-4000-8000-0000000000c5';
export const subscription = '/subscriptions/11111111-1111-4111-8111-111111111111';
const securityAdmin = 'fb1c8493-542b-48eb-b624-b4c8fea62acd';
export const definitions = '/providers/Microsoft.Authorization/roleDefinitions';
export const permissions = [{ actions: ['Microsoft.Security/*'], notActions: [], dataActions: [] }];

export const roleAssignment = (principalId: string, properties: Record<string, unknown> = {}) => ({
  id: `${subscription}/providers/Microsoft.Authorization/roleAssignments/${principalId}`,
  name: principalId,
  type: 'microsoft.authorization/roleassignments',
  properties: {
    principalId,
    scope: subscription,
    roleDefinitionId: `${subscription}${definitions}/${securityAdmin}`,
    condition: null,
    ...properties,
  },
});
export const roleDefinition = {
  id: `/providers/Microsoft.Authorization/RoleDefinitions/${securityAdmin.toUpperCase()}`,
  name: securityAdmin.toUpperCase(),
  type: 'microsoft.authorization/roledefinitions',
  properties: { roleName: 'Security Admin', permissions },
};
export const grant = {
  scope: subscription,
  roleName: 'Security Admin',
  actions: ['Microsoft.Security/*'],
  notActions: [],
  conditions: [],
};

export const denial = (
  principals: unknown[],
  excludePrincipals: unknown[] = [],
  more: Record<string, unknown> = {},
) => ({
  id: `${subscription}/providers/Microsoft.Authorization/denyAssignments/d`,
  properties: {
    denyAssignmentName: 'Databricks',
    permissions,
    scope: subscription,
    principals,
    excludePrincipals,
    ...more,
  },
});
export const everybody = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };
export const group = { id: cloudSecurity, type: 'Group' };

export const refused: Canned = {
  status: 403,
  body: { error: { code: 'Authorization_RequestDenied', message: 'No.' } },
};
export const list = (...value: unknown[]): Canned => ({ status: 200, body: { value } });

const container = (id: string) => ({
  id,
  name: 'shop-prod',
  type: 'microsoft.resources/subscriptions',
  properties: { managementGroupAncestorsChain: [{ name: 'contoso' }] },
});

export const otherSubscription = '/subscriptions/22222222-2222-4222-8222-222222222222';

export type World = {
  graph?: Canned;
  /** Answers for the deny assignments of one subscription, by its id. */
  denyAssignmentsIn?: Readonly<Record<string, Canned>>;
  subscriptions?: readonly string[];
  groups?: Canned;
  rows?: Record<string, unknown>[];
  denyAssignments?: Canned;
  eligible?: Canned;
  roleAssignments?: Canned;
  role?: typeof roleDefinition;
};

const firstGroups: Canned = {
  status: 200,
  body: {
    value: [{ '@odata.type': '#microsoft.graph.directoryRole', id: '00000000-0000-4000-8000-0000000000d1' }],
    '@odata.nextLink': `https://graph.microsoft.com/v1.0/users/${person.objectId}/transitiveMemberOf?$skiptoken=2`,
  },
};

export const accessOver = (world: World) => {
  const { client, requests } = cannedHttpClient((request) => {
    const url = new URL(request.url);
    const { pathname } = url;
    if (pathname.endsWith('/getMemberGroups')) return world.groups ?? list(cloudSecurity);
    if (pathname.endsWith('/transitiveMemberOf'))
      return url.searchParams.has('$skiptoken') ? list({ id: cloudSecurity }) : firstGroups;
    if (pathname.endsWith('/resources') && world.graph !== undefined) return world.graph;
    if (String(sentBy(request).query).startsWith('resourcecontainers'))
      return answerFrom('resourcecontainers', (world.subscriptions ?? [subscription]).map(container), request);
    if (pathname.endsWith('/resources')) return answerFrom('authorizationresources', world.rows ?? [], request);
    const denied = Object.entries(world.denyAssignmentsIn ?? {}).find(([id]) => pathname.startsWith(id));
    if (pathname.endsWith('/denyAssignments') && denied !== undefined) return denied[1];
    if (pathname.endsWith('/denyAssignments')) return world.denyAssignments ?? list();
    if (pathname.endsWith('/roleAssignments')) return world.roleAssignments ?? list();
    if (pathname.endsWith('/roleEligibilityScheduleInstances')) return world.eligible ?? list();
    return { status: 200, body: world.role ?? roleDefinition };
  });
  const clock = { now: new Date('2026-03-01T12:00:00Z') };
  const pause = async () => undefined;
  return {
    azure: createAzure({ credential, httpClient: client, now: () => clock.now, pause }),
    requests,
    world,
    clock,
  };
};
