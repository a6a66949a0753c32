import { createAzure } from '../../../src/azure/azure.ts';
import { cannedHttpClient, credential, sentBy } from '../canned-http-client.ts';
import { answerFrom } from '../graph-rows.ts';

const shop = '11111111-1111-4111-8111-111111111111';
const corp = '22222222-2222-4222-8222-222222222222';
const group = `/subscriptions/${shop}/resourceGroups/rg-shop-prod`;
const machine = (name: string) => `${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
const everywhere = { subscriptions: [`/subscriptions/${shop}`, `/subscriptions/${corp}`], narrower: [] };
const only = (scope: string) => ({ subscriptions: [], narrower: [scope.toLowerCase()] });

type Options = { code?: string; cause?: string; key?: string; details?: unknown; metadata?: Record<string, unknown> };

const assessment = (resourceId: string, options: Options = {}) => {
  const key = options.key ?? 'aaaa';
  return {
    id: `${resourceId}/providers/Microsoft.Security/assessments/${key}`,
    name: key,
    type: 'microsoft.security/assessments',
    subscriptionId: resourceId.split('/')[2],
    properties: {
      displayName: `Recommendation ${key}`,
      resourceDetails: options.details ?? { Source: 'Azure', Id: resourceId },
      status: { code: options.code ?? 'Unhealthy', cause: options.cause },
      metadata: { severity: 'High', policyDefinitionId: '/providers/x/policyDefinitions/d', ...options.metadata },
    },
  };
};

const sourceOver = (...rows: ReturnType<typeof assessment>[]) => {
  const { client, requests } = cannedHttpClient((request) => answerFrom('securityresources', rows, request));
  let now = new Date('2026-03-01T12:00:00Z');
  const azure = createAzure({ credential, httpClient: client, now: () => now });
  const wait = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000));
  return { source: azure.recommendations, requests, wait };
};

describe('how recommendations stand', () => {
  it('counts unhealthy and exempted resources of each', async () => {
    const { source, requests } = sourceOver(
      assessment(machine('vm1')),
      assessment(machine('vm2')),
      assessment(machine('vm3'), { code: 'NotApplicable', cause: 'Exempt' }),
      assessment(machine('vm4'), { code: 'NotApplicable', cause: 'OffByPolicy' }),
      assessment(machine('vm1'), { key: 'bbbb', code: 'Healthy' }),
    );
    expect(await source.standings(everywhere)).toEqual([
      {
        key: 'aaaa',
        title: 'Recommendation aaaa',
        severity: 'high',
        policyDefinitionId: '/providers/x/policyDefinitions/d',
        unhealthy: 2,
        exempted: 1,
      },
    ]);
    expect(sentBy(requests[0]!)).toMatchObject({ subscriptions: [shop, corp] });
  });

  it('asks nothing where nothing may be seen', async () => {
    const { source, requests } = sourceOver(assessment(machine('vm1')));
    const nowhere = { subscriptions: [], narrower: [] };
    expect(await source.standings(nowhere)).toEqual([]);
    expect(await source.assessments('aaaa', nowhere)).toEqual([]);
    expect(await source.recommendation('aaaa', nowhere)).toBeUndefined();
    expect(requests).toEqual([]);
  });

  it('looks only at the given subscriptions, whatever Azure would return', async () => {
    const { source } = sourceOver(assessment(machine('vm1')), assessment(`/subscriptions/${corp}`));
    const [standing] = await source.standings({ subscriptions: [`/subscriptions/${corp}`], narrower: [] });
    expect(standing?.unhealthy).toBe(1);
  });

  it('looks below a narrower scope by whole segments: vm1 is not vm10', async () => {
    const { source, requests } = sourceOver(assessment(machine('vm1')), assessment(machine('vm10')));
    expect(await source.standings(only(machine('vm1')))).toMatchObject([{ unhealthy: 1 }]);
    expect(await source.standings(only(`${group}-2`))).toEqual([]);
    expect(sentBy(requests[0]!)).toMatchObject({ subscriptions: [shop] });
  });

  it('narrows by resource type, in any casing and with child types', async () => {
    const server = `${group}/providers/Microsoft.Sql/servers/sql1`;
    const { source } = sourceOver(
      assessment(server),
      assessment(`${server}/databases/db1`),
      assessment(machine('vm1')),
    );
    expect(await source.standings(everywhere, 'microsoft.sql/SERVERS')).toMatchObject([{ unhealthy: 1 }]);
    expect(await source.standings(everywhere, 'Microsoft.Sql/servers/databases')).toMatchObject([{ unhealthy: 1 }]);
    expect(await source.standings(everywhere, "it's (no) type")).toEqual([]);
  });

  it('leaves out what is not in Azure', async () => {
    const { source } = sourceOver(
      assessment(machine('connector'), { details: { Source: 'Aws', AwsResourceId: 'arn:aws:x' } }),
      assessment(machine('other'), { details: { source: 'Gcp' } }),
    );
    expect(await source.standings(everywhere)).toEqual([]);
    expect(await source.catalogue()).toEqual([]);
  });

  it.each([
    ['Critical', 'critical'],
    ['CRITICAL', 'critical'],
    ['', 'high'],
    ['High', 'high'],
    ['medium', 'medium'],
    ['Low', 'low'],
    ['Curious', 'high'],
  ])('reads the severity %s as %s', async (severity, expected) => {
    const { source } = sourceOver(assessment(machine('vm1'), { metadata: { severity } }));
    expect(await source.standings(everywhere)).toMatchObject([{ severity: expected }]);
  });

  it.each([
    [['Medium', 'Critical', 'Low'], 'critical'],
    [['Low', 'High'], 'high'],
    [['Low', 'Medium', 'Curious'], 'high'],
  ])('reads the worst of the severities %s of one recommendation', async (all, expected) => {
    const rows = all.map((severity, index) => assessment(machine(`vm${index}`), { metadata: { severity } }));
    const { source } = sourceOver(...rows);
    expect(await source.standings(everywhere)).toMatchObject([{ severity: expected }]);
    expect(await source.catalogue()).toMatchObject([{ severity: expected }]);
    expect(await source.recommendation('aaaa', everywhere)).toMatchObject({ severity: expected });
  });
});

describe('one recommendation', () => {
  it('is told in plain text', async () => {
    const metadata = {
      description: '<p>Ports are &lt;open&gt;.<br/>Close  them.</p>',
      remediationDescription: 'To fix:<ol><li>Open <b>Ports</b></li><li>Close &amp; save</li></ol>',
      policyDefinitionId: '',
    };
    const { source } = sourceOver(assessment(machine('vm1'), { metadata }));
    expect(await source.recommendation('AAAA', everywhere)).toEqual({
      key: 'aaaa',
      title: 'Recommendation aaaa',
      severity: 'high',
      description: 'Ports are <open>.\nClose them.',
      remediation: 'To fix:\n- Open Ports\n- Close & save',
      policyDefinitionId: undefined,
    });
  });

  it('is not there where no assessment of it lies', async () => {
    const { source } = sourceOver(assessment(machine('vm1')));
    expect(await source.recommendation('bbbb', everywhere)).toBeUndefined();
    expect(await source.recommendation('aaaa', only(machine('vm2')))).toBeUndefined();
    expect(await source.recommendation("' or true or name == '", everywhere)).toBeUndefined();
  });

  it('lists its assessments by resource, in every spelling of Azure', async () => {
    const { source } = sourceOver(
      assessment(machine('vm3'), {
        code: 'NotApplicable',
        cause: 'exempt',
        details: { source: 'Azure', id: machine('VM3') },
      }),
      assessment(machine('vm2'), { code: 'healthy', details: { Source: 'OnPremise', MachineName: 'vm2' } }),
      assessment(machine('vm1'), { details: { Source: 'Azure', Id: machine('vm1'), ResourceName: 'Web 1' } }),
      assessment(machine('vm4'), { code: 'NotApplicable', cause: 'OffByPolicy' }),
    );
    const found = await source.assessments('aaaa', everywhere);
    expect(found.map((each) => [each.resourceName, each.status])).toEqual([
      ['Web 1', 'unhealthy'],
      ['vm2', 'healthy'],
      ['VM3', 'exempt'],
      ['vm4', 'not-applicable'],
    ]);
    expect(found[1]?.resourceId).toBe(machine('vm2'));
  });
});

describe('the catalogue', () => {
  it('names every recommendation once, and is asked for every five minutes at most', async () => {
    const { source, requests, wait } = sourceOver(
      assessment(machine('vm1')),
      assessment(machine('vm2'), { code: 'Healthy' }),
      assessment(machine('vm1'), { key: 'bbbb' }),
    );
    expect((await source.catalogue()).map((each) => each.key)).toEqual(['aaaa', 'bbbb']);
    wait(4);
    await source.catalogue();
    expect(requests).toHaveLength(1);
    wait(1);
    await source.catalogue();
    expect(requests).toHaveLength(2);
  });
});
