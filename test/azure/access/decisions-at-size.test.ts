import fc from 'fast-check';
import { redirectingHttpClient } from '../../../simulator/azure/redirecting-http-client.ts';
import { startAzureSimulator, type AzureSimulator } from '../../../simulator/azure/server.ts';
import { createClock } from '../../../simulator/clock.ts';
import { authorise } from '../../../simulator/tenant/authorization.ts';
import { createFabrikam } from '../../../simulator/tenant/fabrikam/create-fabrikam.ts';
import type { Tenant } from '../../../simulator/tenant/tenant.ts';
import { createAzure, type Azure } from '../../../src/azure/azure.ts';
import { exemptFromAssignment, mayDo, writeExemptions, type Access } from '../../../src/core/access/access.ts';
import { scopeChain, type Hierarchy } from '../../../src/core/tenant/hierarchy.ts';
import { credential } from '../canned-http-client.ts';

const clock = createClock(() => Date.parse('2026-03-02T09:00:00Z'));
const actions = [writeExemptions, exemptFromAssignment];

let tenant: Tenant;
let simulator: AzureSimulator;
let azure: Azure;
let hierarchy: Hierarchy;

beforeAll(async () => {
  tenant = createFabrikam({ now: clock.now, subscriptions: 30 });
  simulator = await startAzureSimulator({ tenant, clock, port: 0 });
  const origins = { 'https://management.azure.com': simulator.url, 'https://graph.microsoft.com': simulator.url };
  azure = createAzure({
    credential,
    httpClient: redirectingHttpClient(origins),
    now: clock.now,
    pause: async () => undefined,
    patience: { decisionInMs: 30_000 },
  });
  hierarchy = await azure.hierarchy();
}, 60_000);
afterAll(() => simulator.close());

/** Above the management groups of the bot it knows only names, and what a resource seems to lie in by its id may not exist. */
const isSeen = (scope: string): boolean =>
  tenant.exists(scope) &&
  !(hierarchy.unseen ?? []).some(({ name }) => scope.toLowerCase().endsWith(`/managementgroups/${name.toLowerCase()}`));

const personOf = (objectId: string) => ({ objectId, tenantId: tenant.tenantId, name: '' });

/** What the bot sees: resources of three subscriptions, so that several are in one group, and everything above some of them. */
const placesFor = (seed: number): string[] => {
  const seen = hierarchy.subscriptions.map(({ id }) => id.toLowerCase());
  const some = [0, 1, 2].map((number) => seen[(seed * 7 + number * 11) % seen.length]!);
  const resources = tenant.resources.filter(({ id }) => some.includes(id.toLowerCase().split('/', 3).join('/')));
  return [...resources.slice(0, 40), ...resources.filter((_, index) => index % 37 === 0)].map(({ id }) => id);
};

const provable = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})";
const unprovable =
  "ActionMatches{'Microsoft.Authorization/*'} AND @Principal[Microsoft.Directory/x:y] StringEquals 'z'";

/** Roles and denials on single resources and groups, some with conditions: what an answer about something wider must not lose. */
const extra = fc.record({
  role: fc.constantFrom('Security Admin', 'Owner', 'Contributor', 'Fabrikam Exemption Writer'),
  at: fc.nat(12),
  level: fc.nat(6),
  condition: fc.constantFrom(undefined, provable, unprovable),
  denies: fc.boolean(),
});

const story = fc.record({
  seed: fc.nat(200),
  person: fc.nat(),
  targets: fc.array(fc.record({ at: fc.nat(12), level: fc.nat(6) }), { minLength: 1, maxLength: 8 }),
  extras: fc.array(extra, { maxLength: 3 }),
});

describe('a decision at a large, untidy company', () => {
  it('comes out the same, wherever Azure is asked, and as Azure would decide', async () => {
    const [firstRoles, firstDenials] = [[...tenant.roleAssignments], [...tenant.denyAssignments]];
    const verdicts = { allowed: 0, missing: 0, denied: 0 };
    await fc.assert(
      fc.asyncProperty(story, async ({ seed, person, targets, extras }) => {
        const resources = placesFor(seed);
        const up = ({ at, level }: { at: number; level: number }) => {
          const chain = scopeChain(resources[at % resources.length]!, hierarchy).filter(isSeen);
          return chain[Math.min(level, chain.length - 1)]!;
        };
        const principal = tenant.principals[person % tenant.principals.length]!;
        const added = extras.map((each, number) => ({ ...each, name: `extra-${number}`, scope: up(each) }));
        const text = (condition: string | undefined) =>
          condition === undefined ? {} : { condition: { text: condition, version: '2.0' } };
        tenant.roleAssignments.splice(
          0,
          Infinity,
          ...firstRoles,
          ...added.flatMap(({ role, scope, name, condition, denies }) =>
            denies
              ? []
              : [
                  {
                    name,
                    scope,
                    role: tenant.roleDefinitions.find(({ roleName }) => roleName === role)!.name,
                    principalId: principal.objectId,
                    principalType: 'User' as const,
                    ...text(condition),
                  },
                ],
          ),
        );
        tenant.denyAssignments.splice(
          0,
          Infinity,
          ...firstDenials,
          ...added.flatMap(({ scope, name, condition, denies }) =>
            denies
              ? [
                  {
                    name,
                    displayName: name,
                    scope,
                    actions: ['Microsoft.Authorization/policyExemptions/*'],
                    notActions: [],
                    principals: [principal.objectId],
                    excludePrincipals: [],
                    // A denial that nobody can prove wrong counts for us, and not in Azure.
                    ...text(condition === unprovable ? provable : condition),
                  },
                ]
              : [],
          ),
        );
        const scopes = targets.map(up);
        const who = personOf(principal.objectId);
        const now = Promise.resolve(hierarchy);
        const together = await azure.forDecision(who, scopes, now);
        const alone: Access[] = await Promise.all(scopes.map((scope) => azure.forDecision(who, [scope])));
        scopes.forEach((scope, index) => {
          for (const action of actions) {
            const verdict = authorise(tenant, principal, action, scope).kind;
            verdicts[verdict] += 1;
            const told = [together, alone[index]!].map((access) => mayDo(access, action, scope, hierarchy));
            expect([scope, action, ...told]).toEqual([scope, action, verdict === 'allowed', verdict === 'allowed']);
          }
        });
      }),
      { numRuns: 120 },
    );
    // A property that only ever sees one verdict proves nothing.
    expect(Math.min(...Object.values(verdicts))).toBeGreaterThan(20);
  }, 120_000);

  it('about a hundred resources of one subscription takes no more questions than about one', async () => {
    const sara = tenant.people.find(({ key }) => key === 'sara')!;
    const top = '/providers/Microsoft.Management/managementGroups/fabrikam';
    const [subscription] = hierarchy.subscriptions.map(({ id }) => id).filter((id) => id.endsWith('fab0'));
    const inside = tenant.resources.map(({ id }) => id).filter((id) => id.startsWith(`${subscription}/`));
    const now = Promise.resolve(hierarchy);
    const asked = async (scopes: readonly string[]): Promise<string[]> => {
      const before = simulator.requests().length;
      await azure.forDecision(sara, scopes, now);
      return simulator
        .requests()
        .slice(before)
        .map(({ path }) => path.split('?')[0]!.split('/').at(-1)!);
    };
    expect(inside.length).toBeGreaterThan(100);
    const kinds = ['denyAssignments', 'roleAssignments', 'roleEligibilityScheduleInstances'];
    const many = await asked([...inside.slice(0, 100), subscription!, top]);
    expect(many.filter((kind) => kinds.includes(kind)).toSorted()).toEqual(kinds);
    expect(many).toHaveLength((await asked([inside[0]!, top])).length);
  });

  it('asks about a management group itself if it was above the scopes before and is not any more', async () => {
    const sara = tenant.people.find(({ key }) => key === 'sara')!;
    const [subscription] = hierarchy.subscriptions;
    const group = scopeChain(subscription!.id, hierarchy)[1]!;
    await azure.forDecision(sara, [subscription!.id, group], Promise.resolve(hierarchy));
    const moved = { ...hierarchy, subscriptions: hierarchy.subscriptions.map((each) => ({ ...each, ancestors: [] })) };
    const before = simulator.requests().length;
    await azure.forDecision(sara, [subscription!.id, group], Promise.resolve(moved));
    const asked = simulator
      .requests()
      .slice(before)
      .map(({ path }) => decodeURIComponent(path).toLowerCase());
    expect(
      asked.filter((path) => path.startsWith(`${group.toLowerCase()}/providers/microsoft.authorization/deny`)),
    ).toHaveLength(1);
  });
});
