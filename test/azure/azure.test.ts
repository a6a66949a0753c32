import { startAzureSimulator, type AzureSimulator } from '../../simulator/azure/server.ts';
import { redirectingHttpClient } from '../../simulator/azure/redirecting-http-client.ts';
import { createClock } from '../../simulator/clock.ts';
import { createTenant } from '../../simulator/tenant/contoso/create-tenant.ts';
import { people } from '../../simulator/tenant/contoso/people.ts';
import type { Tenant } from '../../simulator/tenant/tenant.ts';
import { createAzure, type Azure } from '../../src/azure/azure.ts';
import {
  couldActivate,
  denialOf,
  exemptFromAssignment,
  mayDo,
  readAssessments,
  scopesAllowing,
  writeExemptions,
} from '../../src/core/access/access.ts';
import { everything, scopeChain, scopeLabel, type Hierarchy } from '../../src/core/tenant/hierarchy.ts';
import { queryScopes } from '../../src/core/tenant/scope-sets.ts';
import { credential } from './canned-http-client.ts';
import { everyOne } from './every-one.ts';

const clock = createClock(() => Date.parse('2026-03-02T09:00:00Z'));
const contoso = '/providers/Microsoft.Management/managementGroups/contoso';
const benchmark = '/providers/Microsoft.Authorization/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8';

let tenant: Tenant;
let simulator: AzureSimulator;
let azure: Azure;
let hierarchy: Hierarchy;

beforeAll(async () => {
  tenant = createTenant({ now: () => clock.now() });
  tenant.settings.effectDelay = 'PT0S';
  simulator = await startAzureSimulator({ tenant, clock, port: 0 });
});

afterAll(() => simulator.close());

beforeEach(async () => {
  const origins = { 'https://management.azure.com': simulator.url, 'https://graph.microsoft.com': simulator.url };
  azure = createAzure({
    credential,
    httpClient: redirectingHttpClient(origins),
    now: () => clock.now(),
    pause: async () => undefined,
  });
  hierarchy = await azure.hierarchy();
});

const personNamed = (key: string) => people.find((each) => each.key === key)!;
const subscriptionNamed = (name: string) => hierarchy.subscriptions.find((each) => each.displayName === name)!.id;
const groupNamed = (name: string) => tenant.resourceGroups.find((each) => each.name === name)!.id;
const resourceNamed = (name: string) => tenant.resources.find((each) => each.name === name)!.id;
const everywhere = () => queryScopes([everything], hierarchy);
const keyStarting = (start: string) =>
  tenant.recommendations.find(({ assessmentKey }) => assessmentKey.startsWith(start))!.assessmentKey;

describe('the hierarchy of Contoso', () => {
  it('leads from a machine up to the tenant root', () => {
    const chain = scopeChain(resourceNamed('vm-shop-1'), hierarchy).map((scope) => scopeLabel(scope, hierarchy));
    expect(chain).toEqual([
      'shop-prod / rg-shop-prod / vm-shop-1',
      'shop-prod / rg-shop-prod',
      'shop-prod',
      'Online',
      'Landing zones',
      'Contoso',
      'Tenant Root Group',
    ]);
  });
});

describe('the recommendations of Contoso', () => {
  it('are counted as the tenant has them', async () => {
    const having = 'either';
    const { found } = await azure.recommendations.standings(everywhere(), { having });
    const text = 'Management ports of virtual machines';
    const { rows } = await azure.recommendations.standings(everywhere(), { having, text });
    const jit = rows.find((each) => each.key === keyStarting('805651bc'))!;
    const assessments = await azure.recommendations.assessments(jit.key, everywhere());
    expect(found).toBeGreaterThan(20);
    expect(jit.unhealthy).toBe(assessments.filter((each) => each.status === 'unhealthy').length);
    expect(jit.exempted).toBe(assessments.filter((each) => each.status === 'exempt').length);
    expect(jit.exempted).toBeGreaterThan(0);
  });

  it('are cut down to one resource group', async () => {
    const scope = groupNamed('rg-shop-prod');
    const found = await azure.recommendations.assessments(keyStarting('805651bc'), queryScopes([scope], hierarchy));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((each) => !each.resourceId.toLowerCase().startsWith(`${scope.toLowerCase()}/`))).toEqual([]);
  });

  it('name the policy definition behind them, where there is one', async () => {
    const catalogue = await azure.recommendations.catalogue();
    expect(catalogue.some((each) => each.policyDefinitionId === undefined)).toBe(true);
    const { preview, ...one } = catalogue.find((each) => each.policyDefinitionId !== undefined)!;
    expect(preview).toBe(false);
    expect(await azure.recommendations.recommendation(one.key, everywhere())).toMatchObject(one);
  });
});

describe('the policies of Contoso', () => {
  it('reach a resource group from the management groups above it', async () => {
    const found = await azure.policies.assignments(groupNamed('rg-shop-prod'));
    const names = found.map((each) => each.id.split('/').at(-1));
    expect(names).toEqual(
      expect.arrayContaining(['Deploy-MDC-MCSB', 'SecurityCenterBuiltIn', 'nist-sp-800-53-r5', 'require-owner-tag']),
    );
    expect(names).not.toContain('corp-baseline');
  });

  it('are all seen from everything, and from the management group on top those below', async () => {
    const all = (await azure.policies.assignments(everything)).map((each) => each.id.toLowerCase());
    expect(all.toSorted()).toEqual(tenant.policyAssignments.map((each) => each.id.toLowerCase()).toSorted());
    expect(await azure.policies.assignments(contoso)).toHaveLength(all.length);
  });

  it('hold every reference of the benchmark, and the same definition twice in a custom initiative', async () => {
    expect((await azure.policies.initiative(benchmark))?.references).toHaveLength(223);
    const custom = (await azure.policies.assignments(contoso)).find((each) => each.id.endsWith('corp-baseline'))!;
    const references = (await azure.policies.initiative(custom.definitionId))?.references ?? [];
    expect(
      references.filter((each) => each.definitionId.endsWith('55615ac9-af46-4a59-874e-391cc3dfb490')),
    ).toHaveLength(2);
    expect(await azure.policies.initiative(benchmark.replace('1f3afdf9', '00000000'))).toBeUndefined();
  });
});

describe('the exemptions of Contoso', () => {
  const toWrite = async (name: string) => {
    const [assignment] = (await azure.policies.assignments(contoso)).filter((each) =>
      each.id.endsWith('Deploy-MDC-MCSB'),
    );
    return {
      id: `${resourceNamed('vm-shop-1')}/providers/Microsoft.Authorization/policyExemptions/${name}`,
      policyAssignmentId: assignment!.id,
      referenceIds: [(await azure.policies.initiative(benchmark))!.references[0]!.referenceId],
      category: 'Waiver' as const,
      displayName: 'For a test',
      description: 'Because.',
      expiresAt: new Date('2026-06-01T22:00:00Z'),
      metadata: { request: 'EX-12AB' },
    };
  };

  it('are listed whoever made them: without expiry, orphaned, for a whole initiative', async () => {
    const found = await everyOne(azure);
    expect(found).toHaveLength(tenant.exemptions.all().length);
    const named = (name: string) => found.find((each) => each.name === name);
    expect(named('guest-configuration-of-appliances-Deploy-MDC-MCSB')?.expiresAt).toBeUndefined();
    expect(named('sandbox-anna-all')?.referenceIds).toBeUndefined();
    expect(named('legacy-baseline')).toMatchObject({ category: 'Waiver', createdBy: 'pat@contoso.com' });
  });

  it('are written, read, listed, renewed and removed', async () => {
    const exemption = await toWrite('EX-story');
    const { id } = exemption;
    expect(await azure.exemptions.read(id)).toBeUndefined();
    await azure.exemptions.write(exemption);
    const { metadata: _metadata, ...facts } = exemption;
    expect(await azure.exemptions.read(id)).toMatchObject({
      ...facts,
      requestReference: 'EX-12AB',
      createdAt: clock.now(),
    });
    expect((await everyOne(azure)).find((each) => each.id === id)?.requestReference).toBe('EX-12AB');

    const later = new Date('2026-09-01T22:00:00Z');
    await azure.exemptions.write({ ...exemption, expiresAt: later });
    expect((await azure.exemptions.read(id))?.expiresAt).toEqual(later);

    await azure.exemptions.remove(id);
    await azure.exemptions.remove(id);
    expect(await azure.exemptions.read(id)).toBeUndefined();
  });

  it('keep selectors and metadata of others when they are renewed', async () => {
    const exemption = await toWrite('EX-foreign');
    const foreign = {
      resourceSelectors: [{ name: 'west', selectors: [{ kind: 'resourceLocation', in: ['westeurope'] }] }],
      assignmentScopeValidation: 'Default',
      metadata: { owner: 'Pat', nobodyKnows: { what: ['this', 'is'] } },
    };
    const url = `${simulator.url}${exemption.id}?api-version=2022-07-01-preview`;
    const headers = { authorization: 'Bearer bot', 'content-type': 'application/json' };
    const { policyAssignmentId, referenceIds } = exemption;
    const properties = { policyAssignmentId, policyDefinitionReferenceIds: referenceIds, exemptionCategory: 'Waiver' };
    const body = JSON.stringify({ properties: { ...properties, ...foreign } });
    expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(201);

    await azure.exemptions.write(exemption);
    const stored = (await (await fetch(url, { headers })).json()) as { properties: Record<string, unknown> };
    expect(stored.properties).toMatchObject({
      ...foreign,
      expiresOn: '2026-06-01T22:00:00.000Z',
      metadata: { ...foreign.metadata, exemptionDesk: { request: 'EX-12AB' } },
    });
    await azure.exemptions.remove(exemption.id);
  });

  it("are refused with Azure's reason: references of a direct assignment, an unknown place", async () => {
    const exemption = await toWrite('EX-refused');
    const direct = tenant.policyAssignments.find((each) => each.name === 'require-owner-tag')!;
    await expect(azure.exemptions.write({ ...exemption, policyAssignmentId: direct.id })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('is an assignment of a policy definition') as unknown,
    });
    const gone = exemption.id.replace('vm-shop-1/', 'vm-shop-99/');
    await expect(azure.exemptions.write({ ...exemption, id: gone })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('cannot be made where Databricks denies them', async () => {
    const scope = groupNamed('databricks-rg-dbw-corp-analytics-x7k2q');
    const id = `${scope}/providers/Microsoft.Authorization/policyExemptions/EX-denied`;
    await expect(azure.exemptions.write({ ...(await toWrite('x')), id })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('deny assignment') as unknown,
    });
  });
});

describe('what the people of Contoso may do', () => {
  it.each([
    ['alice', ['shop-prod / rg-shop-prod']],
    ['bob', ['Contoso']],
    ['carol', ['Contoso']],
    ['dan', []],
    ['erin', ['corp-data']],
    ['frank', []],
  ])('lets %s read %j', async (key, labels) => {
    const access = await azure.forReading(personNamed(key));
    const scopes = scopesAllowing(access, readAssessments, hierarchy);
    expect(scopes.map((scope) => scopeLabel(scope, hierarchy))).toEqual(labels);
  });

  it.each([
    ['alice', false],
    ['bob', true],
    ['carol', false],
    ['dan', false],
    ['erin', false],
    ['frank', false],
  ])('lets %s exempt a machine of the shop: %j', async (key, expected) => {
    const machine = resourceNamed('vm-shop-1');
    const access = await azure.forDecision(personNamed(key), [machine, contoso]);
    const may =
      mayDo(access, writeExemptions, machine, hierarchy) && mayDo(access, exemptFromAssignment, contoso, hierarchy);
    expect(may).toBe(expected);
  });

  it('knows that Frank could activate his role', async () => {
    const access = await azure.forDecision(personNamed('frank'), [contoso]);
    expect(couldActivate(access, writeExemptions, contoso, hierarchy)).toBe(true);
    expect(access.eligible[0]?.roleName).toBe('Security Admin');
  });

  it('lets Erin write below her subscription, but not exempt from what is assigned above it', async () => {
    const scope = subscriptionNamed('corp-data');
    const access = await azure.forDecision(personNamed('erin'), [scope, contoso]);
    expect(mayDo(access, writeExemptions, scope, hierarchy)).toBe(true);
    expect(mayDo(access, exemptFromAssignment, contoso, hierarchy)).toBe(false);
  });

  it('denies everybody the resource group that Databricks manages', async () => {
    const scope = groupNamed('databricks-rg-dbw-corp-analytics-x7k2q');
    const access = await azure.forDecision(personNamed('bob'), [scope]);
    expect(mayDo(access, writeExemptions, scope, hierarchy)).toBe(false);
    expect(denialOf(access, writeExemptions, scope, hierarchy)?.name).toContain('Azure Databricks');
  });

  it('sees a role taken away at once when deciding, and minutes later when reading', async () => {
    const bob = personNamed('bob');
    await azure.forReading(bob);
    const before = [...tenant.roleAssignments];
    const groupsOfBob = tenant.groups.filter((each) => each.members.includes(bob.objectId)).map((each) => each.id);
    const others = before.filter((each) => !groupsOfBob.includes(each.principalId));
    tenant.roleAssignments.splice(0, before.length, ...others);
    try {
      const machine = resourceNamed('vm-shop-1');
      expect((await azure.forDecision(bob, [machine])).grants).toEqual([]);
      expect((await azure.forReading(bob)).grants).not.toEqual([]);
    } finally {
      tenant.roleAssignments.splice(0, others.length, ...before);
    }
  });

  it('falls back to direct roles where groups may not be read', async () => {
    tenant.settings.groupsReadable = false;
    try {
      expect((await azure.forReading(personNamed('bob'))).grants).toEqual([]);
      expect((await azure.forReading(personNamed('carol'))).grants).not.toEqual([]);
    } finally {
      tenant.settings.groupsReadable = true;
    }
  });
});
