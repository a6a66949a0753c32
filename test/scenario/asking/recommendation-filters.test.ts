import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { latest } from '../steps.ts';

/** The filters that people use for recommendations: a short name of a type, a resource group, a control of the secure score. */
describe.each(companies)('recommendations at $tenant are narrowed', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let open: readonly Assessment[];
  const { said } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    await world.app().tick();
    open = people.openFor(people.auditor);
  }, patience);
  afterAll(() => world.close());

  const say = (text: string) => said(people.auditor.key, text);
  const press = async (title: string, inputs = {}): Promise<string> => {
    const { key } = people.auditor;
    await world.teams.press(key, latest(world, key).id, title, inputs);
    return latest(world, key).visibleText;
  };
  /** What the list says it has, or the rows of one that fits a page. */
  const countOf = (text: string): number =>
    Number(/ of ([\d,]+)$/m.exec(text)?.[1]?.replaceAll(',', '') ?? text.match(/unhealthy resource/g)?.length ?? 0);
  const keysOf = (of: (one: Assessment) => boolean): number =>
    new Set(open.filter(of).map(({ recommendation }) => recommendation.assessmentKey)).size;
  const isOfType = ({ resource }: Assessment, type: string): boolean =>
    resource.id.toLowerCase().includes(`/providers/${type}/`);

  it.each([
    ['vm', 'microsoft.compute/virtualmachines'],
    ['storage', 'microsoft.storage/storageaccounts'],
    ['Microsoft.KeyVault/vaults', 'microsoft.keyvault/vaults'],
    ['vaults', 'microsoft.keyvault/vaults'],
  ])('by type:%s, and the list says what it shows and leads back', async (typed, type) => {
    const text = await say(`recommendations type:${typed}`);
    expect(keysOf((one) => isOfType(one, type))).toBeGreaterThan(0);
    expect(countOf(text)).toBe(keysOf((one) => isOfType(one, type)));
    expect(text).toContain(`Only type: ${typed}`);
    expect(countOf(await press('✕ Take off'))).toBe(keysOf(() => true));
  });

  it('by resource group', async () => {
    const group = open.find(({ resource }) => resource.resourceGroup !== '')!.resource.resourceGroup;
    const isThere = ({ resource }: Assessment): boolean =>
      resource.id.toLowerCase().includes(`/resourcegroups/${group.toLowerCase()}/`);
    const text = await say(`recommendations rg:"${group}"`);
    expect(countOf(text)).toBe(keysOf(isThere));
    expect(text).toContain(`Only rg: ${group}`);
  });

  it('by control, and an unknown one is answered with those that there are', async () => {
    const refused = await say('recommendations control:nonsense');
    const [, first = ''] = /Those that there are: ([^,.]+)/.exec(refused) ?? [];
    expect(refused).toContain('No control of the secure score is called “nonsense”');
    const text = await say(`recommendations control:"${first}"`);
    expect(text).toContain(`Only control: ${first}`);
    expect(countOf(text)).toBeLessThan(keysOf(() => true));
  });

  it('to nothing, which is never an all-clear', async () => {
    const text = await say('recommendations rg:rg-that-is-nowhere');
    expect(text).toContain('What you asked for hides all');
    expect(text).not.toContain('No recommendation is open there');
    expect(countOf(await press('Show everything'))).toBe(keysOf(() => true));
    expect(await say('recommendations type:vmm')).toContain('Did you mean type:vm?');
  });

  it('and say that resources in other clouds are left out, where Defender assesses any', async () => {
    const clouds = new Set(
      world.tenant.connectors.filter(({ assessed = [] }) => assessed.length > 0).map(({ environment }) => environment),
    );
    const text = await say('recommendations');
    expect(text.includes('are left out: no exemption of Azure Policy reaches them.')).toBe(clouds.size > 0);
    for (const cloud of clouds) expect(/Resources in (.+) are left out/.exec(text)?.[1]).toContain(cloud);
    expect(await say('recommendations type:vm')).not.toContain('are left out');
  });

  it('to a severity, in which those stand first that can be exempted, or to those alone', async () => {
    const cannot = 'cannot be exempted by policy';
    const high = (await say('recommendations high')).split('\n').slice(2);
    expect(high.filter((line) => line.startsWith('Critical ·'))).toEqual([]);
    expect(high.find((line) => line.includes('unhealthy resource'))).not.toContain(cannot);
    const text = await say('recommendations exemptable');
    expect(text).not.toContain(cannot);
    expect(text).toContain('Only exemptable');
    expect(countOf(text)).toBe(
      new Set(
        open.flatMap(({ recommendation: each }) => (each.policyDefinitionId === undefined ? [] : [each.assessmentKey])),
      ).size,
    );
  });

  it('not by a filter that there is not: it is a question', async () => {
    expect(await say('recommendations group:rg-shop')).toContain('There is no filter “group:”');
    expect(await say('recommendations contrl:data')).toContain('Did you mean control:data?');
  });
});

/** The resources of one recommendation are searched in Azure; what was ticked stays ticked, found or not. */
describe.each(companies)('the resources of a recommendation at $tenant are searched', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  /** The unhealthy ones of the recommendation that has most of them and can be requested. */
  let unhealthy: readonly Assessment[];
  const { said } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    await world.app().tick();
    const byKey = Map.groupBy(
      people.openFor(people.auditor).filter(({ recommendation }) => recommendation.policyDefinitionId !== undefined),
      ({ recommendation }) => recommendation.assessmentKey,
    );
    unhealthy = [...byKey.values()].toSorted((a, b) => b.length - a.length)[0]!;
  }, patience);
  afterAll(() => world.close());

  const text = () => latest(world, people.auditor.key).visibleText;
  const press = async (title: string, inputs = {}): Promise<string> => {
    await world.teams.press(people.auditor.key, latest(world, people.auditor.key).id, title, inputs);
    return text();
  };
  const tokens = (): string[] =>
    [...JSON.stringify(latest(world, people.auditor.key).cards).matchAll(/"value":"([0-9a-f]{24})"/g)].map(
      ([, token]) => token!,
    );

  it('by a part of a name; nothing found is no all-clear, and no tick is lost', async () => {
    const key = unhealthy[0]!.recommendation.assessmentKey;
    const all = await said(people.auditor.key, `recommendation ${key}`);
    const isLong = unhealthy.length > 10;
    expect(JSON.stringify(latest(world, people.auditor.key).cards).includes('"id":"find"')).toBe(isLong);
    // A short list has no field for it before something was searched.
    if (!isLong) await said(people.auditor.key, `recommendation ${key} resource:${unhealthy[0]!.resource.name}`);
    expect(all).toContain(`${unhealthy.length.toLocaleString('en')} unhealthy resources`);
    const [first = ''] = tokens();
    const wanted = unhealthy.at(-1)!.resource.name.toLowerCase();
    const meant = unhealthy.filter(({ resource }) =>
      resource.id
        .toLowerCase()
        .split('/')
        .some((part, at) => at > 0 && at % 2 === 0 && part.includes(wanted)),
    );

    const found = await press('Find', { find: wanted, selected: first });
    expect(found).toContain(`${meant.length} unhealthy resource`);
    expect(found).toContain(`only resources with ${wanted}`);
    expect(found).toContain('Also selected, on other pages: ');

    const nothing = await press('Find', { find: 'there-is-no-such-thing' });
    expect(nothing).toContain('No unhealthy resource that you can see has “there-is-no-such-thing”');
    expect(nothing).not.toContain('no resource here is unhealthy');

    const again = await press('✕ Take off');
    expect(again).toContain(`${unhealthy.length.toLocaleString('en')} unhealthy resources`);
    expect(JSON.stringify(latest(world, people.auditor.key).cards)).toContain(`"value":"${first}","choices"`);
  });

  it('in words as well', async () => {
    const { recommendation, resource } = unhealthy[0]!;
    await said(people.auditor.key, `recommendation "${recommendation.displayName}" resource:"${resource.name}"`);
    expect(text()).toContain(`only resources with ${resource.name}`);
  });
});
