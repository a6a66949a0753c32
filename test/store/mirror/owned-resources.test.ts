import { keptResource } from '../../../src/core/mirror/kept-resource.ts';
import type { OwnerWanted } from '../../../src/core/mirror/resource-standings.ts';
import { normalId, subscriptionOf } from '../../../src/core/tenant/arm-id.ts';
import { everything, type Hierarchy } from '../../../src/core/tenant/hierarchy.ts';
import { scopeFilter } from '../../../src/core/tenant/scope-filter.ts';
import { tagWanted } from '../../../src/core/tenant/tag-filter.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { engines } from '../engines.ts';

const [shop, pay] = ['1', '2'].map((digit) => `/subscriptions/${digit.repeat(8)}-0000-4000-8000-000000000000`) as [
  string,
  string,
];
const machine = (subscription: string, name: string) =>
  `${subscription}/resourceGroups/rg-web/providers/Microsoft.Compute/virtualMachines/${name}`;
const [disks, ports] = ['aaaa', 'bbbb'] as [string, string];

type Kept = Parameters<typeof keptResource>[0];
const both: Pick<Kept, 'unhealthy' | 'exempt' | 'keys'> = { unhealthy: [disks], exempt: [ports], keys: [disks, ports] };
const resources: readonly Kept[] = [
  { id: machine(shop, 'whole'), ...both, tags: { owner: 'ALICE@contoso.com' } },
  { id: machine(shop, 'among'), ...both, tags: { contact: 'bob@contoso.com; Alice Anders <other@contoso.com>' } },
  { id: machine(shop, 'longer'), ...both, tags: { owner: 'malice@contoso.com, Alice Andersson', env: 'prod' } },
  { id: machine(shop, 'elsewhere'), ...both, tags: { creator: 'alice@contoso.com' } },
  { id: machine(pay, 'governed'), ...both, tags: {}, governed: { [disks]: 'alice@contoso.com', [ports]: 'bob' } },
  { id: machine(pay, 'healthy'), keys: [disks], unhealthy: [], exempt: [], tags: { owner: 'alice@contoso.com' } },
  { id: machine(pay, 'unread'), ...both, tags: undefined },
];

const hierarchy: Hierarchy = { managementGroups: [], subscriptions: [] };
const sightOf = (scopes: readonly string[]) => scopeFilter({ scopes, hidden: [], hierarchy });

/** Whose a resource is can be said by tags, by Defender and by roles; each only where the person may read it. */
describe.each(engines)('the resources of an owner on $engine', ({ open, whyNot }) => {
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
  const ask = (more: Partial<OwnerWanted> = {}, { tag = '', tagSight = all } = {}) => ({
    sight: all,
    tagSight,
    resources: undefined,
    tag: tagWanted(tag),
    owner: {
      names: ['alice anders', 'alice@contoso.com'],
      tags: ['owner', 'contact'],
      governanceSight: all,
      roles: sightOf([]).shown,
      ...more,
    },
  });
  const said = async (...asked: Parameters<typeof ask>): Promise<string[]> => {
    const { rows, matches } = await opened!.store.resourceStandings.standings(ask(...asked));
    const { tags, governance, roles } = matches!;
    return [
      ...rows.map(({ key, unhealthy, exempted }) => `${key} ${unhealthy} ${exempted}`).toSorted(),
      ...[...tags].map(([tag, count]) => `${tag} ${count}`),
      `governance ${governance}`,
      `roles ${roles}`,
    ];
  };

  run('are those whose tag is one of the names, whole or among several, and what Defender gave them', async () => {
    expect(await said()).toEqual(['aaaa 3 0', 'bbbb 0 2', 'owner 1', 'contact 1', 'governance 1', 'roles 0']);
    expect(await said({ tags: ['creator'] })).toEqual(['aaaa 2 0', 'bbbb 0 1', 'creator 1', 'governance 1', 'roles 0']);
    expect(await said({}, { tag: 'env' })).toEqual(['governance 0', 'roles 0']);
  });

  run('are those where they hold a role of their own', async () => {
    const roles = sightOf([machine(shop, 'LONGER')]).shown;
    expect(await said({ roles })).toEqual(['aaaa 4 0', 'bbbb 0 3', 'owner 1', 'contact 1', 'governance 1', 'roles 1']);
    expect(await said({ names: [], roles: sightOf([pay]).shown })).toEqual([
      'aaaa 2 0',
      'bbbb 0 2',
      'governance 0',
      'roles 2',
    ]);
  });

  run('count by nothing that the person may not read', async () => {
    expect(await said({ governanceSight: sightOf([shop]) })).toContain('governance 0');
    expect(await said({}, { tagSight: sightOf([pay]) })).toEqual(['aaaa 1 0', 'governance 1', 'roles 0']);
  });

  run('are found under the recommendation that is theirs', async () => {
    const found = async (key: string, status: 'unhealthy' | 'exempt') =>
      (await opened!.store.resourceStandings.having(ask(), { key, status, skip: 0, most: 9 })).ids.map((id) =>
        id.split('/').at(-1),
      );
    expect(await found(disks, 'unhealthy')).toEqual(['among', 'whole', 'governed']);
    expect(await found(ports, 'exempt')).toEqual(['among', 'whole']);
  });
});
