import { keptResource, type ResourceQuestion } from '../../../src/core/mirror/kept-resource.ts';
import { normalId, subscriptionOf } from '../../../src/core/tenant/arm-id.ts';
import { scopeFilter } from '../../../src/core/tenant/scope-filter.ts';
import { everything, type Hierarchy } from '../../../src/core/tenant/hierarchy.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { engines } from '../engines.ts';

const [shop, pay] = ['1', '2'].map((digit) => `/subscriptions/${digit.repeat(8)}-0000-4000-8000-000000000000`) as [
  string,
  string,
];
const at = (subscription: string, group: string, name: string, type = 'Microsoft.Compute/virtualMachines'): string =>
  `${subscription}/resourceGroups/${group}/providers/${type}/${name}`;

const [disks, ports] = ['aaaa', 'bbbb'] as [string, string];
const resources = [
  { id: at(shop, 'RG-Web', 'vm-1'), keys: [disks, ports], unhealthy: [ports] },
  { id: at(shop, 'RG-Web', 'web-vm'), keys: [disks], unhealthy: [] },
  { id: at(shop, 'rg-größe', "vm,'%_#"), keys: [disks], unhealthy: [disks] },
  { id: at(pay, 'rg-web', 'vm-1'), keys: [disks], unhealthy: [] },
  { id: at(pay, 'rg-db', 'store', 'Microsoft.Sql/servers'), keys: [ports], unhealthy: [ports] },
  { id: shop, keys: [ports], unhealthy: [ports] },
];

const hierarchy: Hierarchy = { managementGroups: [], subscriptions: [] };
const sightOf = (scopes: readonly string[], hidden: readonly string[] = []) =>
  scopeFilter({ scopes, hidden, hierarchy });

/** Whoever searches a resource finds it among those that assessments name and that they may see, without a call to Azure. */
describe.each(engines)('searching resources on $engine', ({ open, whyNot }) => {
  let opened: OpenStore | undefined;
  const run = whyNot === undefined ? it : it.skip;
  beforeAll(async () => {
    if (whyNot !== undefined) return;
    opened = await open();
    const bySubscription = Map.groupBy(resources, ({ id }) => normalId(subscriptionOf(id) ?? ''));
    for (const [slice, those] of bySubscription) {
      const rows = those.map((each) => ({ key: normalId(each.id), data: keptResource({ exempt: [], ...each }) }));
      await opened.store.mirror.replace('resources', slice, rows, new Date('2026-12-01T12:00:00Z'));
    }
  });
  afterAll(() => opened?.close());

  const find = async (asked: Partial<Omit<ResourceQuestion, 'words'>> & { readonly words?: string[] }) => {
    const words = (asked.words ?? []).map((text) => ({ text, subscriptions: text === 'shop-prod' ? [shop] : [] }));
    const question = { sight: sightOf([everything]), key: undefined, most: 15, ...asked, words };
    return (await opened!.store.resourceSearch.find(question)).map(({ id }) => id.split('/').at(-1));
  };

  run('finds names, groups and types, those whose names begin with the text first', async () => {
    expect(await find({ words: ['vm'] })).toEqual(["vm,'%_#", 'vm-1', 'vm-1', 'web-vm']);
    expect(await find({ words: ['sql'] })).toEqual(['store']);
    expect(await find({ words: ['rg-web'] })).toEqual(['vm-1', 'web-vm', 'vm-1']);
    expect(await find({ words: ['größe'] })).toEqual(["vm,'%_#"]);
  });

  run('finds a group by all of its name, however many names contain it', async () => {
    const word = { text: 'rg-web', subscriptions: [], whole: true };
    const question = { sight: sightOf([everything]), key: undefined, most: 15, words: [word] };
    expect(await opened!.store.resourceSearch.groups(question)).toHaveLength(2);
    const part = { ...question, words: [{ ...word, text: 'rg-we' }] };
    expect(await opened!.store.resourceSearch.groups(part)).toEqual([]);
  });

  run('takes every character as itself', async () => {
    expect(await find({ words: ["'%_"] })).toEqual(["vm,'%_#"]);
    expect(await find({ words: ['%'] })).toEqual(["vm,'%_#"]);
    expect(await find({ words: ['\\'] })).toEqual([]);
  });

  run('wants all words, and takes one for a subscription that it names', async () => {
    expect(await find({ words: ['vm', 'shop-prod'] })).toEqual(["vm,'%_#", 'vm-1', 'web-vm']);
    expect(await find({ words: ['vm', 'sql'] })).toEqual([]);
  });

  run('finds those that have a recommendation, and no more than are wanted', async () => {
    expect(await find({ key: ports })).toEqual([shop.split('/').at(-1), 'vm-1', 'store']);
    expect(await find({ most: 2 })).toHaveLength(2);
  });

  run('shows nothing outside the sight of the person', async () => {
    expect(await find({ words: ['vm'], sight: sightOf([pay]) })).toEqual(['vm-1']);
    expect(await find({ words: ['vm'], sight: sightOf([`${shop}/resourceGroups/rg-web`]) })).toEqual([
      'vm-1',
      'web-vm',
    ]);
    expect(await find({ words: ['vm'], sight: sightOf([shop], [`${shop}/resourceGroups/rg-web`]) })).toEqual([
      "vm,'%_#",
    ]);
    expect(await find({ sight: sightOf([]) })).toEqual([]);
  });

  run('forgets what a later reading no longer has', async () => {
    await opened!.store.mirror.replace('resources', pay, [], new Date('2026-12-01T13:00:00Z'));
    expect(await find({ words: ['store'] })).toEqual([]);
    expect(await find({ words: ['vm'] })).toHaveLength(3);
  });
});
