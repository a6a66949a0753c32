import { startAzureSimulator, type AzureSimulator } from '../../simulator/azure/server.ts';
import { redirectingHttpClient } from '../../simulator/azure/redirecting-http-client.ts';
import { createClock } from '../../simulator/clock.ts';
import { createTenant } from '../../simulator/tenant/contoso/create-tenant.ts';
import type { Tenant } from '../../simulator/tenant/tenant.ts';
import { createAzure, type Azure } from '../../src/azure/azure.ts';
import { scopeOfExtension, subscriptionOf } from '../../src/core/tenant/arm-id.ts';
import { everything } from '../../src/core/tenant/hierarchy.ts';
import { queryScopes } from '../../src/core/tenant/scope-sets.ts';
import { isInitiative } from '../../src/core/tenant/policy.ts';
import { scoreEffects } from '../../src/core/score/secure-score.ts';
import { cannedHttpClient, credential } from './canned-http-client.ts';
import { answerFrom } from './graph-rows.ts';
import { everyOne } from './every-one.ts';

const clock = createClock(() => Date.parse('2026-03-02T09:00:00Z'));
let tenant: Tenant;
let simulator: AzureSimulator;

const connect = (url = simulator.url): Azure =>
  createAzure({
    credential,
    httpClient: redirectingHttpClient({
      'https://management.azure.com': url,
      'https://graph.microsoft.com': url,
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
    expect(new Set(scores.map(({ subscription }) => subscription)).size).toBe(scores.length);
    for (const { subscription, current, max, weight, controls } of scores) {
      const url = `${simulator.url}${subscription}/providers/Microsoft.Security/secureScores/ascScore?api-version=2020-01-01`;
      const told = (await (await fetch(url, { headers: { authorization: 'Bearer bot' } })).json()) as {
        properties: unknown;
      };
      expect(told.properties).toMatchObject({ score: { current, max }, weight });
      expect(controls.every(({ recommendationKeys }) => recommendationKeys.length > 0)).toBe(true);
      expect(new Set(controls.map(({ name }) => name)).size).toBe(controls.length);
    }
  });

  it('counts in each subscription what is unhealthy there', async () => {
    const azure = connect();
    const { subscriptions } = queryScopes([everything], await azure.hierarchy());
    const { rows: standings } = await azure.recommendations.standings(
      { subscriptions, narrower: [] },
      { having: 'open' },
    );
    const open = await azure.secureScores.openCounts(subscriptions);
    for (const { key, unhealthy } of standings)
      expect([key, open.reduce((sum, each) => sum + (each.unhealthy.get(key) ?? 0), 0)]).toEqual([key, unhealthy]);
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
  it('are found in the whole tenant, as what they are', async () => {
    const azure = connect();
    const found = await azure.everyExemption.ofDefender();
    const exempt = tenant.standardAssignments.filter(({ properties }) => properties.effect === 'Exempt');
    expect(found.map(({ recommendationKey }) => recommendationKey).sort()).toEqual(
      exempt.map(({ properties }) => properties.exemptionData!.assignedAssessment.assessmentKey).sort(),
    );
    const [first] = found.filter(({ scope }) => scope.includes('vm-intranet-1'));
    expect(first).toMatchObject({ category: 'Waiver', createdBy: 'pat@contoso.com', excludedScopes: [] });
    expect((await everyOne(azure)).some((each) => each.id === first!.id)).toBe(false);
  });

  const exemption = {
    id: '/subscriptions/S1/Microsoft.Security/standardAssignments/n',
    name: 'n',
    type: 'microsoft.security/standardassignments',
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
  const changed = (name: string, properties: Record<string, unknown>) => ({
    ...exemption,
    id: `/subscriptions/S1/providers/Microsoft.Security/standardAssignments/${name}`,
    name,
    properties,
  });
  const over = (rows: readonly Record<string, unknown>[]) => {
    const { client, requests } = cannedHttpClient((request) => answerFrom('securityresources', rows, request));
    const pause = async () => undefined;
    return { azure: createAzure({ credential, httpClient: client, now: () => clock.now(), pause }), requests };
  };

  it('are read by one question, however many subscriptions there are', async () => {
    const { azure, requests } = over([changed('audit', { effect: 'Audit' }), exemption, exemption]);
    expect(await azure.everyExemption.ofDefender()).toMatchObject([
      {
        scope: '/subscriptions/S1',
        recommendationKey: '1195afff-c881-495e-9bc5-1486211ae03f',
        expiresAt: new Date('2022-05-01T19:50:47.083Z'),
        createdBy: 'john@contoso.com',
      },
    ]);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['no exemption data', { effect: 'Exempt' }, { recommendationKey: undefined, category: 'Waiver' }],
    [
      'a rule instead of a recommendation',
      { effect: 'exempt', exemptionData: { exemptionCategory: 'Mitigated' } },
      { recommendationKey: undefined, category: 'Mitigated' },
    ],
    ['a flat key', { effect: 'Exempt', assessmentKey: 'K' }, { recommendationKey: 'k' }],
    [
      'members of another type',
      { effect: 'Exempt', displayName: 7, excludedScopes: 'all', metadata: [] },
      { displayName: '', excludedScopes: [] },
    ],
    ['an unreadable end', { effect: 'Exempt', expiresOn: 7 }, { expiresAt: new Date(0) }],
  ])('cost no other row where one has %s', async (_story, properties, expected) => {
    const { azure } = over([changed('odd', properties), exemption]);
    const found = await azure.everyExemption.ofDefender();
    expect(found).toHaveLength(2);
    expect(found.find(({ name }) => name === 'odd')).toMatchObject(expected);
  });
});

describe('recommendations by the thousand', () => {
  it.each(['by-id', 'by-any-column'] as const)('are all listed where answers continue %s', async (pagesContinue) => {
    const [sample] = tenant.recommendations.filter(({ evaluatedWithoutPolicy }) => evaluatedWithoutPolicy);
    const many = Array.from({ length: 2500 }, (_, index) => ({
      ...sample!,
      assessmentKey: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    }));
    const large = { ...createTenant({ now: () => clock.now(), settings: { pagesContinue } }), recommendations: many };
    const server = await startAzureSimulator({ tenant: large, clock, port: 0 });
    try {
      const azure = connect(server.url);
      const { subscriptions } = queryScopes([everything], await azure.hierarchy());
      expect(await azure.recommendations.catalogue()).toHaveLength(2500);
      const where = { subscriptions, narrower: [] };
      const { found } = await azure.recommendations.standings(where, { having: 'either' });
      // Some recommendations happen to be healthy everywhere.
      expect(found).toBeGreaterThan(2400);
      expect(await azure.recommendations.standings(where, { having: 'either' }, 200)).toMatchObject({ number: 200 });
    } finally {
      await server.close();
    }
  });
});

describe('the catalogue of recommendations', () => {
  it('has no individual ones where a decision asks for it, because there are thousands and no policy exemption reaches them', async () => {
    const azure = connect();
    const isIndividual = ({ key }: { readonly key: string }): boolean =>
      tenant.recommendations.some(
        ({ assessmentKey, recommendationCategory = 'Unknown' }) =>
          assessmentKey === key && recommendationCategory !== 'Unknown',
      );
    const all = await azure.recommendations.catalogue();
    const inDecision = await azure.askAfresh().recommendations.catalogue();
    expect(all.filter(isIndividual).length).toBeGreaterThan(3);
    expect(inDecision).toEqual(all.filter((each) => !isIndividual(each)));
  });
});
