import { createAzure } from '../../../src/azure/azure.ts';
import { cannedHttpClient, credential, sentBy, type Canned } from '../canned-http-client.ts';
import { answerFrom } from '../graph-rows.ts';

const person = {
  objectId: '00000000-0000-4000-8000-000000000102',
  tenantId: '72f988aa-0000-4000-8000-0000000000aa',
  name: 'Bob',
};
const cloudSecurity = '00000000-0000-4000-8000-0000000000c5';
const subscription = '/subscriptions/11111111-1111-4111-8111-111111111111';
const securityAdmin = 'fb1c8493-542b-48eb-b624-b4c8fea62acd';
const definitions = '/providers/Microsoft.Authorization/roleDefinitions';
const permissions = [{ actions: ['Microsoft.Security/*'], notActions: [], dataActions: [] }];

const roleAssignment = (principalId: string, properties: Record<string, unknown> = {}) => ({
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
const roleDefinition = {
  id: `/providers/Microsoft.Authorization/RoleDefinitions/${securityAdmin.toUpperCase()}`,
  name: securityAdmin.toUpperCase(),
  type: 'microsoft.authorization/roledefinitions',
  properties: { roleName: 'Security Admin', permissions },
};
const grant = {
  scope: subscription,
  roleName: 'Security Admin',
  actions: ['Microsoft.Security/*'],
  notActions: [],
  conditional: false,
};

const denial = (principals: unknown[], excludePrincipals: unknown[] = [], more: Record<string, unknown> = {}) => ({
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
const everybody = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };
const group = { id: cloudSecurity, type: 'Group' };

const refused: Canned = { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'No.' } } };
const list = (...value: unknown[]): Canned => ({ status: 200, body: { value } });

const container = {
  id: subscription,
  name: 'shop-prod',
  type: 'microsoft.resources/subscriptions',
  properties: { managementGroupAncestorsChain: [{ name: 'contoso' }] },
};

type World = {
  graph?: Canned;
  groups?: Canned;
  rows?: Record<string, unknown>[];
  denyAssignments?: Canned;
  eligible?: Canned;
  roleAssignments?: Canned;
  role?: typeof roleDefinition;
};

const accessOver = (world: World) => {
  const { client, requests } = cannedHttpClient((request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('/getMemberGroups')) return world.groups ?? list(cloudSecurity);
    if (pathname.endsWith('/resources') && world.graph !== undefined) return world.graph;
    if (String(sentBy(request).query).startsWith('resourcecontainers'))
      return answerFrom('resourcecontainers', [container], request);
    if (pathname.endsWith('/resources')) return answerFrom('authorizationresources', world.rows ?? [], request);
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

describe('what a person may read', () => {
  it('includes what their groups may, however the role definition is spelled', async () => {
    const { azure } = accessOver({
      rows: [roleAssignment(cloudSecurity), roleAssignment('somebody-else'), roleDefinition],
    });
    expect(await azure.forReading(person)).toEqual({ grants: [grant], denials: [], eligible: [] });
  });

  it('comes from direct assignments alone where Microsoft Graph may not be asked', async () => {
    const rows = [roleAssignment(cloudSecurity), roleAssignment(person.objectId, { scope: '/' }), roleDefinition];
    const { azure } = accessOver({ rows, groups: refused });
    expect((await azure.forReading(person)).grants).toEqual([{ ...grant, scope: '/' }]);
  });

  it('is not guessed when Microsoft Graph does not answer', async () => {
    const { azure } = accessOver({ rows: [roleAssignment(person.objectId), roleDefinition], groups: { status: 429 } });
    await expect(azure.forReading(person)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('marks a role with a condition', async () => {
    const rows = [roleAssignment(person.objectId, { condition: "@Resource[x] StringEquals 'y'" }), roleDefinition];
    expect((await accessOver({ rows }).azure.forReading(person)).grants).toMatchObject([{ conditional: true }]);
  });

  it('leaves out roles on billing and the like, and roles that nobody can describe', async () => {
    const rows = [
      roleAssignment(person.objectId, { scope: '/providers/Microsoft.Capacity' }),
      roleAssignment(cloudSecurity, { roleDefinitionId: `${definitions}/unknown` }),
      roleDefinition,
    ];
    expect((await accessOver({ rows }).azure.forReading(person)).grants).toEqual([]);
  });

  it('is asked for once per person while it is fresh', async () => {
    const { azure, requests } = accessOver({ rows: [roleAssignment(person.objectId), roleDefinition] });
    await azure.forReading(person);
    const before = requests.length;
    await azure.forReading({ ...person, objectId: person.objectId.toUpperCase() });
    expect(requests).toHaveLength(before);
    await azure.forReading({ ...person, objectId: '00000000-0000-4000-8000-000000000103' });
    expect(requests.length).toBeGreaterThan(before);
  });
});

describe('what a person may no longer read', () => {
  const rows = [roleAssignment(person.objectId), roleDefinition];
  const contosoRole = roleAssignment(person.objectId, {
    scope: '/providers/Microsoft.Management/managementGroups/contoso',
  });
  const managedGroup = { scope: `${subscription}/resourceGroups/managed` };
  const minutes = (count: number) => count * 60_000;

  it.each([
    ['a role on the subscription', rows],
    ['a role on the management group above', [contosoRole, roleDefinition]],
  ])('is told by the deny assignments below %s', async (_story, found) => {
    const { azure } = accessOver({ rows: found, denyAssignments: list(denial([group], [], managedGroup)) });
    expect((await azure.forReading(person)).denials).toMatchObject([managedGroup]);
  });

  it('is not touched by the deny assignments of others', async () => {
    const { azure } = accessOver({ rows, denyAssignments: list(denial([{ id: 'other', type: 'Group' }])) });
    expect((await azure.forReading(person)).denials).toEqual([]);
  });

  it.each([
    ['keep silent', { status: 503 }],
    ['may not be asked for', refused],
  ] as const)('is unknown, not nothing, where the deny assignments %s', async (_story, denyAssignments) => {
    const { azure } = accessOver({ rows, denyAssignments });
    await expect(azure.forReading(person)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('follows a deny assignment that is five minutes old', async () => {
    const { azure, world, clock } = accessOver({ rows });
    expect((await azure.forReading(person)).denials).toEqual([]);

    world.denyAssignments = list(denial([everybody]));
    clock.now = new Date(clock.now.getTime() + minutes(5));
    expect((await azure.forReading(person)).denials).toHaveLength(1);
  });

  it('is noticed after five minutes, and nothing older stands in while Azure keeps silent', async () => {
    const { azure, world, clock } = accessOver({ rows });
    expect((await azure.forReading(person)).grants).toEqual([grant]);

    world.rows = [];
    clock.now = new Date(clock.now.getTime() + minutes(4));
    expect((await azure.forReading(person)).grants).toEqual([grant]);

    clock.now = new Date(clock.now.getTime() + minutes(1));
    world.graph = { status: 503 };
    await expect(azure.forReading(person)).rejects.toMatchObject({ code: 'unavailable' });

    delete world.graph;
    expect((await azure.forReading(person)).grants).toEqual([]);
  });
});

describe('what a person may decide', () => {
  it('is asked for live, each time, at each scope', async () => {
    const { azure, requests } = accessOver({ roleAssignments: list(roleAssignment(cloudSecurity)) });
    const scopes = [subscription, '/providers/Microsoft.Management/managementGroups/contoso'];
    expect((await azure.forDecision(person, scopes)).grants).toEqual([grant]);
    await azure.forDecision(person, scopes);
    const asked = requests
      .map((request) => new URL(request.url))
      .filter((url) => url.pathname.endsWith('/roleAssignments'));
    expect(asked).toHaveLength(4);
    expect(asked[0]?.searchParams.get('$filter')).toBe(`assignedTo('${person.objectId}')`);
  });

  it('follows a role that was emptied of its actions a moment ago', async () => {
    const { azure, world } = accessOver({ roleAssignments: list(roleAssignment(cloudSecurity)) });
    expect((await azure.forDecision(person, [subscription])).grants).toEqual([grant]);

    const emptied = [{ ...permissions[0]!, actions: [] }];
    world.role = { ...roleDefinition, properties: { ...roleDefinition.properties, permissions: emptied } };
    expect((await azure.forDecision(person, [subscription])).grants).toEqual([{ ...grant, actions: [] }]);
  });

  it('keeps the notActions of one role apart from the actions of another', async () => {
    const { azure } = accessOver({ roleAssignments: list(roleAssignment('a'), roleAssignment('b')) });
    expect((await azure.forDecision(person, [subscription])).grants).toHaveLength(2);
  });

  it.each([
    ['everybody', denial([everybody]), 1],
    ['the person', denial([{ id: person.objectId.toUpperCase(), type: 'User' }]), 1],
    ['a group of theirs', denial([group]), 1],
    ['another group', denial([{ id: 'other', type: 'Group' }]), 0],
    ['everybody but the person', denial([everybody], [{ id: person.objectId, type: 'User' }]), 0],
    ['everybody but a group of theirs', denial([everybody], [group]), 0],
  ])('heeds a deny assignment for %s', async (_story, found, expected) => {
    const { azure } = accessOver({ denyAssignments: list(found) });
    expect((await azure.forDecision(person, [subscription])).denials).toHaveLength(expected);
  });

  it('counts a denied group against the person where their groups are unknown', async () => {
    const { azure } = accessOver({ denyAssignments: list(denial([group])), groups: refused });
    expect((await azure.forDecision(person, [subscription])).denials).toEqual([
      {
        scope: subscription,
        name: 'Databricks',
        actions: ['Microsoft.Security/*'],
        notActions: [],
        appliesToChildScopes: true,
      },
    ]);
  });

  it('tells which roles could be activated', async () => {
    const { azure } = accessOver({ eligible: list(roleAssignment(person.objectId)) });
    expect(await azure.forDecision(person, [subscription])).toEqual({ grants: [], denials: [], eligible: [grant] });
  });

  it('does without the eligible roles when Azure does not tell them', async () => {
    const { azure } = accessOver({ roleAssignments: list(roleAssignment('a')), eligible: 'silence' });
    expect(await azure.forDecision(person, [subscription])).toEqual({ grants: [grant], denials: [], eligible: [] });
  });

  it('is unknown, not nothing, when Azure keeps silent or the bot may not ask', async () => {
    const worlds: World[] = ['silence' as const, refused].flatMap((answer) => [
      { roleAssignments: answer },
      { denyAssignments: answer },
    ]);
    const answers = worlds.map((world) => accessOver(world).azure.forDecision(person, [subscription]));
    for (const answer of await Promise.allSettled(answers))
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
  });

  it('asks nothing about somebody without a proper object id', async () => {
    const { azure, requests } = accessOver({});
    const nobody = { ...person, objectId: "x') or true" };
    await expect(azure.forDecision(nobody, [subscription])).rejects.toMatchObject({ code: 'invalid' });
    await expect(azure.forReading(nobody)).rejects.toMatchObject({ code: 'invalid' });
    expect(requests).toEqual([]);
  });
});
