import fc from 'fast-check';
import { createAzure, type Azure } from '../../../src/azure/azure.ts';
import type { Exemption } from '../../../src/core/exemption/exemption.ts';
import { managementGroupId, scopesAbove } from '../../../src/core/tenant/arm-id.ts';
import { covers, everything, type Hierarchy } from '../../../src/core/tenant/hierarchy.ts';
import { nearTo } from '../../../src/core/tenant/scope-sets.ts';
import { redirectingHttpClient } from '../../../simulator/azure/redirecting-http-client.ts';
import { startAzureSimulator, type AzureSimulator } from '../../../simulator/azure/server.ts';
import { createClock } from '../../../simulator/clock.ts';
import { openTenant } from '../../../simulator/tenant/open-tenant.ts';
import { everyOne } from '../every-one.ts';

/** A plan compares with what stands around it, and the size of the tenant must not matter for that. */
describe.each(['contoso', 'fabrikam'] as const)('the exemptions near some scopes of %s', (name) => {
  const clock = createClock(() => Date.parse('2026-12-01T08:00:00Z'));
  let simulator: AzureSimulator;
  let azure: Azure;
  let all: readonly Exemption[];
  let hierarchy: Hierarchy;

  beforeAll(async () => {
    simulator = await startAzureSimulator({ tenant: openTenant({ tenant: name }, clock.now), clock, port: 0 });
    azure = createAzure({
      credential: { getToken: async () => ({ token: 'bot', expiresOnTimestamp: Date.now() + 3_600_000 }) },
      httpClient: redirectingHttpClient({ 'https://management.azure.com': simulator.url }),
      now: clock.now,
      pause: async () => undefined,
    });
    [all, hierarchy] = await Promise.all([everyOne(azure), azure.hierarchy()]);
  }, 120_000);
  afterAll(() => simulator.close());

  it('are those of the whole list that lie at, above or below one of them', async () => {
    const places = [
      everything,
      ...hierarchy.managementGroups.map((each) => managementGroupId(each.name)),
      ...hierarchy.subscriptions.map(({ id }) => id),
      ...all.flatMap(({ scope }) => scopesAbove(scope)),
    ];
    const idsOf = (exemptions: readonly Exemption[]) => exemptions.map(({ id }) => id).toSorted();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...places), { minLength: 1, maxLength: 3 }), async (scopes) => {
        const expected = all.filter(({ scope }) => nearTo(scopes, hierarchy)(scope));
        expect(idsOf(await azure.exemptions.near(scopes, hierarchy))).toEqual(idsOf(expected));
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('made in Defender are those of the whole list that lie at or above one of them', async () => {
    const made = await azure.everyExemption.ofDefender();
    expect(made.length).toBeGreaterThan(1);
    const places = [
      ...hierarchy.subscriptions.map(({ id }) => id),
      ...made.flatMap(({ scope }) => [...scopesAbove(scope), `${scope}/deeper`]),
    ];
    const idsOf = (exemptions: readonly { readonly id: string }[]) => exemptions.map(({ id }) => id).toSorted();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...places), { minLength: 1, maxLength: 3 }), async (scopes) => {
        const expected = made.filter((each) => scopes.some((scope) => covers(each.scope, scope, hierarchy)));
        expect(idsOf(await azure.defenderExemptions.above(scopes, hierarchy))).toEqual(idsOf(expected));
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
