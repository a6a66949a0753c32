import { keptResource } from '../../../src/core/mirror/kept-resource.ts';
import type { ResourcesWanted, StatusPart } from '../../../src/core/mirror/resource-standings.ts';
import { normalId, subscriptionOf } from '../../../src/core/tenant/arm-id.ts';
import { everything, type Hierarchy } from '../../../src/core/tenant/hierarchy.ts';
import { resourceFilterOf } from '../../../src/core/tenant/resource-filter.ts';
import { scopeFilter } from '../../../src/core/tenant/scope-filter.ts';
import { tagWanted } from '../../../src/core/tenant/tag-filter.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { engines } from '../engines.ts';

const [shop, pay] = ['1', '2'].map((digit) => `/subscriptions/${digit.repeat(8)}-0000-4000-8000-000000000000`) as [
  string,
  string,
];
const machine = (subscription: string, group: string, name: string, type = 'Microsoft.Compute/virtualMachines') =>
  `${subscription}/resourceGroups/${group}/providers/${type}/${name}`;
const [disks, ports] = ['aaaa', 'bbbb'] as [string, string];

const resources = [
  { id: machine(shop, 'RG-Web', 'a'), unhealthy: [disks, ports], exempt: [], tags: { env: 'Prod' } },
  {
    id: machine(shop, 'rg-100%', 'b'),
    unhealthy: [disks],
    exempt: [ports],
    tags: { env: 'pre-prod', note: "100%_\\'" },
  },
  { id: machine(pay, 'rg-web', 'c'), unhealthy: [], exempt: [disks], tags: { 'cost center': '42 a, Größe' } },
  { id: machine(pay, 'rg-web', 'd', 'Microsoft.Sql/servers'), unhealthy: [ports], exempt: [], tags: undefined },
].map((each) => ({ ...each, keys: [...each.unhealthy, ...each.exempt] }));

const hierarchy: Hierarchy = { managementGroups: [], subscriptions: [] };
const sightOf = (scopes: readonly string[]) => scopeFilter({ scopes, hidden: [], hierarchy });

/** What a list shows by tags is counted in the database, only of what the person may see and whose tags they may read. */
describe.each(engines)('counting resources by their tags on $engine', ({ open, whyNot }) => {
  let opened: OpenStore | undefined;
  const run = whyNot === undefined ? it : it.skip;
  beforeAll(async () => {
    if (whyNot !== undefined) return;
    opened = await open();
    for (const [slice, those] of Map.groupBy(resources, ({ id }) => normalId(subscriptionOf(id) ?? '')))
      await opened.store.mirror.replace(
        'resources',
        slice,
        those.map((each) => ({ key: normalId(each.id), data: keptResource(each) })),
        new Date('2026-12-01T12:00:00Z'),
      );
  });
  afterAll(() => opened?.close());

  const all = sightOf([everything]);
  const ask = (tag: string, more: Partial<ResourcesWanted> = {}): ResourcesWanted => ({
    sight: all,
    tagSight: all,
    resources: undefined,
    tag: tagWanted(tag),
    owner: undefined,
    ...more,
  });
  const counted = async (tag: string, more?: Partial<ResourcesWanted>) => {
    const { rows, untold } = await opened!.store.resourceStandings.standings(ask(tag, more));
    const said = rows.map(({ key, unhealthy, exempted }) => `${key} ${unhealthy} ${exempted}`).toSorted();
    return [...said, ...(untold === 0 ? [] : [`untold ${untold}`])];
  };

  run('compares names and values without case, and takes a star for any characters', async () => {
    expect(await counted('ENV=prod')).toEqual(['aaaa 1 0', 'bbbb 1 0', 'untold 1']);
    expect(await counted('env=*prod')).toEqual(['aaaa 2 0', 'bbbb 1 1', 'untold 1']);
    expect(await counted('env')).toEqual(['aaaa 2 0', 'bbbb 1 1', 'untold 1']);
    expect(await counted('cost center=42 a, größe')).toEqual(['aaaa 0 1', 'untold 1']);
  });

  run('takes every other character as itself', async () => {
    expect(await counted("note=100%_\\'")).toEqual(['aaaa 1 0', 'bbbb 0 1', 'untold 1']);
    for (const value of ['note=100__', 'note=%', "note=' or true --", 'note='])
      expect(await counted(value)).toEqual(['untold 1']);
  });

  run('narrows by type and resource group too', async () => {
    const only = (type: string, group: string) => ({ resources: resourceFilterOf({ type, group, text: '' }) });
    expect(await counted('env', only('', 'rg-100%'))).toEqual(['aaaa 1 0', 'bbbb 0 1']);
    expect(await counted('env', only('', 'rg-*'))).toHaveLength(3);
    expect(await counted('env', only('servers', ''))).toEqual(['untold 1']);
    expect(await counted('env', only('vm', 'rg-web'))).toEqual(['aaaa 1 0', 'bbbb 1 0']);
  });

  run('counts nothing outside the sight, and no tag that the person may not read', async () => {
    expect(await counted('env', { sight: sightOf([pay]) })).toEqual(['untold 1']);
    expect(await counted('env', { tagSight: sightOf([`${shop}/resourceGroups/rg-web`]) })).toEqual([
      'aaaa 1 0',
      'bbbb 1 0',
      'untold 3',
    ]);
    expect(await counted('env', { tagSight: sightOf([]) })).toEqual(['untold 4']);
  });

  run(
    'counts those with a recommendation that have one of some tags, and those whose tags nobody can read',
    async () => {
      const tagged = (scopes: readonly string[], key = ports) =>
        opened!.store.resourceStandings.countTagged({
          sight: sightOf(scopes),
          key: key.toUpperCase(),
          names: ['environment', 'env'],
          values: ['prod', 'production'],
        });
      expect(await tagged([everything])).toEqual({ all: 3, tagged: 1, untold: 1 });
      expect(await tagged([pay])).toEqual({ all: 1, tagged: 0, untold: 1 });
      expect(await tagged([everything], 'none')).toEqual({ all: 0, tagged: 0, untold: 0 });
    },
  );

  run('tells which recommendations are open or exempt in sight, and at or below which scopes one is', async () => {
    const { standingIn, scopesWith } = opened!.store.resourceStandings;
    expect((await standingIn(all, [disks.toUpperCase(), ports, 'none'])).toSorted()).toEqual([disks, ports]);
    expect(await standingIn(sightOf([`${pay}/resourceGroups/rg-web`]), [disks, ports])).toHaveLength(2);
    expect(await standingIn(sightOf([`${shop}/resourceGroups/rg-none`]), [disks])).toEqual([]);
    const places = [
      `${shop}/resourceGroups/rg-web`,
      `${shop}/resourceGroups/rg`,
      `${pay}/resourceGroups/rg-web`,
      machine(shop, 'rg-web', 'a'),
      machine(shop, 'rg-web', 'aa'),
    ].map(normalId);
    const found = await scopesWith(all, disks.toUpperCase(), places);
    expect(found.toSorted()).toEqual([places[0], places[2], places[3]].toSorted());
    expect(await scopesWith(sightOf([pay]), disks, places)).toEqual([places[2]]);
    expect(await scopesWith(all, 'none', places)).toEqual([]);
  });

  run('finds a part of those of a recommendation by status, in the order of their ids', async () => {
    const having = (tag: string, more = {}, part: Partial<StatusPart> = {}) =>
      opened!.store.resourceStandings.having(ask(tag, more), {
        ...{ key: disks.toUpperCase(), status: 'unhealthy', skip: 0, most: 10 },
        ...part,
      });
    const [a, b] = [normalId(machine(shop, 'rg-web', 'a')), normalId(machine(shop, 'rg-100%', 'b'))];
    expect(await having('env=prod')).toEqual({ ids: [a], found: 1 });
    expect(await having('env')).toEqual({ ids: [b, a], found: 2 });
    expect(await having('env', {}, { skip: 1, most: 1 })).toEqual({ ids: [a], found: 2 });
    expect(await having('env', {}, { key: ports, status: 'exempt' })).toEqual({ ids: [b], found: 1 });
    expect(await having('nothing')).toEqual({ ids: [], found: 0 });
    const sought = (text: string) => ({ resources: resourceFilterOf({ type: '', group: '', text }) });
    expect(await having('env', sought('100%'))).toEqual({ ids: [b], found: 1 });
    expect(await having('env', sought('resourcegroups'))).toEqual({ ids: [], found: 0 });
  });
});
