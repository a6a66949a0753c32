import type { DefenderExemption } from '../../../src/core/inventory/defender-exemption.ts';
import type { Assessment } from '../../../src/core/tenant/recommendation.ts';
import { showRecommendation } from '../../../src/workflow/recommendation/show-recommendation.ts';
import { bob, shopGroup, shopProd, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot, boot, disks } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { pendingRequest } from '../../store/samples.ts';

const asker = { person: bob, channelId: undefined };
const past = new Date('2026-01-01T00:00:00Z');

const inDefender = (scope: string, more: Partial<DefenderExemption> = {}): DefenderExemption => ({
  ...exemption(atRoot, scope, undefined),
  id: `${scope}/providers/Microsoft.Security/standardAssignments/made-there`,
  recommendationKey: disks.key,
  excludedScopes: [],
  ...more,
});

describe('what exempts the resources of a recommendation', () => {
  let world: TestDesk;
  beforeEach(async () => {
    world = await makeDesk();
    world.tenant.show(disks, vm1, 'exempt');
  });
  const whatExempts = async () =>
    (await showRecommendation(world.desk, asker, disks.key)).exempted.map((each) => [
      each.assessment.resourceId,
      each.exemption?.displayName,
      each.madeIn,
    ]);

  it('is an exemption at the resource or above it that bears on the recommendation and is in force', async () => {
    const named = (scope: string, displayName: string, references: string[], expiresAt?: Date) =>
      exemption(atRoot, scope, references, {
        id: `${scope}/providers/Microsoft.Authorization/policyExemptions/${displayName}`,
        displayName,
        expiresAt,
      });
    world.tenant.put(named(vm10, 'elsewhere', ['diskEncryption']));
    world.tenant.put(named(vm1, 'another', ['secureBoot']));
    world.tenant.put(named(vm1, 'over', ['diskEncryption'], past));
    expect(await whatExempts()).toEqual([[vm1, undefined, 'policy']]);
    world.tenant.put(named(shopGroup, 'it', ['diskEncryption']));
    expect(await whatExempts()).toEqual([[vm1, 'it', 'policy']]);
  });

  it('is what was made in Defender where Azure Policy has none', async () => {
    world.tenant.defenderExemptions = [
      inDefender(vm10),
      inDefender(shopGroup, { excludedScopes: [vm1] }),
      inDefender(vm1, { recommendationKey: boot.key }),
    ];
    expect(await whatExempts()).toEqual([[vm1, undefined, 'policy']]);
    world.tenant.defenderExemptions = [inDefender(shopGroup)];
    expect(await whatExempts()).toEqual([[vm1, 'Until the migration', 'defender']]);
  });

  it('is looked for only where it is shown', async () => {
    const [one] = world.tenant.assessments;
    const many = Array.from({ length: 8 }, (_, at) => ({
      ...one!,
      status: 'exempt' as const,
      resourceId: `${vm1}${at}`,
    }));
    world.tenant.assessments = many;
    const { exempt, exempted } = await showRecommendation(world.desk, asker, disks.key);
    expect([exempt, exempted.length]).toEqual([8, 5]);
  });
});

describe('the card of a recommendation', () => {
  it('reads the page that is asked for and its counts, and never all resources', async () => {
    const world = await makeDesk();
    const [one] = world.tenant.assessments;
    const of = (status: Assessment['status'], count: number) =>
      Array.from({ length: count }, (_, at) => ({
        ...one!,
        status,
        resourceId: `${vm1}${status}${String(at).padStart(2, '0')}`,
      }));
    world.tenant.assessments = [of('unhealthy', 23), of('exempt', 7), of('healthy', 4), of('not-applicable', 2)].flat();
    const recommendations = {
      ...world.desk.recommendations,
      assessments: () => Promise.reject(new Error('It reads all of them.')),
    };
    const desk = { ...world.desk, recommendations };
    const shown = async (wanted: object) => {
      const { unhealthy, exempt, exempted, healthy, notApplicable } = await showRecommendation(
        desk,
        asker,
        disks.key,
        wanted,
      );
      const { number, found, rows } = unhealthy;
      return { number, found, rows: rows.length, exempt, named: exempted.length, healthy, notApplicable };
    };
    const counts = { found: 23, exempt: 7, named: 5, healthy: 4, notApplicable: 2 };
    expect(await shown({ page: 2 })).toEqual({ ...counts, number: 2, rows: 10 });
    expect(await shown({ page: 99 })).toEqual({ ...counts, number: 3, rows: 3 });
    const sought = { found: 1, exempt: 0, named: 0, healthy: 0, notApplicable: 0 };
    expect(await shown({ search: 'unhealthy07' })).toEqual({ ...sought, number: 1, rows: 1 });
  });

  it.each([
    ['its subscription', shopProd, true],
    ['its resource group', shopGroup, true],
    ['another resource group', `${shopProd}/resourceGroups/rg-other`, false],
    ['itself', vm1, true],
    ['another resource', vm10, false],
  ])('names an assignment at %s only if it is at or above a resource that is meant', async (_place, scope, isNamed) => {
    const world = await makeDesk();
    world.tenant.assessments = world.tenant.assessments.filter(({ resourceId }) => resourceId === vm1);
    world.tenant.assignments = world.tenant.assignments.map((each) => ({ ...each, scope, displayName: 'Here' }));
    const { heldBy } = await showRecommendation(world.desk, asker, disks.key);
    expect(heldBy.includes('Here')).toBe(isNamed);
  });

  it('names its controls, and says where Azure does not tell', async () => {
    const world = await makeDesk();
    world.tenant.scores = [];
    expect((await showRecommendation(world.desk, asker, disks.key)).controls).toBeUndefined();
    const control = { name: 'Encrypt data', max: 4, healthy: 1, unhealthy: 1, recommendationKeys: [disks.key] };
    const score = { subscription: shopProd, current: 1, max: 4, weight: 1 };
    world.tenant.scores = [{ ...score, controls: [control, { ...control, name: 'Other', recommendationKeys: ['x'] }] }];
    expect((await showRecommendation(world.desk, asker, disks.key)).controls).toEqual(['Encrypt data']);
    expect((await showRecommendation(world.desk, asker, boot.key)).controls).toEqual([]);
  });

  it('names the newest requests that wait for it, and counts them all', async () => {
    const { desk } = await makeDesk();
    const { terms } = pendingRequest('EX-0000');
    const keep = (reference: string, key: string, scopes = [vm1]) =>
      desk.database.requests.add(
        pendingRequest(reference, { terms: { ...terms, scopes, recommendation: { ...terms.recommendation, key } } }),
      );
    for (const reference of ['EX-0001', 'EX-0002', 'EX-0003', 'EX-0004']) await keep(reference, disks.key);
    await keep('EX-0005', boot.key);
    const { waiting } = await showRecommendation(desk, asker, disks.key);
    expect([waiting.found, waiting.rows.length]).toEqual([4, 3]);
    const other = await showRecommendation(desk, asker, boot.key);
    expect(other.waiting.rows.map(({ request }) => request.reference)).toEqual(['EX-0005']);
  });
});
