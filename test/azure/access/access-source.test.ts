import {
  person,
  cloudSecurity,
  subscription,
  definitions,
  permissions,
  roleAssignment,
  roleDefinition,
  grant,
  denial,
  everybody,
  group,
  refused,
  list,
  type World,
  accessOver,
} from './access-over.ts';
import { readCondition } from '../../../src/core/access/read-condition.ts';
import { blobsOnly, delegation, ofDepartment } from '../../core/access/sample-conditions.ts';

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

  it('comes with the conditions of the assignment and of its role, and with their versions', async () => {
    const asked = { condition: delegation, conditionVersion: '3.0' };
    const guarded = { ...roleDefinition.properties, permissions: [{ ...permissions[0], condition: ofDepartment }] };
    const rows = [roleAssignment(person.objectId, asked), { ...roleDefinition, properties: guarded }];
    expect((await accessOver({ rows }).azure.forReading(person)).grants).toEqual([
      { ...grant, conditions: [readCondition(delegation, '3.0'), readCondition(ofDepartment)] },
    ]);
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
    expect(asked[0]?.searchParams.get('$filter')).toBe(`atScope() and assignedTo('${person.objectId}')`);
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
        conditions: [],
        appliesToChildScopes: true,
      },
    ]);
  });

  it('tells which roles could be activated', async () => {
    const { azure } = accessOver({ eligible: list(roleAssignment(person.objectId)) });
    expect(await azure.forDecision(person, [subscription])).toEqual({ grants: [], denials: [], eligible: [grant] });
  });

  it('tells the conditions of active and of eligible roles, and of deny assignments and their permissions', async () => {
    const condition = { condition: delegation, conditionVersion: '2.0' };
    const conditions = [readCondition(delegation, '2.0')];
    const { azure } = accessOver({
      roleAssignments: list(roleAssignment('a', condition)),
      eligible: list(roleAssignment(person.objectId, condition)),
      denyAssignments: list(denial([everybody], [], { ...condition, permissions: [{ condition: blobsOnly }] })),
    });
    expect(await azure.forDecision(person, [subscription])).toMatchObject({
      grants: [{ conditions }],
      eligible: [{ conditions }],
      denials: [{ conditions: [...conditions, readCondition(blobsOnly)] }],
    });
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
