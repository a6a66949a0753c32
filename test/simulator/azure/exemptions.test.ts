import {
  assignmentId,
  benchmarkAtContoso,
  contoso,
  corp,
  corpData,
  databricksGroup,
  errorOf,
  exemptionBody,
  exemptionList,
  exemptionPath,
  machine,
  namesOf,
  openAzure,
  shop,
  shopGroup,
} from './simulated-azure.ts';
import type { Reply, SimulatedAzure } from './simulated-azure.ts';

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await openAzure();
});
afterEach(() => azure.simulator.close());

const vm = machine('vm-shop-1');
const write = (properties: Record<string, unknown> = {}, as = 'bot', scope = vm, name = 'one'): Promise<Reply> =>
  azure.send(as, 'PUT', exemptionPath(scope, name), exemptionBody(properties));

const expectRefusal = (reply: Reply, status: number, code: string, message: string): void => {
  expect(reply.status).toBe(status);
  expect(errorOf(reply)).toEqual({ code, message: expect.stringContaining(message) as string });
};

describe('writing an exemption', () => {
  it('creates with 201, replaces with 200, and remembers who made it', async () => {
    const created = await write({ metadata: { ticket: 'OPS-1', nested: { by: ['alice'] } } });
    await azure.clock.advance('PT1H');
    const replaced = await write({ displayName: 'Later' }, 'bob');
    expect([created.status, replaced.status]).toEqual([201, 200]);
    expect(created.json).toMatchObject({
      id: `${vm}/providers/Microsoft.Authorization/policyExemptions/one`,
      type: 'Microsoft.Authorization/policyExemptions',
      name: 'one',
      properties: { metadata: { ticket: 'OPS-1', nested: { by: ['alice'] } }, assignmentScopeValidation: 'Default' },
    });
    expect(replaced.json.systemData).toEqual({
      createdBy: '00000000-0000-4000-8000-000000000100',
      createdByType: 'Application',
      createdAt: '2026-03-02T09:00:00.000Z',
      lastModifiedBy: 'bob@contoso.com',
      lastModifiedByType: 'User',
      lastModifiedAt: '2026-03-02T10:00:00.000Z',
    });
  });

  it('replaces the whole object: what the second body leaves out is gone', async () => {
    await write({ description: 'Because.', metadata: { ticket: 'OPS-1' } });
    await write();
    const { json } = await azure.send('bot', 'GET', exemptionPath(vm.toUpperCase(), 'ONE'));
    expect(json.properties).toEqual({ ...exemptionBody().properties, assignmentScopeValidation: 'Default' });
  });

  it('takes texts and a name that are exactly as long as allowed', async () => {
    const longest = { displayName: 'x'.repeat(128), description: 'x'.repeat(512), exemptionCategory: 'mitigated' };
    expect((await write(longest, 'bot', vm, 'n'.repeat(64))).status).toBe(201);
  });

  it('refuses reference ids for an assignment of a single definition', async () => {
    const direct = { policyAssignmentId: assignmentId(`${corp}/resourceGroups/rg-corp-web`, 'secure-transfer') };
    const scope = `${corp}/resourceGroups/rg-corp-web/providers/Microsoft.Storage/storageAccounts/stcorpweb`;
    const reply = await write(direct, 'bot', scope);
    expectRefusal(reply, 400, 'InvalidPolicyDefinitionReference', 'is an assignment of a policy definition');
    expect((await write({ ...direct, policyDefinitionReferenceIds: undefined }, 'bot', scope)).status).toBe(201);
  });

  it('refuses to point an exemption at another assignment', async () => {
    await write();
    const reply = await write({ policyAssignmentId: assignmentId(shop, 'SecurityCenterBuiltIn') });
    expectRefusal(reply, 400, 'InvalidUpdatePolicyExemptionRequest', 'cannot be changed');
  });

  it('refuses a scope outside the assignment unless told not to look', async () => {
    const outside = { policyAssignmentId: assignmentId(shop, 'SecurityCenterBuiltIn') };
    expectRefusal(await write(outside, 'bot', contoso), 400, 'InvalidCreatePolicyExemptionRequest', 'not at or under');
    const told = { ...outside, assignmentScopeValidation: 'DoNotValidate' };
    expect((await write(told, 'bot', contoso)).status).toBe(201);
  });

  it('answers 404 for scopes that do not exist, each in its own words', async () => {
    const codes = await Promise.all(
      [
        '/subscriptions/99999999-0000-4000-8000-000000000000',
        `${shop}/resourceGroups/rg-none`,
        machine('vm-shop-11'),
      ].map(async (scope) => errorOf(await write({}, 'bot', scope)).code),
    );
    expect(codes).toEqual(['SubscriptionNotFound', 'ResourceGroupNotFound', 'ResourceNotFound']);
  });
});

describe('limits and locks', () => {
  it('takes the thousandth exemption of a scope and not one more, until one is gone', async () => {
    const { systemData } = azure.tenant.exemptions.all()[0]!;
    for (let number = 1; number < 1000; number += 1) {
      const id = exemptionPath(vm, `n${number}`).split('?')[0]!;
      const properties = { ...exemptionBody().properties };
      azure.tenant.exemptions.write({ id, name: `n${number}`, scope: vm, properties, systemData });
    }
    expect((await write()).status).toBe(201);
    expectRefusal(await write({}, 'bot', vm, 'two'), 400, 'PolicyExemptionQuotaExceeded', '1000');
    expect((await write({ description: 'Replaces.' })).status).toBe(200);
    await azure.send('bot', 'DELETE', exemptionPath(vm, 'n1'));
    expect((await write({}, 'bot', vm, 'two')).status).toBe(201);
    expect((await write({}, 'bot', machine('vm-shop-2'), 'two')).status).toBe(201);
  });

  it('lets nobody write in a disabled subscription, but delete', async () => {
    await write();
    const { subscriptions } = azure.tenant;
    const at = subscriptions.findIndex(({ subscriptionId }) => shop.endsWith(subscriptionId));
    const [enabled] = subscriptions.splice(at, 1, { ...subscriptions[at]!, state: 'Disabled' });
    expectRefusal(await write(), 409, 'ReadOnlyDisabledSubscription', 'is disabled and therefore marked as read only');
    const row = `resourcecontainers | where id == '${shop}' | project state = properties.state`;
    expect((await azure.query('bot', row)).json).toMatchObject({ data: [{ state: 'Disabled' }] });
    expect((await azure.send('bot', 'DELETE', exemptionPath(vm, 'one'))).status).toBe(200);
    subscriptions.splice(at, 1, enabled!);
    expect((await write()).status).toBe(201);
  });

  it('lets nobody write under a read-only lock, and nobody delete under either lock', async () => {
    await write();
    const control = (name: string, body: unknown) => azure.send('', 'POST', `/simulator/${name}`, body);
    const remove = () => azure.send('bot', 'DELETE', exemptionPath(vm, 'one'));
    await control('lock', { scope: shopGroup.toUpperCase(), level: 'CanNotDelete' });
    expect((await write()).status).toBe(200);
    expectRefusal(await remove(), 409, 'ScopeLocked', `cannot perform delete operation`);
    await control('lock', { scope: shopGroup });
    expectRefusal(await write(), 409, 'ScopeLocked', 'cannot perform write operation');
    const listed = await azure.send(
      'erin',
      'GET',
      `${corpData}/providers/Microsoft.Authorization/locks?api-version=2020-05-01&$filter=atScope()`,
    );
    expect(listed.json).toEqual({ value: [] });
    expect((await control('unlock', { scope: shopGroup })).json).toEqual({ unlocked: 1 });
    expect((await remove()).status).toBe(200);
    expect((await control('lock', { scope: contoso })).status).toBe(400);
  });
});

describe('who may write', () => {
  it('refuses people without the right, and says so in Azure’s words', async () => {
    for (const person of ['alice', 'carol', 'dan', 'frank'])
      expectRefusal(await write({}, person), 403, 'AuthorizationFailed', `The client '${person}@`);
    // A guest has a name of their home in the directory that invited them.
    const guest = `The client 'gina_fabrikam.com#EXT#@contoso.onmicrosoft.com'`;
    expectRefusal(await write({}, 'gina'), 403, 'AuthorizationFailed', guest);
  });

  it('lets the security team write by membership of its group', async () => {
    expect((await write({}, 'bob')).status).toBe(201);
  });

  it('tells an owner of a subscription that the assignment above is out of reach', async () => {
    const reply = await write({}, 'erin', `${corpData}/resourceGroups/rg-corp-analytics`);
    const action = 'Microsoft.Authorization/policyAssignments/exempt/action';
    expectRefusal(
      reply,
      403,
      'LinkedAuthorizationFailed',
      `'${action}' on the linked scope(s) '${benchmarkAtContoso}'`,
    );
  });

  it('lets nobody write where Databricks denies it, and everybody still read', async () => {
    for (const caller of ['bot', 'bob', 'erin'])
      expectRefusal(
        await write({}, caller, databricksGroup),
        403,
        'DenyAssignmentAuthorizationFailed',
        'System deny assignment created by Azure Databricks',
      );
    expect((await azure.send('bot', 'GET', exemptionList(databricksGroup))).status).toBe(200);
  });

  it('answers 401 to callers nobody knows', async () => {
    const [nobody, stranger] = [await write({}, ''), await write({}, 'mallory')];
    expect([nobody.status, errorOf(nobody).code]).toEqual([401, 'AuthenticationFailed']);
    expect([stranger.status, errorOf(stranger).code]).toEqual([401, 'InvalidAuthenticationToken']);
  });
});

describe('reading and removing', () => {
  it('answers 404 for an exemption that is not there', async () => {
    const reply = await azure.send('bot', 'GET', exemptionPath(vm, 'none'));
    expectRefusal(reply, 404, 'PolicyExemptionNotFound', "The policy exemption 'none' is not found.");
  });

  it('removes with 200, and with 204 what is gone already', async () => {
    await write();
    const statuses = [];
    for (const _ of [1, 2]) statuses.push((await azure.send('bot', 'DELETE', exemptionPath(vm, 'one'))).status);
    expect(statuses).toEqual([200, 204]);
    expect((await azure.send('bot', 'GET', exemptionPath(vm, 'one'))).status).toBe(404);
  });

  it('lists from above, at and below a scope, never from a neighbour with a longer name', async () => {
    await write({}, 'bot', vm, 'at');
    await write({}, 'bot', machine('vm-shop-10'), 'neighbour');
    await write({}, 'bot', shopGroup, 'above');
    const list = async (scope: string, filter?: string) =>
      namesOf(await azure.send('bot', 'GET', exemptionList(scope, filter)));
    expect(await list(vm)).toEqual(['at', 'above']);
    expect(await list(vm, 'atExactScope()')).toEqual(['at']);
    expect(await list(shopGroup)).toEqual(expect.arrayContaining(['at', 'neighbour', 'above']));
    expect(await list(shopGroup, 'atScope()')).toEqual(['above']);
    expect(await list(contoso, 'atScope()')).toEqual([]);
    expect(await list(contoso)).toEqual(expect.arrayContaining(['at', 'neighbour', 'above', 'sandbox-anna-all']));
  });

  it('leaves out the expired ones and those of other assignments when asked', async () => {
    const list = async (filter: string) => namesOf(await azure.send('bot', 'GET', exemptionList(corp, filter)));
    const expired = 'ASC-sql-corp-hr-auditing-Deploy-MDC-MCSB';
    expect(await list('')).toContain(expired);
    expect(await list('excludeExpired()')).not.toContain(expired);
    const baseline = assignmentId('/providers/Microsoft.Management/managementGroups/corp', 'corp-baseline');
    expect(await list(`policyAssignmentId eq '${baseline}'`)).toEqual([
      'ASC-kv-hr-firewall-corp-baseline',
      'ASC-sql-corp-hr-auditing-corp-baseline',
    ]);
    expect((await azure.send('bot', 'GET', exemptionList(corp, "name eq 'x'"))).status).toBe(400);
  });

  it('pages with links to Azure’s own host', async () => {
    azure.tenant.settings.pageSize = 5;
    const names: string[] = [];
    let path: string | undefined = exemptionList(contoso);
    while (path !== undefined) {
      const page: Reply = await azure.send('bot', 'GET', path);
      names.push(...namesOf(page));
      const link = page.json.nextLink as string | undefined;
      expect(link ?? 'https://management.azure.com/').toMatch(/^https:\/\/management\.azure\.com\//);
      path = link?.slice('https://management.azure.com'.length);
    }
    expect(names.length).toBe(azure.tenant.exemptions.all().length);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('malformed calls', () => {
  it('names the api-versions that it speaks', async () => {
    const wrong = await azure.send('bot', 'GET', exemptionPath(vm, 'one', '2019-01-01'));
    expectRefusal(wrong, 400, 'InvalidApiVersionParameter', "'2020-07-01-preview,2022-07-01-preview,");
    const none = await azure.send('bot', 'GET', exemptionPath(vm, 'one').split('?')[0]!);
    expectRefusal(none, 400, 'MissingApiVersionParameter', 'is required');
  });

  it('refuses paths with an empty segment', async () => {
    expect((await azure.send('bot', 'GET', `/${exemptionPath(vm, 'one')}`)).status).toBe(400);
    expect((await azure.send('bot', 'GET', exemptionPath(`${shop}//x`, 'one'))).status).toBe(400);
  });

  it('refuses a body that is not JSON', async () => {
    expect((await azure.send('bot', 'PUT', exemptionPath(vm, 'one'), '{')).status).toBe(400);
  });

  it('remembers every request with its caller and what came of it', async () => {
    await write({}, 'alice');
    expect(azure.simulator.requests()).toEqual([
      expect.objectContaining({ method: 'PUT', path: exemptionPath(vm, 'one'), caller: 'alice', status: 403 }),
    ]);
  });
});
