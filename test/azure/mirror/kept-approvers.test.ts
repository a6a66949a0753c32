import { createAzure, type Azure } from '../../../src/azure/azure.ts';
import { exemptFromAssignment, writeExemptions } from '../../../src/core/access/access.ts';
import { countApprovers } from '../../../src/core/access/approver-count.ts';
import { holds, lendable, type NeededRight } from '../../../src/core/plan/exemption-rights.ts';
import { managementGroupId, scopeOfExtension } from '../../../src/core/tenant/arm-id.ts';
import { refreshMirror } from '../../../src/workflow/mirror/refresh-mirror.ts';
import { startAzureSimulator, type AzureSimulator } from '../../../simulator/azure/server.ts';
import { redirectingHttpClient } from '../../../simulator/azure/redirecting-http-client.ts';
import { createClock } from '../../../simulator/clock.ts';
import { openTenant } from '../../../simulator/tenant/open-tenant.ts';
import type { Tenant } from '../../../simulator/tenant/tenant.ts';
import { emptyStore } from '../../fakes/worker-store.ts';

const nothingLent = { actions: [], groups: [] };

/** Azure as the product sees it, over HTTP, and what of it the mirror keeps. */
const open = async (name: 'contoso' | 'fabrikam', approverGroups: readonly string[] = []) => {
  const clock = createClock(() => Date.parse('2026-12-01T08:00:00Z'));
  const tenant: Tenant = openTenant({ tenant: name, subscriptions: 30 }, clock.now);
  const calls: { path: string; level: string | undefined }[] = [];
  const waits: number[] = [];
  const simulator: AzureSimulator = await startAzureSimulator({ tenant, clock, port: 0 });
  const redirected = redirectingHttpClient({
    'https://management.azure.com': simulator.url,
    'https://graph.microsoft.com': simulator.url,
  });
  const azure: Azure = createAzure({
    credential: { getToken: async () => ({ token: 'bot', expiresOnTimestamp: Date.now() + 3_600_000 }) },
    httpClient: {
      sendRequest: (request) => {
        const { pathname, search } = new URL(request.url);
        calls.push({ path: `${pathname}${search}`, level: request.headers.get('ConsistencyLevel') });
        return redirected.sendRequest(request);
      },
    },
    now: clock.now,
    approverGroups,
    pause: async (milliseconds) => void waits.push(milliseconds),
  });
  const { store, sources } = azure.overMirror((await emptyStore()).store.mirror);
  const refresh = () =>
    refreshMirror({ mirrorSource: azure.mirrorSource, now: clock.now, database: { mirror: store } });
  return { clock, tenant, simulator, azure, store, sources, calls, waits, refresh };
};

type World = Awaited<ReturnType<typeof open>>;

/** What a request of everything at a scope takes: to write there, and to exempt from the assignment. */
const rightsAt = (scope: string, assignmentScope: string): NeededRight[] => [
  { action: writeExemptions, scope },
  { action: exemptFromAssignment, scope: assignmentScope },
];

/** Everybody whom Azure itself lets do it, asked one by one as for a list. */
const everybodyWho = async (
  { azure, tenant }: World,
  rights: readonly NeededRight[],
  lent: { readonly actions: readonly string[]; readonly groups: readonly string[] } = nothingLent,
): Promise<string[]> => {
  const hierarchy = await azure.hierarchy();
  const found: string[] = [];
  for (const { objectId, type } of tenant.principals) {
    if (type !== 'User') continue;
    const person = { objectId, tenantId: tenant.tenantId, name: '' };
    if (tenant.people.some((each) => each.objectId === objectId && each.belonging === 'guest')) continue;
    const access = await azure.forReading(person);
    const groups = lent.groups.length === 0 ? [] : ((await azure.groupsForDecision(person)) ?? []);
    const actions = groups.some((id) => lent.groups.includes(id)) ? lent.actions : [];
    if (rights.every((each) => holds(access, each, hierarchy, actions))) found.push(objectId);
  }
  return found.toSorted();
};

const countedBy = async (
  { sources }: World,
  rights: readonly NeededRight[],
  more: Partial<Parameters<typeof sources.approvers.factsFor>[0]> = {},
  asker?: string,
) => {
  const facts = await sources.approvers.factsFor({ rights, lent: nothingLent, named: [], ...more });
  return facts === undefined ? undefined : { ...countApprovers(facts, asker), unread: facts.unread };
};

describe.each(['contoso', 'fabrikam'] as const)('who could approve in %s, as the mirror knows it', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await open(name);
    await world.refresh();
  }, 120_000);
  afterAll(() => world.simulator.close());

  it('is whom Azure would let write the exemptions, at every kind of scope', async () => {
    const { tenant, azure } = world;
    const hierarchy = await azure.hierarchy();
    const assignments = tenant.policyAssignments.map(({ id }) => scopeOfExtension(id));
    const scopes = [
      ...hierarchy.managementGroups.map((each) => managementGroupId(each.name)),
      ...hierarchy.subscriptions.map(({ id }) => id),
      ...tenant.resourceGroups.filter((_, at) => at % 40 === 0).map(({ id }) => id),
      ...tenant.resources.filter((_, at) => at % 500 === 0).map(({ id }) => id),
    ];
    const numbers: number[] = [];
    for (const [at, scope] of scopes.entries()) {
      if (at % 4 !== 0 && scopes.length > 40) continue;
      const rights = rightsAt(scope, assignments[at % assignments.length] ?? scope);
      const people = await everybodyWho(world, rights);
      numbers.push(people.length);
      expect([scope, await countedBy(world, rights)]).toEqual([
        scope,
        expect.objectContaining({ least: people.length, most: people.length, unread: 0 }),
      ]);
    }
    expect(Math.max(...numbers)).toBeGreaterThan(0);
    expect(Math.min(...numbers)).toBe(0);
  }, 120_000);

  it('does not count who asks, and asks nobody anything', async () => {
    const bob = world.tenant.people.find(({ key }) => key === 'bob')!;
    const scope = name === 'contoso' ? managementGroupId('contoso') : managementGroupId('fab-landingzones');
    const [rights, before] = [rightsAt(scope, scope), world.calls.length];
    const all = await countedBy(world, rights);
    const others = await countedBy(world, rights, {}, bob.objectId.toUpperCase());
    expect(others!.least).toBe(all!.least - 1);
    expect(world.calls).toHaveLength(before);
  });

  it('asks Microsoft Graph for each group once an hour, in pages and with the header that a cast needs', async () => {
    const ofGroups = () => world.calls.filter(({ path }) => path.includes('/transitiveMembers/'));
    const first = ofGroups();
    expect(first.length).toBeGreaterThan(0);
    expect(new Set(first.map(({ path }) => path)).size).toBe(first.length);
    expect(first.every(({ level }) => level === 'eventual')).toBe(true);
    await world.clock.advance('PT5M');
    await world.refresh();
    expect(ofGroups()).toHaveLength(first.length);
    await world.clock.advance('PT55M');
    await world.refresh();
    expect(ofGroups()).toHaveLength(2 * first.length);
  });
});

describe('what of the directory cannot be read, or does not count', () => {
  const cloudSecurity = '00000000-0000-4000-8000-000000000201';
  const everybody = '00000000-0000-4000-8000-000000000202';
  const contoso = managementGroupId('contoso');
  const rights = rightsAt(contoso, contoso);
  let world: World;
  let pat: string;
  const idOf = (key: string): string => world.tenant.people.find((each) => each.key === key)!.objectId;
  beforeEach(async () => {
    world = await open('contoso', [everybody]);
    pat = world.tenant.portalAuthor.objectId;
  });
  afterEach(() => world.simulator.close());
  const give = (principalId: string, change: Partial<Tenant['roleAssignments'][number]> = {}) => {
    const pattern = world.tenant.roleAssignments.find((each) => each.principalId === cloudSecurity)!;
    const name = `0a551600-0000-4000-8000-0000000009${world.tenant.roleAssignments.length}`;
    world.tenant.roleAssignments.push({ ...pattern, name, principalId, principalType: 'User', ...change });
  };
  const counted = async (...more: [Parameters<typeof countedBy>[2]?, string?]) => {
    await world.refresh();
    return countedBy(world, rights, ...more);
  };

  it('counts the members of the group, with their names', async () => {
    expect(await counted()).toEqual({ least: 2, most: 2, names: ['Bob Berger', 'pat'], unread: 0 });
  });

  it('leaves out guests, and accounts that are disabled or deleted, with a role of their own or through a group', async () => {
    for (const key of ['gina', 'erin', 'frank']) give(idOf(key));
    world.tenant.settings.disabledAccounts = [pat, idOf('erin')];
    world.tenant.settings.deletedAccounts = [idOf('frank')];
    expect(await counted()).toEqual({ least: 1, most: 1, names: ['Bob Berger'], unread: 0 });
  });

  it('counts them where it may only read groups, without names', async () => {
    give(idOf('erin'));
    world.tenant.settings.disabledAccounts = [pat];
    world.tenant.settings.usersReadable = false;
    expect(await counted()).toEqual({ least: 3, most: 3, names: [], unread: 0 });
  });

  it('knows no number without consent, and keeps that until the next reading', async () => {
    give(idOf('erin'));
    world.tenant.settings.groupsReadable = false;
    expect(await counted()).toEqual({ least: 1, most: Infinity, names: ['Erin Eder'], unread: 1 });
    world.tenant.settings.groupsReadable = true;
    await world.clock.advance('PT30M');
    expect(await counted()).toMatchObject({ most: Infinity });
    await world.clock.advance('PT30M');
    expect(await counted()).toMatchObject({ least: 3, most: 3 });
  });

  it('tells a group that hides its members from an empty one', async () => {
    world.tenant.settings.hiddenGroups = [cloudSecurity];
    expect(await counted()).toMatchObject({ least: 0, most: Infinity, unread: 1 });
    world.tenant.settings.hiddenGroups = [];
    world.tenant.settings.deletedAccounts = [pat, idOf('bob')];
    await world.clock.advance('PT1H');
    expect(await counted()).toMatchObject({ least: 0, most: 0, unread: 0 });
  });

  it('counts nobody of a group that was deleted and still has its role', async () => {
    give('00000000-0000-4000-8000-0000000002ff', { principalType: 'Group' });
    expect(await counted()).toMatchObject({ least: 2, most: 2, unread: 0 });
  });

  /** Makes a group of so many people that may approve; how many questions it took to read it. */
  const withGroupOf = async (size: number) => {
    const { groups, principals } = world.tenant as unknown as { groups: unknown[]; principals: unknown[] };
    const sizes = [groups.length, principals.length] as const;
    const id = '00000000-0000-4000-8000-0000000002ee';
    const many = Array.from({ length: size }, (_, at) => `00000000-0000-4000-8000-1${String(at).padStart(11, '0')}`);
    principals.push(
      ...many.map((objectId) => ({ key: objectId, objectId, signature: `${objectId}@contoso.com`, type: 'User' })),
    );
    groups.push({ id, displayName: 'Many', members: many });
    give(id, { principalType: 'Group' });
    const found = await counted();
    [groups.length, principals.length] = sizes;
    return { ...found, questions: world.calls.filter(({ path }) => path.includes('2ee/transitiveMembers')).length };
  };

  it('follows pages to the last', async () => {
    expect(await withGroupOf(2100)).toMatchObject({ least: 2102, most: 2102, unread: 0, questions: 3 });
  });

  it('stops at 5,000 members, and then knows only that there are at least so many', async () => {
    expect(await withGroupOf(9000)).toMatchObject({ least: 5002, most: Infinity, unread: 1, questions: 6 });
  });

  const fail = (fault: object) =>
    fetch(`${world.simulator.url}/simulator/faults`, { method: 'POST', body: JSON.stringify(fault) });

  it('waits as long as Microsoft Graph asks it to, and keeps what was read where that does not help', async () => {
    const before = await counted();
    await world.clock.advance('PT1H');
    await fail({ kind: '429', match: '/transitiveMembers/', milliseconds: 3000, next: 1 });
    world.waits.length = 0;
    expect(await counted()).toEqual(before);
    expect(world.waits).toContain(3000);
    await world.clock.advance('PT1H');
    await fail({ kind: '429', match: '/transitiveMembers/', milliseconds: 3000 });
    await expect(world.refresh()).rejects.toThrow(/slow down/);
    expect(await countedBy(world, rights)).toEqual(before);
    await world.clock.advance('PT12H');
    await world.refresh().catch(() => undefined);
    expect(await countedBy(world, rights)).toMatchObject({ least: 0, most: Infinity, unread: 1 });
  });

  it('counts who is lent the right on assignments, as Azure would', async () => {
    const shop = world.tenant.subscriptions.find(({ name }) => name === 'shop-prod')!;
    const scope = `/subscriptions/${shop.subscriptionId}`;
    give(idOf('erin'), { scope });
    const lent = { actions: lendable, groups: [everybody] };
    const wanted = rightsAt(scope, contoso);
    await world.refresh();
    const people = await everybodyWho(world, wanted, lent);
    expect(people).toContain(idOf('erin'));
    expect(await countedBy(world, wanted, { lent })).toMatchObject({ least: people.length, most: people.length });
    expect(await countedBy(world, wanted)).toMatchObject({ least: people.length - 1, most: people.length - 1 });
  });

  it('counts only who is in every list of the governance file, groups without a role too', async () => {
    give(idOf('erin'));
    give(idOf('dan'));
    await world.refresh();
    const named = [{ people: [], groups: [everybody] }];
    expect(await countedBy(world, rights, { named })).toMatchObject({ least: 3, most: 3, unread: 0 });
    named.push({ people: [idOf('erin')] as never[], groups: [] });
    expect(await countedBy(world, rights, { named })).toMatchObject({ least: 1, names: ['Erin Eder'] });
  });

  it('leaves out a role whose condition nobody can tell, and whom a deny assignment stops', async () => {
    const unknown = "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:HR_Dept] StringEquals 'Sales'";
    give(idOf('erin'), { condition: { text: unknown } });
    give(idOf('dan'));
    world.tenant.denyAssignments.push({
      ...world.tenant.denyAssignments[0]!,
      name: '0de11000-0000-4000-8000-000000000077',
      scope: contoso,
      principals: [idOf('dan')],
      excludePrincipals: [],
    });
    expect(await counted()).toMatchObject({ least: 2, most: 2, names: ['Bob Berger', 'pat'] });
    expect(await everybodyWho(world, rights)).toHaveLength(2);
  });

  it('says nothing before the first reading, and nothing an hour after roles were read for the last time', async () => {
    expect(await countedBy(world, rights)).toBeUndefined();
    await world.refresh();
    await world.clock.advance('PT2H');
    expect(await countedBy(world, rights)).toBeUndefined();
  });
});
