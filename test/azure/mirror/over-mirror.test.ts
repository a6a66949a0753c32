import { createAzure, type Azure } from '../../../src/azure/azure.ts';
import {
  mayDo,
  readAssessments,
  readExemptions,
  writeExemptions,
  type Access,
} from '../../../src/core/access/access.ts';
import type { KeptResource } from '../../../src/core/mirror/kept-resource.ts';
import type { MirrorStore } from '../../../src/core/mirror/mirror.ts';
import { normalId, resourceGroupOf } from '../../../src/core/tenant/arm-id.ts';
import { refreshMirror } from '../../../src/workflow/mirror/refresh-mirror.ts';
import { startAzureSimulator, type AzureSimulator } from '../../../simulator/azure/server.ts';
import { redirectingHttpClient } from '../../../simulator/azure/redirecting-http-client.ts';
import { createClock } from '../../../simulator/clock.ts';
import { authorise } from '../../../simulator/tenant/authorization.ts';
import { botPrincipal } from '../../../simulator/tenant/person.ts';
import { roles } from '../../../simulator/tenant/role-definitions.ts';
import { openTenant } from '../../../simulator/tenant/open-tenant.ts';
import type { Tenant } from '../../../simulator/tenant/tenant.ts';
import { emptyStore } from '../../fakes/worker-store.ts';

/** Each as a text, because the order in which roles arrive means nothing. */
const comparable = ({ grants, denials, unread }: Access) => ({
  grants: grants.map((each) => JSON.stringify(each)).toSorted(),
  denials: denials.map((each) => JSON.stringify(each)).toSorted(),
  unread,
});

/** Lists over what was read for all show nobody more, and nothing else, than questions in the turn of the person would. */
describe.each(['contoso', 'fabrikam'] as const)('lists over the mirror of %s', (name) => {
  const clock = createClock(() => Date.parse('2026-12-01T08:00:00Z'));
  const calls: string[] = [];
  let tenant: Tenant;
  let simulator: AzureSimulator;
  let live: Azure;
  let kept: MirrorStore;
  let lists: ReturnType<Azure['overMirror']>['sources'];

  beforeAll(async () => {
    tenant = openTenant({ tenant: name }, clock.now);
    simulator = await startAzureSimulator({ tenant, clock, port: 0 });
    const redirected = redirectingHttpClient({
      'https://management.azure.com': simulator.url,
      'https://graph.microsoft.com': simulator.url,
    });
    const open = () =>
      createAzure({
        credential: { getToken: async () => ({ token: 'bot', expiresOnTimestamp: Date.now() + 3_600_000 }) },
        httpClient: {
          sendRequest: (request) => {
            calls.push(new URL(request.url).pathname);
            return redirected.sendRequest(request);
          },
        },
        now: clock.now,
        pause: async () => undefined,
      });
    live = open();
    const over = open().overMirror((await emptyStore()).store.mirror);
    ({ store: kept, sources: lists } = over);
    await refreshMirror({ mirrorSource: live.mirrorSource, now: clock.now, database: { mirror: kept } });
  }, 120_000);
  afterAll(() => simulator.close());

  const people = () => {
    const humans = tenant.principals.filter(({ key }) => key !== 'bot');
    const step = Math.ceil(humans.length / 25);
    return humans.filter((_, index) => index % step === 0);
  };
  const personOf = ({ objectId }: { readonly objectId: string }) => ({ objectId, tenantId: tenant.tenantId, name: '' });

  it('know of each person exactly the roles and denials that Azure tells of them', async () => {
    for (const each of people())
      expect([each.key, comparable(await lists.forReading(personOf(each)))]).toEqual([
        each.key,
        comparable(await live.forReading(personOf(each))),
      ]);
  });

  it('let nobody do what Azure would refuse', async () => {
    const hierarchy = await lists.hierarchy();
    const scopes = [
      ...hierarchy.subscriptions.map(({ id }) => id),
      ...tenant.resources.filter((_, index) => index % 997 === 0).map(({ id }) => id),
    ];
    for (const each of people()) {
      const access = await lists.forReading(personOf(each));
      const tooMuch = scopes.flatMap((scope) =>
        [readAssessments, readExemptions, writeExemptions]
          .filter((action) => mayDo(access, action, scope, hierarchy))
          .filter((action) => authorise(tenant, each, action, scope).kind !== 'allowed')
          .map((action) => `${action} at ${scope}`),
      );
      expect([each.key, tooMuch]).toEqual([each.key, []]);
    }
  });

  it('know the same scopes, recommendations and scores', async () => {
    const subscriptions = (await live.hierarchy()).subscriptions.map(({ id }) => id);
    expect(await lists.hierarchy()).toEqual(await live.hierarchy());
    expect(await lists.recommendations.catalogue()).toEqual(await live.recommendations.catalogue());
    const [scores, others] = [
      await lists.secureScores.scores(subscriptions),
      await live.secureScores.scores(subscriptions),
    ];
    expect(scores).toHaveLength(others.length);
    expect(scores).toEqual(expect.arrayContaining(others));
    expect(await lists.secureScores.scores(subscriptions.slice(0, 1))).toEqual(
      await live.secureScores.scores(subscriptions.slice(0, 1)),
    );
    const counts = await lists.secureScores.openCounts(subscriptions.slice(0, 2));
    const counted = await live.secureScores.openCounts(subscriptions.slice(0, 2));
    expect(counts).toHaveLength(counted.length);
    expect(counts).toEqual(expect.arrayContaining(counted));
  });

  it('know the same policy assignments, pinned versions, exclusions and selectors included', async () => {
    const found = await lists.policiesForLists.assignments();
    const byId = (all: typeof found) => all.toSorted((a, b) => (a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1));
    const before = calls.length;
    expect(byId(await lists.policiesForLists.assignments())).toEqual(byId(found));
    expect(calls).toHaveLength(before);
    expect(byId(found)).toEqual(byId(await live.policiesForLists.assignments()));
    expect(found.length).toBeGreaterThan(2);
  });

  it('know every resource that Defender assesses, with its recommendations', async () => {
    const rows = (await kept.rows('resources')) as KeptResource[];
    const where = { subscriptions: (await live.hierarchy()).subscriptions.map(({ id }) => id), narrower: [] };
    const keys = [...new Set(rows.flatMap(({ unhealthy }) => unhealthy))].slice(0, 20);
    const answers = await live.recommendations.assessmentsOfAll(keys.map((key) => ({ key, where })));
    const normal = (ids: readonly string[]): string[] => [...new Set(ids.map(normalId))].toSorted();
    for (const [index, key] of keys.entries()) {
      const assessed = answers[index] ?? [];
      const unhealthy = assessed.filter(({ status }) => status === 'unhealthy');
      const having = rows.filter((each) => each.keys.includes(key));
      const open = rows.filter((each) => each.unhealthy.includes(key));
      expect([key, normal(having.map(({ id }) => id))]).toEqual([
        key,
        normal(assessed.map(({ resourceId }) => resourceId)),
      ]);
      expect(normal(open.map(({ id }) => id))).toEqual(normal(unhealthy.map(({ resourceId }) => resourceId)));
    }
    expect(keys.length).toBeGreaterThan(5);
  });

  it('know no tags where the bot may read none of resources, which is not the same as no tags', async () => {
    const rows = (await kept.rows('resources')) as KeptResource[];
    const groups = new Set(tenant.resourceGroups.map(({ id }) => normalId(id)));
    const inGroups = rows.filter(({ id }) => groups.has(normalId(resourceGroupOf(id) ?? '')));
    expect(inGroups.length).toBeGreaterThan(5);
    const bot = tenant.principals.find(({ key }) => key === 'bot')!;
    const types = new Map(tenant.resources.map(({ id, type }) => [normalId(id), type]));
    const mayRead = (id: string): boolean =>
      authorise(tenant, bot, `${types.get(normalId(id)) ?? ''}/read`, id).kind === 'allowed';
    expect(inGroups.filter(({ id, tags }) => tags !== undefined && !mayRead(id))).toEqual([]);
  });

  it('know what Defender made somebody the owner of', async () => {
    const rows = (await kept.rows('resources')) as KeptResource[];
    const governed = rows.filter(({ governed: owners }) => owners !== undefined);
    expect(governed.length).toBeGreaterThan(1);
    for (const { id, governed: owners, unhealthy } of rows) {
      const owner = tenant.governanceOwnerOf?.(id)?.toLowerCase();
      const expected = Object.fromEntries(unhealthy.map((key) => [key, owner]));
      expect([id, owners]).toEqual([id, owner === undefined || unhealthy.length === 0 ? undefined : expected]);
    }
  });

  it('know the tags that count, once the bot has Reader: of the resource, its group and its subscription', async () => {
    const own = tenant.roleAssignments.filter(({ principalId }) => principalId === botPrincipal.objectId);
    tenant.roleAssignments.push(...own.map((each) => ({ ...each, name: `${each.name}-r`, role: roles.reader })));
    await clock.advance('PT61M');
    await refreshMirror({ mirrorSource: live.mirrorSource, now: clock.now, database: { mirror: kept } });
    const rows = (await kept.rows('resources')) as KeptResource[];
    const resources = new Map(tenant.resources.map((each) => [normalId(each.id), each]));
    const lower = (tags = {}) =>
      Object.fromEntries(Object.entries(tags).map(([tag, value]) => [tag.toLowerCase(), value]));
    const bot = tenant.principals.find(({ key }) => key === 'bot')!;
    const known = rows.flatMap(({ id, tags }) => {
      const resource = resources.get(normalId(id));
      if (resource === undefined || authorise(tenant, bot, `${resource.type}/read`, id).kind !== 'allowed') return [];
      const subscription = tenant.subscriptions.find((each) => each.subscriptionId === resource.subscriptionId)!;
      const expected = { ...lower(subscription.tags), ...lower(resource.resourceGroup.tags), ...lower(resource.tags) };
      return [{ id, tags, expected }];
    });
    expect(known.length).toBeGreaterThan(20);
    expect(known.map(({ tags }) => tags)).toEqual(known.map(({ expected }) => expected));
  });

  it('ask only Microsoft Graph, and only once for each person in five minutes', async () => {
    const [, , somebody] = people();
    clock.advance('PT6M').catch(() => undefined);
    calls.length = 0;
    await lists.hierarchy();
    await lists.recommendations.catalogue();
    await lists.forReading(personOf(somebody!));
    await lists.forReading(personOf(somebody!));
    expect(calls).toEqual([`/v1.0/users/${somebody!.objectId}/getMemberGroups`]);
  });

  it('ask Azure again if what was read is too old', async () => {
    const [somebody] = people();
    await clock.advance('PT20M');
    calls.length = 0;
    await lists.forReading(personOf(somebody!));
    expect(calls.filter((path) => path.endsWith('/resources')).length).toBeGreaterThan(0);
  });
});
