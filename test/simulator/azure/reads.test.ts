import {
  assignmentId,
  benchmarkAtContoso,
  contoso,
  corp,
  corpData,
  databricksGroup,
  errorOf,
  machine,
  namesOf,
  openAzure,
  rowsOf,
  shop,
  shopGroup,
  valuesOf,
} from './simulated-azure.ts';
import type { SimulatedAzure } from './simulated-azure.ts';

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await openAzure();
});
afterEach(() => azure.simulator.close());

const get = (as: string, path: string) => azure.send(as, 'GET', path);
const attached = (scope: string, type: string, version: string, filter = ''): string =>
  `${scope}/providers/${type}?api-version=${version}${filter && `&$filter=${filter}`}`;

const bob = '00000000-0000-4000-8000-000000000102';
const frank = '00000000-0000-4000-8000-000000000106';
const cloudSecurity = '00000000-0000-4000-8000-000000000201';
const informationTechnology = '00000000-0000-4000-8000-000000000202';
const benchmark = '/providers/Microsoft.Authorization/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8';

describe('policy', () => {
  const assignments = (scope: string, filter?: string): string =>
    attached(scope, 'Microsoft.Authorization/policyAssignments', '2023-04-01', filter);

  it('lists every assignment in force on a machine, those of management groups too', async () => {
    expect(namesOf(await get('bot', assignments(machine('vm-shop-1'), 'atScope()')))).toEqual([
      'Deploy-MDC-MCSB',
      'SecurityCenterBuiltIn',
      'nist-sp-800-53-r5',
      'require-owner-tag',
    ]);
  });

  it('lists what is assigned at a scope only, or also below it', async () => {
    expect(namesOf(await get('bot', assignments(shop, 'atExactScope()')))).toEqual([
      'SecurityCenterBuiltIn',
      'require-owner-tag',
    ]);
    expect(namesOf(await get('bot', assignments(corp, 'atScope()')))).not.toContain('secure-transfer');
    expect(namesOf(await get('bot', assignments(corp)))).toContain('secure-transfer');
  });

  it('reads one assignment with its excluded scopes', async () => {
    const { json } = await get('bot', `${benchmarkAtContoso}?api-version=2023-04-01`);
    expect(json).toMatchObject({
      id: benchmarkAtContoso,
      properties: {
        policyDefinitionId: benchmark,
        scope: contoso,
        notScopes: ['/subscriptions/10000007-0000-4000-8000-000000000000'],
        enforcementMode: 'Default',
      },
    });
    expect((await get('bot', `${assignmentId(shop, 'none')}?api-version=2023-04-01`)).status).toBe(404);
  });

  it('knows all 223 references of the benchmark, from the tenant, a subscription and a management group', async () => {
    for (const scope of ['', shop, contoso]) {
      const { json } = await get('bot', `${scope}${benchmark}?api-version=2021-06-01`);
      expect((json.properties as { policyDefinitions: unknown[] }).policyDefinitions).toHaveLength(223);
    }
  });

  it('keeps a custom initiative where it was made', async () => {
    const path = '/providers/Microsoft.Authorization/policySetDefinitions/corp-baseline?api-version=2021-06-01';
    const found = await get('bot', contoso + path);
    expect(found.json).toMatchObject({ name: 'corp-baseline', properties: { policyType: 'Custom' } });
    expect(errorOf(await get('bot', path)).code).toBe('PolicySetDefinitionNotFound');
  });

  it('reads a policy definition with its default effect', async () => {
    const path = '/providers/Microsoft.Authorization/policyDefinitions/404c3081-a854-4457-ae30-26a93ef643f9';
    const { json } = await get('bot', `${path}?api-version=2021-06-01`);
    expect(json).toMatchObject({
      properties: { mode: 'Indexed', parameters: { effect: { defaultValue: 'Audit' } } },
    });
  });
});

describe('security', () => {
  it('describes every recommendation of the catalogue', async () => {
    const list = await get('bot', '/providers/Microsoft.Security/assessmentMetadata?api-version=2021-06-01');
    expect(valuesOf(list)).toHaveLength(50);
    const key = '1c5de8e1-f68d-6a17-e0d2-ec259c42768c';
    const one = await get(
      'bot',
      `${shop}/providers/Microsoft.Security/assessmentMetadata/${key}?api-version=2020-01-01`,
    );
    expect(one.json).toMatchObject({
      name: key,
      properties: {
        displayName: 'Secure transfer to storage accounts should be enabled',
        severity: 'High',
        policyDefinitionId: expect.stringMatching(/404c3081/) as string,
      },
    });
  });

  it('computes the secure score from its controls', async () => {
    const path = `${shop}/providers/Microsoft.Security/secureScores`;
    type Control = { properties: { score: { max: number; current: number }; definition?: unknown } };
    const controls = valuesOf<Control>(
      await get('bot', `${path}/ascScore/secureScoreControls?api-version=2020-01-01&$expand=definition`),
    );
    const [score] = valuesOf<Control>(await get('bot', `${path}?api-version=2020-01-01`));
    const sum = controls.reduce((total, { properties }) => total + properties.score.current, 0);
    expect(score?.properties.score.current).toBeCloseTo(sum, 1);
    expect(controls[0]?.properties.definition).toMatchObject({
      properties: {
        maxScore: 10,
        assessmentDefinitions: [{ id: expect.stringContaining('/assessmentMetadata/') as string }],
      },
    });
    const plain = valuesOf<Control>(await get('bot', `${path}/ascScore/secureScoreControls?api-version=2020-01-01`));
    expect(plain[0]?.properties).not.toHaveProperty('definition');
  });
});

describe('roles', () => {
  const roles = (scope: string, filter?: string): string =>
    attached(scope, 'Microsoft.Authorization/roleAssignments', '2022-04-01', filter);
  const inHand = (reply: Awaited<ReturnType<typeof get>>): string[] =>
    valuesOf<{ properties: { principalId: string } }>(reply).map(({ properties }) => properties.principalId);

  it('finds at a machine what somebody holds far above, through a group', async () => {
    const path = roles(machine('vm-shop-1'), `atScope() and assignedTo('${bob}')`);
    expect(inHand(await get('bot', path))).toEqual([cloudSecurity]);
    expect(inHand(await get('bot', roles(machine('vm-shop-1'), `principalId eq '${bob}'`)))).toEqual([]);
  });

  it('shows roles below a scope unless asked for the scope itself', async () => {
    const alice = '00000000-0000-4000-8000-000000000101';
    expect(inHand(await get('bot', roles(shop, `assignedTo('${alice}')`)))).toEqual([alice]);
    expect(inHand(await get('bot', roles(shop, `atScope() and assignedTo('${alice}')`)))).toEqual([]);
  });

  it('reads a role definition under either spelling of its id', async () => {
    const path = '/providers/Microsoft.Authorization/roleDefinitions/fb1c8493-542b-48eb-b624-b4c8fea62acd';
    for (const scope of ['', shop]) {
      const { json } = await get('bot', `${scope}${path}?api-version=2022-04-01`);
      expect(json).toMatchObject({
        id: `${scope}${path}`,
        properties: {
          roleName: 'Security Admin',
          permissions: [
            { actions: expect.arrayContaining(['Microsoft.Authorization/policyExemptions/*']) as string[] },
          ],
        },
      });
    }
  });

  it('shows what Databricks denies inside its group, and not beside it', async () => {
    const path = (scope: string) =>
      attached(scope, 'Microsoft.Authorization/denyAssignments', '2022-04-01', 'atScope()');
    const worker = `${databricksGroup}/providers/Microsoft.Compute/virtualMachines/workers-0`;
    expect(valuesOf(await get('bot', path(worker)))).toMatchObject([
      {
        properties: {
          scope: databricksGroup,
          principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
          isSystemProtected: true,
        },
      },
    ]);
    expect(valuesOf(await get('bot', path(corpData)))).toEqual([]);
  });

  it('shows the role that Frank could activate', async () => {
    const type = 'Microsoft.Authorization/roleEligibilityScheduleInstances';
    const path = attached(shopGroup, type, '2020-10-01', `assignedTo('${frank}')`);
    expect(valuesOf(await get('bot', path))).toMatchObject([
      {
        properties: {
          scope: contoso,
          principalId: frank,
          roleDefinitionId: expect.stringMatching(/fb1c8493-542b-48eb-b624-b4c8fea62acd$/) as string,
        },
      },
    ]);
    expect(inHand(await get('bot', roles(shopGroup, `assignedTo('${frank}')`)))).toEqual([]);
  });

  it('keeps roles from people who may not read them', async () => {
    expect(errorOf(await get('dan', roles(shop))).code).toBe('AuthorizationFailed');
    expect((await get('alice', roles(shopGroup))).status).toBe(200);
    expect((await get('alice', roles(shop))).status).toBe(403);
  });
});

describe('groups', () => {
  const ask = (as: string, objectId: string) =>
    azure.send(as, 'POST', `/v1.0/users/${objectId}/getMemberGroups`, { securityEnabledOnly: false });

  it('tells the bot every group of a person, through other groups too', async () => {
    expect((await ask('bot', bob)).json.value).toEqual([cloudSecurity, informationTechnology]);
    expect((await ask('bot', frank)).json.value).toEqual([]);
    expect(errorOf(await ask('bot', cloudSecurity)).code).toBe('Request_ResourceNotFound');
  });

  it('refuses where Microsoft Graph may not be asked', async () => {
    azure.tenant.settings.groupsReadable = false;
    const reply = await ask('bot', bob);
    expect([reply.status, errorOf(reply).code]).toEqual([403, 'Authorization_RequestDenied']);
  });
});

it('answers 404 to what it does not know', async () => {
  expect((await get('bot', `${shop}/providers/Microsoft.Unknown/things?api-version=1`)).status).toBe(404);
});

describe('standard assignments', () => {
  const type = 'providers/Microsoft.Security/standardAssignments';
  const version = 'api-version=2024-08-01';
  const exempt = '57a0da2d-0000-4000-8000-000000000002';
  const ofRetired = '57a0da2d-0000-4000-8000-000000000003';
  const key = 'd79a60ef-d490-484e-91ed-f45ceb0e7cfb';

  it('are listed at a subscription and at a management group, with what stands below', async () => {
    expect(namesOf(await azure.send('bot', 'GET', `${corp}/${type}?${version}`))).toEqual([exempt, ofRetired]);
    const all = await azure.send('bot', 'GET', `${contoso}/${type}?${version}`);
    expect(valuesOf<{ properties: { effect: string } }>(all).map(({ properties }) => properties.effect)).toEqual([
      'Audit',
      'Exempt',
      'Exempt',
    ]);
    expect((await azure.send('dan', 'GET', `${corp}/${type}?${version}`)).status).toBe(403);
  });

  it('say which assessment is exempt, why and until when', async () => {
    const scope = `${corp}/resourceGroups/rg-corp-web/providers/Microsoft.Compute/virtualMachines/vm-intranet-1`;
    const { json } = await azure.send('bot', 'GET', `${scope}/${type}/${exempt}?${version}`);
    expect(json).toMatchObject({
      id: `${scope}/${type}/${exempt}`,
      type: 'Microsoft.Security/standardAssignments',
      properties: {
        effect: 'Exempt',
        expiresOn: '2026-04-16T09:00:00.000Z',
        exemptionData: { exemptionCategory: 'waiver', assignedAssessment: { assessmentKey: key } },
        metadata: { createdBy: 'pat@contoso.com' },
      },
    });
  });

  it('free an assessment once written, and no longer than they are there', async () => {
    const scope = `${corp}/resourceGroups/rg-corp-web/providers/Microsoft.Compute/virtualMachines/vm-intranet-2`;
    const path = `${scope}/${type}/5a5a5a5a-0000-4000-8000-000000000009?${version}`;
    const causes = async () =>
      rowsOf(
        await azure.query(
          'bot',
          `securityresources | where name == '${key}' and id startswith '${scope}/' | project cause = tostring(properties.status.cause)`,
        ),
      );
    const exemptionData = { exemptionCategory: 'mitigated', assignedAssessment: { assessmentKey: key } };
    const assignedStandard = { id: '/providers/Microsoft.Security/Standards/1f3afdf9-d0c9-4c3d-847f-89da613e70a8' };
    const body = { properties: { effect: 'Exempt', assignedStandard, exemptionData } };
    expect((await azure.send('carol', 'PUT', path, body)).status).toBe(403);
    expect((await azure.send('bob', 'PUT', path, body)).status).toBe(201);
    expect(await causes()).toEqual([{ cause: 'Exempt' }]);
    expect((await azure.send('bob', 'DELETE', path)).status).toBe(200);
    expect(await causes()).toEqual([{ cause: '' }]);
    expect((await azure.send('bob', 'DELETE', path)).status).toBe(204);
  });
});
