import { startAzureSimulator, type AzureSimulator } from '../../simulator/azure/server.ts';
import { redirectingHttpClient } from '../../simulator/azure/redirecting-http-client.ts';
import { createClock } from '../../simulator/clock.ts';
import { createTenant } from '../../simulator/tenant/contoso/create-tenant.ts';
import type { Tenant } from '../../simulator/tenant/tenant.ts';
import { createAzure, type Azure } from '../../src/azure/azure.ts';
import { scopeOfExtension, subscriptionOf } from '../../src/core/tenant/arm-id.ts';
import { everything, queryScopes } from '../../src/core/tenant/hierarchy.ts';
import { isInitiative } from '../../src/core/tenant/policy.ts';
import { scoreEffects } from '../../src/core/score/secure-score.ts';
import { cannedHttpClient, credential, type Canned } from './canned-http-client.ts';

const clock = createClock(() => Date.parse('2026-03-02T09:00:00Z'));
let tenant: Tenant;
let simulator: AzureSimulator;

const connect = (): Azure =>
  createAzure({
    credential,
    httpClient: redirectingHttpClient({
      'https://management.azure.com': simulator.url,
      'https://graph.microsoft.com': simulator.url,
    }),
    now: () => clock.now(),
    pause: async () => undefined,
  });

beforeAll(async () => {
  tenant = createTenant({ now: () => clock.now() });
  tenant.settings.effectDelay = 'PT0S';
  simulator = await startAzureSimulator({ tenant, clock, port: 0 });
});

afterAll(() => simulator.close());

describe('the secure score of Contoso', () => {
  const storage = '1c5de8e1-f68d-6a17-e0d2-ec259c42768c';

  it('is what the score service itself says, for every subscription', async () => {
    const azure = connect();
    const { subscriptions } = queryScopes([everything], await azure.hierarchy());
    const scores = await azure.secureScores.scores(subscriptions);
    expect(scores.length).toBeGreaterThan(3);
    for (const { subscription, current, max, weight, controls } of scores) {
      const url = `${simulator.url}${subscription}/providers/Microsoft.Security/secureScores/ascScore?api-version=2020-01-01`;
      const told = (await (await fetch(url, { headers: { authorization: 'Bearer bot' } })).json()) as {
        properties: unknown;
      };
      expect(told.properties).toMatchObject({ score: { current, max }, weight });
      expect(controls.every(({ recommendationKeys }) => recommendationKeys.length > 0)).toBe(true);
    }
  });

  it('counts in each subscription what is unhealthy there', async () => {
    const azure = connect();
    const { subscriptions } = queryScopes([everything], await azure.hierarchy());
    const standings = await azure.recommendations.standings({ subscriptions, narrower: [] });
    const open = await azure.secureScores.openCounts(subscriptions);
    for (const { key, unhealthy } of standings)
      expect([key, open.filter((each) => each.key === key).reduce((sum, each) => sum + each.unhealthy, 0)]).toEqual([
        key,
        unhealthy,
      ]);
  });

  it.each(['Waiver', 'Mitigated'] as const)('ends up within the range that was foretold for a %s', async (category) => {
    const before = connect();
    const hierarchy = await before.hierarchy();
    const all = queryScopes([everything], hierarchy);
    const known = (await before.recommendations.catalogue()).filter((each) => each.policyDefinitionId !== undefined);
    const key = known.some((each) => each.key === storage) ? storage : known[0]!.key;
    const open = (await before.recommendations.assessments(key, all)).filter((each) => each.status === 'unhealthy');
    const [first] = open;
    const subscription = subscriptionOf(first!.resourceId)!;
    const resources = [
      { subscription, unhealthy: open.filter((each) => subscriptionOf(each.resourceId) === subscription).length },
    ];
    const effects = scoreEffects({ key, category, resources }, await before.secureScores.scores([subscription]));
    expect(effects).toHaveLength(1);

    const definitionId = known.find((each) => each.key === key)!.policyDefinitionId!;
    const written: string[] = [];
    for (const assignment of await before.policies.assignments(subscription)) {
      if (!isInitiative(assignment.definitionId)) continue;
      const initiative = await before.policies.initiative(assignment.definitionId);
      const references = (initiative?.references ?? []).filter(
        (each) => each.definitionId.toLowerCase() === definitionId.toLowerCase(),
      );
      const above = scopeOfExtension(assignment.id);
      if (references.length === 0 || above.startsWith(`${subscription}/`)) continue;
      const id = `${subscription}/providers/Microsoft.Authorization/policyExemptions/range-${written.length}`;
      await before.exemptions.write({
        id,
        policyAssignmentId: assignment.id,
        referenceIds: references.map((each) => each.referenceId),
        category,
        displayName: 'Range',
        description: '',
        expiresAt: undefined,
        metadata: {},
      });
      written.push(id);
    }
    const [score] = await connect().secureScores.scores([subscription]);
    const control = score!.controls.find((each) => each.name === effects[0]!.control)!;
    const counted = control.healthy + control.unhealthy;
    const points = counted === 0 ? 0 : (control.max * control.healthy) / counted;
    expect(points).toBeGreaterThanOrEqual(effects[0]!.least - 1e-9);
    expect(points).toBeLessThanOrEqual(effects[0]!.most + 1e-9);
    for (const id of written) await before.exemptions.remove(id);
  });
});

describe('the exemptions that were made in Defender', () => {
  it('are found from the subscription above, as what they are', async () => {
    const azure = connect();
    const { subscriptions } = queryScopes([everything], await azure.hierarchy());
    const found = await azure.defenderExemptions.list(subscriptions);
    expect(found).toMatchObject([
      {
        category: 'Waiver',
        recommendationKey: tenant.standardAssignments.find((each) => each.properties.effect === 'Exempt')!.properties
          .exemptionData!.assignedAssessment.assessmentKey,
        createdBy: 'pat@contoso.com',
        excludedScopes: [],
      },
    ]);
    expect(found[0]!.scope).toContain('vm-intranet-1');
    expect((await azure.exemptions.list()).some((each) => each.id === found[0]!.id)).toBe(false);
    expect(await azure.defenderExemptions.list([])).toEqual([]);
  });

  const refused: Canned = { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } };
  const exemption = {
    id: '/subscriptions/S1/Microsoft.Security/standardAssignments/n',
    name: 'n',
    properties: {
      effect: 'Exempt',
      displayName: 'Test exemption',
      description: 'Exemption description',
      expiresOn: '2022-05-01T19:50:47.083633Z',
      exemptionData: {
        exemptionCategory: 'waiver',
        assignedAssessment: { assessmentKey: '1195AFFF-c881-495e-9bc5-1486211ae03f' },
      },
      metadata: { createdBy: 'john@contoso.com', createdOn: '2022-01-01T00:00:00Z' },
    },
  };
  const audit = { id: '/subscriptions/s1/providers/Microsoft.Security/standardAssignments/a', properties: {} };
  const over = (answers: Readonly<Record<string, Canned>>) => {
    const { client, requests } = cannedHttpClient((request) => {
      const [, , subscription = ''] = new URL(request.url).pathname.split('/');
      return answers[subscription.toLowerCase()] ?? { status: 200, body: { value: [] } };
    });
    const pause = async () => undefined;
    return { azure: createAzure({ credential, httpClient: client, now: () => clock.now(), pause }), requests };
  };

  it('are read from the documented shape, once, and asked for no more than every ten minutes', async () => {
    const { azure, requests } = over({ s1: { status: 200, body: { value: [audit, exemption, exemption] } } });
    const scopes = ['/subscriptions/s1', '/subscriptions/S1/'];
    expect(await azure.defenderExemptions.list(scopes)).toMatchObject([
      {
        scope: '/subscriptions/S1',
        recommendationKey: '1195afff-c881-495e-9bc5-1486211ae03f',
        expiresAt: new Date('2022-05-01T19:50:47.083Z'),
        createdBy: 'john@contoso.com',
      },
    ]);
    await azure.defenderExemptions.list(scopes);
    expect(requests.map((request) => new URL(request.url).search)).toEqual(['?api-version=2024-08-01']);
  });

  it('do not fail for one scope that the bot may not look into, but say so when it may look into none', async () => {
    const good: Canned = { status: 200, body: { value: [exemption] } };
    const { azure } = over({ s1: good, s2: refused });
    expect(await azure.defenderExemptions.list(['/subscriptions/s1', '/subscriptions/s2'])).toHaveLength(1);
    await expect(azure.defenderExemptions.list(['/subscriptions/s2'])).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are never a part passed off as the whole', async () => {
    const { azure } = over({ s1: { status: 200, body: { value: [exemption] } }, s2: { status: 503 } });
    await expect(azure.defenderExemptions.list(['/subscriptions/s1', '/subscriptions/s2'])).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
