import { createAzure } from '../../../src/azure/azure.ts';
import { cannedHttpClient, credential, sentBy, type Canned } from '../canned-http-client.ts';
import { answerFrom } from '../graph-rows.ts';

const subscription = '/subscriptions/11111111-1111-4111-8111-111111111111';
const contoso = '/providers/Microsoft.Management/managementGroups/contoso';
const benchmark = '/providers/Microsoft.Authorization/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8';

const assignment = (scope: string, name: string, properties: Record<string, unknown>) => ({
  id: `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`,
  name,
  type: 'microsoft.authorization/policyassignments',
  properties: { scope, policyDefinitionId: benchmark, ...properties },
});

const rows = [
  assignment(contoso, 'mcsb', { displayName: 'Benchmark', notScopes: [subscription], enforcementMode: 'Default' }),
  assignment(subscription, 'quiet', {
    displayName: '',
    scope: '',
    notScopes: null,
    enforcementMode: 'DoNotEnforce',
    resourceSelectors: [
      { name: 'here', selectors: [{ kind: 'resourceLocation', in: ['westeurope'] }] },
      { name: 'but', selectors: [{ kind: 'resourceType', notIn: ['Microsoft.Sql/servers'] }] },
    ],
    overrides: [
      {
        kind: 'policyEffect',
        value: 'Disabled',
        selectors: [{ kind: 'policyDefinitionReferenceId', in: ['diskEncryption'] }],
      },
      {
        kind: 'policyEffect',
        value: 'audit',
        selectors: [{ kind: 'policyDefinitionReferenceId', in: ['secureBoot'] }],
      },
      {
        kind: 'policyEffect',
        value: 'disabled',
        selectors: [
          { kind: 'policyDefinitionReferenceId', in: ['onlyThere'] },
          { kind: 'resourceLocation', in: ['westeurope'] },
        ],
      },
    ],
    parameters: { secureBootEffect: { value: 'Disabled' }, days: { value: 30 } },
    metadata: { pacOwnerId: 'cloud-platform', assignedBy: 'Pat' },
  }),
];

const sourceOver = (initiative: Canned = { status: 500 }) => {
  const { client, requests } = cannedHttpClient((request) =>
    request.url.includes('ResourceGraph') ? answerFrom('policyresources', rows, request) : initiative,
  );
  let now = new Date('2026-03-01T12:00:00Z');
  const azure = createAzure({ credential, httpClient: client, now: () => now });
  return {
    source: azure.policies,
    requests,
    wait: (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000)),
  };
};

describe('policy assignments', () => {
  it('are told with what they exclude and whether they are enforced', async () => {
    expect(await sourceOver().source.assignments(subscription)).toEqual([
      {
        id: rows[0]!.id,
        displayName: 'Benchmark',
        scope: contoso,
        excludedScopes: [subscription],
        definitionId: benchmark,
        enforced: true,
        resourceSelectors: [],
        switchedOff: [],
        parameters: {},
        managedBy: undefined,
      },
      {
        id: rows[1]!.id,
        displayName: 'quiet',
        scope: subscription,
        excludedScopes: [],
        definitionId: benchmark,
        enforced: false,
        resourceSelectors: [
          [{ kind: 'resourceLocation', in: ['westeurope'], notIn: undefined }],
          [{ kind: 'resourceType', in: undefined, notIn: ['Microsoft.Sql/servers'] }],
        ],
        switchedOff: ['diskEncryption'],
        parameters: { securebooteffect: 'Disabled' },
        managedBy: 'EPAC',
      },
    ]);
  });

  it.each([
    ['a subscription', subscription, { subscriptions: ['11111111-1111-4111-8111-111111111111'] }],
    [
      'a resource group',
      `${subscription}/resourceGroups/rg`,
      { subscriptions: ['11111111-1111-4111-8111-111111111111'] },
    ],
    ['a management group', contoso, { managementGroups: ['contoso'] }],
    ['everything', '/', {}],
  ])('are asked for at, above and below %s', async (_story, scope, body) => {
    const { source, requests } = sourceOver();
    await source.assignments(scope);
    const { query: _query, options, ...scopes } = sentBy(requests[0]!);
    expect(scopes).toEqual(body);
    expect(options).toMatchObject({ authorizationScopeFilter: 'AtScopeAboveAndBelow' });
  });
});

describe('an initiative', () => {
  const body = {
    id: benchmark,
    properties: {
      displayName: 'Microsoft cloud security benchmark',
      policyDefinitions: [
        {
          policyDefinitionId: '/d/1',
          policyDefinitionReferenceId: 'one',
          parameters: { effect: { value: "[parameters('oneEffect')]" } },
        },
        {
          policyDefinitionId: '/d/1',
          policyDefinitionReferenceId: 'again',
          parameters: { effect: { value: 'Audit' } },
        },
        { policyDefinitionId: '/d/2', policyDefinitionReferenceId: 'other' },
      ],
      parameters: { oneEffect: { type: 'String', defaultValue: 'AuditIfNotExists' } },
    },
  };

  it('holds its references, the same definition twice if need be', async () => {
    const { source, requests, wait } = sourceOver({ status: 200, body });
    expect(await source.initiative(benchmark.toUpperCase())).toEqual({
      id: benchmark,
      displayName: 'Microsoft cloud security benchmark',
      references: [
        {
          referenceId: 'one',
          definitionId: '/d/1',
          effect: { parameter: 'oneeffect', otherwise: 'AuditIfNotExists' },
        },
        { referenceId: 'again', definitionId: '/d/1', effect: { parameter: undefined, otherwise: 'Audit' } },
        { referenceId: 'other', definitionId: '/d/2', effect: { parameter: undefined, otherwise: undefined } },
      ],
    });
    wait(4);
    await source.initiative(benchmark);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['built in', benchmark],
    ['defined in a management group', `${contoso}/providers/Microsoft.Authorization/policySetDefinitions/own`],
    ['defined in a subscription', `${subscription}/providers/Microsoft.Authorization/policySetDefinitions/own`],
  ])('is read where it is: %s', async (_where, id) => {
    const { source, requests } = sourceOver({ status: 200, body: { ...body, id } });
    expect((await source.initiative(id))?.references).toHaveLength(3);
    expect(requests.map(({ method, url }) => `${method} ${url}`.toLowerCase())).toEqual([
      `get https://management.azure.com${id}?api-version=2021-06-01`.toLowerCase(),
    ]);
  });

  it.each<[string, Canned]>([
    ['a page of HTML', { status: 200, body: '<html></html>' }],
    ['half an answer', { status: 200, body: '{"id": ', headers: { 'content-type': 'application/json' } }],
    ['references of no known shape', { status: 200, body: { ...body, properties: { policyDefinitions: 'many' } } }],
    ['nothing at all', 'reset'],
  ])('is not known after %s', async (_what, canned) => {
    await expect(sourceOver(canned).source.initiative(benchmark)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is not asked of something else', async () => {
    await expect(sourceOver().source.initiative(subscription)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('is undefined when Azure does not know it or does not show it, and no answer is no such thing', async () => {
    const gone = sourceOver({ status: 404, body: { error: { code: 'PolicySetDefinitionNotFound', message: '' } } });
    expect(await gone.source.initiative(benchmark)).toBeUndefined();
    const hidden = sourceOver({ status: 403, body: { error: { code: 'AuthorizationFailed', message: '' } } });
    expect(await hidden.source.initiative(benchmark)).toBeUndefined();
    const silent = sourceOver({ status: 404, body: '<html></html>' });
    await expect(silent.source.initiative(benchmark)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('whether an assignment is there', () => {
  const saying = (canned: Canned) => sourceOver(canned).source.assignmentExists(rows[0]!.id);

  it('is asked of Azure itself', async () => {
    const { source, requests } = sourceOver({ status: 200, body: {} });
    expect(await source.assignmentExists(rows[0]!.id)).toBe(true);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET https://management.azure.com${rows[0]!.id}?api-version=2023-04-01`,
    ]);
    expect(await saying({ status: 404, body: { error: { code: 'PolicyAssignmentNotFound' } } })).toBe(false);
  });

  it.each<[number, string | undefined, string]>([
    [403, 'AuthorizationFailed', 'forbidden'],
    [404, undefined, 'unavailable'],
  ])('is not known after %i %s', async (status, code, error) => {
    const body = code === undefined ? '' : { error: { code, message: 'No.' } };
    await expect(saying({ status, body })).rejects.toMatchObject({ code: error });
  });

  it('is not asked of something else', async () => {
    await expect(sourceOver().source.assignmentExists(subscription)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('what lies underneath exempted resources', () => {
  it('is told as Azure Policy tells it', async () => {
    const state = (name: string, properties: Record<string, unknown>) => ({
      id: `${subscription}/providers/Microsoft.PolicyInsights/policyStates/${name}`,
      name,
      type: 'microsoft.policyinsights/policystates',
      properties: { resourceId: subscription, policyAssignmentId: rows[0]!.id, ...properties },
    });
    const states = [
      state('1', {
        complianceState: 'Exempt',
        policyDefinitionReferenceId: 'diskEncryption',
        stateDetails: { complianceSubState: 'Compliant' },
      }),
      state('2', {
        complianceState: 'exempt',
        policyDefinitionReferenceId: '',
        stateDetails: { complianceSubState: 'NonCompliant' },
      }),
      state('3', { complianceState: 'Exempt', policyDefinitionReferenceId: 'x', stateDetails: null }),
      state('4', { complianceState: 'Compliant', policyDefinitionReferenceId: 'x' }),
    ];
    const { client } = cannedHttpClient((request) => answerFrom('policyresources', states, request));
    const azure = createAzure({ credential, httpClient: client, now: () => new Date('2026-03-01T12:00:00Z') });
    const found: unknown[] = [];
    for await (const page of azure.policies.exemptStates()) found.push(...page);
    const of = { assignmentId: rows[0]!.id, resourceId: subscription };
    expect(found).toEqual([
      { ...of, referenceId: 'diskEncryption', underneath: 'compliant' },
      { ...of, referenceId: undefined, underneath: 'non-compliant' },
      { ...of, referenceId: 'x', underneath: undefined },
    ]);
  });
});
