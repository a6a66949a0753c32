import { errorOf, exemptionBody, exemptionPath, machine, openAzure } from './simulated-azure.ts';
import type { Reply, SimulatedAzure } from './simulated-azure.ts';

describe('the api-versions of policy exemptions', () => {
  let azure: SimulatedAzure;
  beforeEach(async () => {
    azure = await openAzure();
  });
  afterEach(() => azure.simulator.close());

  const vm = machine('vm-shop-1');
  const write = (properties: Record<string, unknown> = {}): Promise<Reply> =>
    azure.send('bot', 'PUT', exemptionPath(vm, 'one'), exemptionBody(properties));

  it('keeps what only a later api-version knows, hides it at every older one, and loses it by a PUT there', async () => {
    const later = exemptionPath(vm, 'one', '2027-01-01-preview');
    expect((await azure.send('bot', 'GET', later)).status).toBe(400);
    azure.tenant.settings.laterProperties = { unheardOf: '2027-01-01-preview' };
    azure.tenant.settings.laterSelectorKinds = { workload: '2027-01-01-preview' };
    expect(errorOf(await write({ unheardOf: 7 })).message).toContain("member 'unheardOf'");
    const selectors = [{ kind: 'workload', in: ['w'] }];
    const resourceSelectors = [{ name: 'some', selectors }];
    await azure.send('bot', 'PUT', later, exemptionBody({ unheardOf: 7, resourceSelectors }));

    expect((await azure.send('bot', 'GET', later)).json.properties).toMatchObject({ unheardOf: 7, resourceSelectors });
    const { json } = await azure.send('bot', 'GET', exemptionPath(vm, 'one', '2026-01-01-preview'));
    expect(json.properties).toEqual({
      ...exemptionBody().properties,
      assignmentScopeValidation: 'Default',
      resourceSelectors: [{ name: 'some', selectors: [] }],
    });
    await azure.send('bot', 'PUT', exemptionPath(vm, 'one'), { properties: json.properties });
    expect((await azure.send('bot', 'GET', later)).json.properties).toEqual(json.properties);
  });

  it('shows users and groups in selectors from the api-version on that brought them', async () => {
    const resourceSelectors = [{ name: 'her', selectors: [{ kind: 'userPrincipalId', in: ['alice'] }] }];
    expect((await write({ resourceSelectors })).status).toBe(400);
    const recent = exemptionPath(vm, 'one', '2024-12-01-preview');
    expect((await azure.send('bot', 'PUT', recent, exemptionBody({ resourceSelectors }))).status).toBe(201);
    expect((await azure.send('bot', 'GET', recent)).json.properties).toMatchObject({ resourceSelectors });
    const old = await azure.send('bot', 'GET', exemptionPath(vm, 'one'));
    expect(old.json.properties).toMatchObject({ resourceSelectors: [{ name: 'her', selectors: [] }] });
  });

  it('says which api-versions there are, the newest first', async () => {
    azure.tenant.settings.laterProperties = { unheardOf: '2027-01-01-preview' };
    const { json } = await azure.send('bot', 'GET', '/providers/Microsoft.Authorization?api-version=2021-04-01');
    expect(json.resourceTypes).toMatchObject([
      {
        resourceType: 'policyExemptions',
        apiVersions: [
          '2027-01-01-preview',
          '2026-01-01-preview',
          '2025-12-01-preview',
          '2024-12-01-preview',
          '2022-07-01-preview',
          '2020-07-01-preview',
        ],
      },
    ]);
  });

  it('neither returns nor keeps selectors at the older api-version', async () => {
    const old = exemptionPath(vm, 'one', '2020-07-01-preview');
    await write({ resourceSelectors: [{ name: 'regions', selectors: [] }] });
    const recent = await azure.send('bot', 'GET', exemptionPath(vm, 'one'));
    expect(recent.json.properties).toMatchObject({ resourceSelectors: [{ name: 'regions' }] });
    const seenByOld = await azure.send('bot', 'GET', old);
    expect(seenByOld.json.properties).not.toHaveProperty('resourceSelectors');
    expect(seenByOld.json.properties).not.toHaveProperty('assignmentScopeValidation');
    await azure.send('bot', 'PUT', old, exemptionBody());
    const afterwards = await azure.send('bot', 'GET', exemptionPath(vm, 'one'));
    expect(afterwards.json.properties).not.toHaveProperty('resourceSelectors');
  });
});
