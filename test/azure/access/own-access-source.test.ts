import { createAzure } from '../../../src/azure/azure.ts';
import { exemptFromAssignment, writeExemptions } from '../../../src/core/access/access.ts';
import { blobsOnly, delegation, ofDepartment } from '../../core/access/sample-conditions.ts';
import { cannedHttpClient, type Canned } from '../canned-http-client.ts';

const subscription = '/subscriptions/11111111-1111-4111-8111-111111111111';
const group = `${subscription}/resourceGroups/rg-shop`;
const vm = `${group}/providers/Microsoft.Compute/virtualMachines/vm1`;
const bot = '22222222-2222-4222-8222-222222222222';
const forbidden: Canned = { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } };

const hierarchy = {
  managementGroups: [{ name: 'contoso', displayName: 'Contoso', ancestors: [] }],
  subscriptions: [{ id: subscription, displayName: 'shop', ancestors: ['contoso'] }],
};

const page = (...value: unknown[]): Canned => ({ status: 200, body: { value } });
const permission = (...actions: string[]) => ({ actions, notActions: ['*/delete'] });

const jwt = (payload: object): string => `x.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.x`;

const accessOver = (answers: Readonly<Record<string, Canned>>, token = jwt({ oid: bot })) => {
  const { client, requests } = cannedHttpClient(({ url }) => {
    const path = new URL(url).pathname.replace('/providers/Microsoft.Authorization', '');
    return answers[path] ?? { status: 500, body: { error: { code: 'InternalServerError', message: '' } } };
  });
  const { ownAccess } = createAzure({
    credential: { getToken: async () => ({ token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
    httpClient: client,
    now: () => new Date('2026-03-01T12:00:00Z'),
    pause: async () => undefined,
  });
  const urls = () => requests.map(({ url }) => new URL(url));
  return { ownAccess, urls, asked: () => urls().map(({ pathname }) => pathname) };
};

describe("the bot's own rights", () => {
  const write = { action: writeExemptions, scope: vm };

  it('are held where a role of the resource group or above names the action', async () => {
    const { ownAccess, asked } = accessOver({
      [`${group}/permissions`]: page(permission('Microsoft.Authorization/*')),
    });
    expect(await ownAccess.mayWrite([write], hierarchy)).toEqual(['held']);
    expect(asked()).toEqual([`${group}/providers/Microsoft.Authorization/permissions`]);
  });

  it('are looked for on the resource itself where its group gives none', async () => {
    const { ownAccess } = accessOver({
      [`${group}/permissions`]: page(permission('*/read')),
      [`${vm}/permissions`]: page(permission(writeExemptions)),
    });
    expect(await ownAccess.mayWrite([write], hierarchy)).toEqual(['held']);
  });

  it.each<[string, Canned, string]>([
    ['lacking', page(permission('*/read')), 'where no role names the action'],
    ['unknown', { status: 503, body: '<html></html>' }, 'where Azure does not answer'],
  ])('are %s %s', async (right, answer) => {
    const { ownAccess } = accessOver({ [`${subscription}/permissions`]: answer });
    expect(await ownAccess.mayWrite([{ action: exemptFromAssignment, scope: subscription }], hierarchy)).toEqual([
      right,
    ]);
  });
});

describe("the bot's own rights where Azure has no list of permissions", () => {
  const root = '/providers/Microsoft.Management/managementGroups/contoso';
  const notThere: Canned = { status: 404, body: { error: { code: 'InvalidResourceType', message: 'No.' } } };
  const role = '33333333-3333-4333-8333-333333333333';
  const roleId = `${root}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const assigned = (condition?: string) => ({
    id: `${root}/providers/Microsoft.Authorization/roleAssignments/r`,
    properties: {
      scope: root,
      roleDefinitionId: roleId,
      ...(condition !== undefined && { condition, conditionVersion: '2.0' }),
    },
  });
  const definition = (...actions: string[]): Canned => ({
    status: 200,
    body: { properties: { roleName: 'Exemption Desk', permissions: [permission(...actions)] } },
  });
  const right = { action: exemptFromAssignment, scope: root };

  it.each<[string, string, Canned, Canned]>([
    ['held', 'where a role of the bot names the action', page(assigned()), definition('Microsoft.Authorization/*')],
    ['held', 'where its condition allows the action', page(assigned(delegation)), definition('*')],
    ['conditional', 'where its condition may not', page(assigned(ofDepartment)), definition('*')],
    ['lacking', 'where no role names the action', page(assigned()), definition('*/read')],
    ['lacking', 'without a role', page(), definition('*')],
    ['hidden', 'where Azure does not show the roles either', forbidden, definition('*')],
    ['unknown', 'where Azure does not answer', { status: 503, body: '<html></html>' }, definition('*')],
    ['unknown', 'where the definition of the role is gone', page(assigned()), notThere],
  ])('are %s %s', async (expected, _, assignments, roleDefinition) => {
    for (const refusal of [
      notThere,
      forbidden,
      { status: 400, body: { error: { code: 'BadRequest', message: 'No.' } } },
    ]) {
      const { ownAccess } = accessOver({
        [`${root}/permissions`]: refusal,
        [`${root}/roleAssignments`]: assignments,
        [`${root}/roleDefinitions/${role}`]: roleDefinition,
      });
      expect(await ownAccess.mayWrite([right], hierarchy)).toEqual([expected]);
    }
  });

  it('are asked for by its object id, with the roles of its groups, at the scope and above', async () => {
    const { ownAccess, urls } = accessOver({ [`${root}/permissions`]: notThere, [`${root}/roleAssignments`]: page() });
    await ownAccess.mayWrite([right], hierarchy);
    expect(urls().at(-1)?.searchParams.get('$filter')).toBe(`atScope() and assignedTo('${bot}')`);
  });

  it('are asked for once about a hundred resources and what is assigned above them, with the definitions known before beside the list', async () => {
    const machines = Array.from({ length: 100 }, (_, index) => `${vm}${index}`);
    const { ownAccess, asked } = accessOver({
      [`${group}/permissions`]: page(permission('*')),
      [`${group}/roleAssignments`]: page(assigned()),
      [`${root}/roleDefinitions/${role}`]: definition('Microsoft.Authorization/*'),
    });
    const rights = [
      ...machines.map((scope) => ({ action: writeExemptions, scope })),
      ...[subscription, root].map((scope) => ({ action: exemptFromAssignment, scope })),
    ];
    expect(await ownAccess.mayWrite(rights, hierarchy)).toEqual([
      ...machines.map(() => 'held'),
      // The role is assigned at the management group, so it reaches both.
      'held',
      'held',
    ]);
    const questions = [`${group}/permissions`, `${group}/roleAssignments`, `${root}/roleDefinitions/${role}`];
    const named = () => asked().map((path) => path.replace('/providers/Microsoft.Authorization', ''));
    expect(named().toSorted()).toEqual(questions.toSorted());
    await ownAccess.mayWrite(rights, hierarchy);
    expect(named().slice(3).toSorted()).toEqual(questions.toSorted());
  });

  it('does not reach from a subscription to what is assigned above it', async () => {
    const { ownAccess } = accessOver({
      [`${group}/permissions`]: page(permission('*')),
      [`${group}/roleAssignments`]: page({
        ...assigned(),
        properties: { ...assigned().properties, scope: subscription },
      }),
      [`${root}/roleDefinitions/${role}`]: definition('*'),
    });
    const rights = [vm, subscription, root].map((scope) => ({ action: exemptFromAssignment, scope }));
    expect(await ownAccess.mayWrite(rights, hierarchy)).toEqual(['held', 'held', 'lacking']);
  });

  it('are unknown for a token that does not say who the bot is', async () => {
    const { ownAccess } = accessOver({ [`${root}/permissions`]: notThere }, 'opaque');
    expect(await ownAccess.mayWrite([right], hierarchy)).toEqual(['unknown']);
  });
});

describe('the conditions on the roles of the bot', () => {
  it.each([
    ['held', delegation],
    ['conditional', ofDepartment],
    ['conditional', blobsOnly],
  ])('leave a right %s', async (right, condition) => {
    const { ownAccess } = accessOver({ [`${subscription}/permissions`]: page({ ...permission('*'), condition }) });
    expect(await ownAccess.rightsAt(subscription, [writeExemptions])).toEqual([right]);
  });
});

describe('what binds the bot at a place', () => {
  const deny = (principals: object[], excludePrincipals: object[] = []) => ({
    id: `${group}/providers/Microsoft.Authorization/denyAssignments/d`,
    properties: {
      denyAssignmentName: 'Databricks',
      scope: group,
      permissions: [{ actions: ['*'], notActions: [] }],
      principals,
      excludePrincipals,
    },
  });
  const everybody = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };

  it.each<[number, string, unknown]>([
    [1, 'everybody', deny([everybody])],
    [1, 'the bot by name', deny([{ id: bot.toUpperCase(), type: 'ServicePrincipal' }])],
    [0, 'everybody but the bot', deny([everybody], [{ id: bot, type: 'ServicePrincipal' }])],
    [0, 'somebody else', deny([{ id: 'somebody', type: 'User' }])],
  ])('is %d deny assignment where one means %s', async (count, _, found) => {
    const { ownAccess } = accessOver({ [`${subscription}/denyAssignments`]: page(found) });
    expect(await ownAccess.denials(subscription)).toHaveLength(count);
  });

  it('is the locks with where they stand', async () => {
    const lock = (scope: string, level: string) => ({
      id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
      properties: { level },
    });
    const { ownAccess } = accessOver({
      [`${subscription}/locks`]: page(lock(group, 'ReadOnly'), lock(vm, 'CanNotDelete')),
    });
    expect(await ownAccess.locks(subscription)).toEqual([
      { scope: group, name: 'keep', level: 'ReadOnly' },
      { scope: vm, name: 'keep', level: 'CanNotDelete' },
    ]);
  });

  it('is unknown where Azure does not let the bot ask', async () => {
    const { ownAccess } = accessOver({
      [`${subscription}/locks`]: forbidden,
      [`${subscription}/denyAssignments`]: forbidden,
    });
    expect(await ownAccess.locks(subscription)).toBeUndefined();
    expect(await ownAccess.denials(subscription)).toBeUndefined();
  });
});
