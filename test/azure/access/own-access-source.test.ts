import { createAzure } from '../../../src/azure/azure.ts';
import { exemptFromAssignment, writeExemptions } from '../../../src/core/access/access.ts';
import { blobsOnly, delegation, ofDepartment } from '../../core/access/sample-conditions.ts';
import { cannedHttpClient, type Canned } from '../canned-http-client.ts';

const subscription = '/subscriptions/11111111-1111-4111-8111-111111111111';
const group = `${subscription}/resourceGroups/rg-shop`;
const vm = `${group}/providers/Microsoft.Compute/virtualMachines/vm1`;
const bot = '22222222-2222-4222-8222-222222222222';
const forbidden: Canned = { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } };

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
  return { ownAccess, asked: () => requests.map(({ url }) => new URL(url).pathname) };
};

describe("the bot's own rights", () => {
  const write = { action: writeExemptions, scope: vm };

  it('are held where a role of the resource group or above names the action', async () => {
    const { ownAccess, asked } = accessOver({
      [`${group}/permissions`]: page(permission('Microsoft.Authorization/*')),
    });
    expect(await ownAccess.mayWrite(write)).toBe('held');
    expect(asked()).toEqual([`${group}/providers/Microsoft.Authorization/permissions`]);
  });

  it('are looked for on the resource itself where its group gives none', async () => {
    const { ownAccess } = accessOver({
      [`${group}/permissions`]: page(permission('*/read')),
      [`${vm}/permissions`]: page(permission(writeExemptions)),
    });
    expect(await ownAccess.mayWrite(write)).toBe('held');
  });

  it.each<[string, Canned, string]>([
    ['lacking', page(permission('*/read')), 'where no role names the action'],
    ['hidden', forbidden, 'where Azure does not show them'],
    ['unknown', { status: 503, body: '<html></html>' }, 'where Azure does not answer'],
  ])('are %s %s', async (right, answer) => {
    const { ownAccess } = accessOver({ [`${subscription}/permissions`]: answer });
    expect(await ownAccess.mayWrite({ action: exemptFromAssignment, scope: subscription })).toBe(right);
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
