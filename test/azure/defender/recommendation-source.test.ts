import { resourceFilterOf, type TypedResourceFilter } from '../../../src/core/tenant/resource-filter.ts';
import { sentBy } from '../canned-http-client.ts';
import { assessment, corp, everywhere, group, listed, machine, only, shop, sourceOver } from './assessments-of-shop.ts';

const meant = (typed: Partial<TypedResourceFilter>) => ({
  resources: resourceFilterOf({ type: '', group: '', text: '', ...typed }),
});
const ofType = (type: string) => meant({ type });

describe('how recommendations stand', () => {
  it('counts unhealthy and exempted resources of each', async () => {
    const { source, requests } = sourceOver(
      assessment(machine('vm1')),
      assessment(machine('vm2')),
      assessment(machine('vm3'), { code: 'NotApplicable', cause: 'Exempt' }),
      assessment(machine('vm4'), { code: 'NotApplicable', cause: 'OffByPolicy' }),
      assessment(machine('vm1'), { key: 'bbbb', code: 'Healthy' }),
    );
    expect(await listed(source, everywhere)).toEqual([
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
    expect(await listed(source, nowhere)).toEqual([]);
    expect(await source.assessments('aaaa', nowhere)).toEqual([]);
    expect(await source.recommendation('aaaa', nowhere)).toBeUndefined();
    expect(requests).toEqual([]);
  });

  it('looks only at the given subscriptions, whatever Azure would return', async () => {
    const { source } = sourceOver(assessment(machine('vm1')), assessment(`/subscriptions/${corp}`));
    const [standing] = await listed(source, { subscriptions: [`/subscriptions/${corp}`], narrower: [] });
    expect(standing?.unhealthy).toBe(1);
  });

  it('looks below a narrower scope by whole segments: vm1 is not vm10', async () => {
    const { source, requests } = sourceOver(assessment(machine('vm1')), assessment(machine('vm10')));
    expect(await listed(source, only(machine('vm1')))).toMatchObject([{ unhealthy: 1 }]);
    expect(await listed(source, only(`${group}-2`))).toEqual([]);
    expect(sentBy(requests[0]!)).toMatchObject({ subscriptions: [shop] });
  });

  it('narrows by resource type, in any casing and with child types', async () => {
    const server = `${group}/providers/Microsoft.Sql/servers/sql1`;
    const { source } = sourceOver(
      assessment(server),
      assessment(`${server}/databases/db1`),
      assessment(machine('vm1')),
    );
    expect(await listed(source, everywhere, ofType('microsoft.sql/SERVERS'))).toMatchObject([{ unhealthy: 1 }]);
    expect(await listed(source, everywhere, ofType('Microsoft.Sql/servers/databases'))).toMatchObject([
      { unhealthy: 1 },
    ]);
    expect(await listed(source, everywhere, ofType("it's (no) type"))).toEqual([]);
    expect(await listed(source, everywhere, ofType('databases'))).toMatchObject([{ unhealthy: 1 }]);
    expect(await listed(source, everywhere, ofType('sql'))).toMatchObject([{ unhealthy: 2 }]);
    expect(await listed(source, everywhere, ofType('VM'))).toMatchObject([{ unhealthy: 1 }]);
  });

  it('narrows by resource group: its whole name in any casing, or a pattern of it', async () => {
    const { source } = sourceOver(
      assessment(machine('vm1')),
      assessment(`/subscriptions/${corp}/resourceGroups/RG-Shop-Prod`),
      assessment(`/subscriptions/${corp}/resourceGroups/rg-shop-prod-2/providers/Microsoft.Storage/storageAccounts/st`),
      assessment(`/subscriptions/${corp}/resourceGroups/rg-größe.1/providers/Microsoft.Storage/storageAccounts/st2`),
    );
    const count = async (group: string) => (await listed(source, everywhere, meant({ group })))[0]?.unhealthy;
    expect(await count('rg-SHOP-prod')).toBe(2);
    expect(await count('rg-shop*')).toBe(3);
    expect(await count('rg-shop')).toBeUndefined();
    expect(await count('rg-größe.1')).toBe(1);
    expect(await count('rg-größe?1')).toBeUndefined();
  });

  it('narrows by words, each of which has to be in a name and not in what every id says', async () => {
    const { source } = sourceOver(
      assessment(machine('vm-web-1')),
      assessment(machine('vm-db-1')),
      assessment(`${group}/providers/Microsoft.Sql/servers/sql-web/databases/orders`),
    );
    const count = async (text: string) => (await listed(source, everywhere, meant({ text })))[0]?.unhealthy;
    expect(await count('WEB')).toBe(2);
    expect(await count('web orders')).toBe(1);
    expect(await count('rg-shop web')).toBe(2);
    for (const word of ['resourcegroups', 'databases', 'assessments', 'aaaa', 'web-1/x', '.*'])
      expect(await count(word)).toBeUndefined();
    expect(await count(machine('VM-web-1'))).toBe(1);
    expect(await count(machine('vm-web'))).toBeUndefined();
    expect(await count(group)).toBeUndefined();
    const { resources } = meant({ text: 'web' });
    expect(await source.assessments('aaaa', everywhere, resources)).toHaveLength(2);
  });

  it('narrows by keys, to none where there are none', async () => {
    const { source } = sourceOver(assessment(machine('vm1')), assessment(machine('vm1'), { key: 'bbbb' }));
    expect(await listed(source, everywhere, { keys: ['BBBB'] })).toMatchObject([{ key: 'bbbb' }]);
    expect(await listed(source, everywhere, { keys: [] })).toEqual([]);
  });

  it('leaves out what is not in Azure', async () => {
    const { source } = sourceOver(
      assessment(machine('connector'), { details: { Source: 'Aws', AwsResourceId: 'arn:aws:x' } }),
      assessment(machine('other'), { details: { source: 'Gcp' } }),
    );
    expect(await listed(source, everywhere)).toEqual([]);
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
    expect(await listed(source, everywhere)).toMatchObject([{ severity: expected }]);
  });

  it.each([
    [['Medium', 'Critical', 'Low'], 'critical'],
    [['Low', 'High'], 'high'],
    [['Low', 'Medium', 'Curious'], 'high'],
  ])('reads the worst of the severities %s of one recommendation', async (all, expected) => {
    const rows = all.map((severity, index) => assessment(machine(`vm${index}`), { metadata: { severity } }));
    const { source } = sourceOver(...rows);
    expect(await listed(source, everywhere)).toMatchObject([{ severity: expected }]);
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
