import { adoptExemption } from '../../../src/workflow/ask/adopt-exemption.ts';
import { alice, bob, carol, dan, shopProd, vm1 } from '../../core/contoso.ts';
import { rule, rulesWith } from '../../core/governance-facts.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { interleave } from '../../fakes/interleave.ts';
import { expectSound } from '../../fakes/invariants.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { expectRefused, refusalsIn } from '../../fakes/refusal.ts';
import { ask, current } from '../../fakes/story.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const outside = exemption(atRoot, vm1, ['diskEncryption']);
const words = 'We know this machine and take it over.';

const withOutside = async (choices: Parameters<typeof makeDesk>[0] = {}) => {
  const world = await makeDesk(choices);
  world.tenant.put(outside);
  return world;
};

describe('adopting an exemption that was made outside', () => {
  it('gives it an owner and claims no approval', async () => {
    const world = await withOutside();
    const { reference } = await adoptExemption(world.desk, bob, outside.id, words);
    expect(await current(world, reference)).toMatchObject({
      status: 'approved',
      requester: bob,
      approvals: [],
      governance: { adopted: true, approvals: 0 },
    });
    expect((await world.ledger()).map(({ event }) => event)).toEqual(['adopting', 'adopted']);
    expect(world.jobs.names()).toContain(`apply-request ${reference}`);
    await world.runJobs();
    expect(world.tenant.exemptions()).toMatchObject([
      { id: outside.id, requestReference: reference, expiresAt: outside.expiresAt, referenceIds: ['diskEncryption'] },
    ]);
  });

  it('is for whoever could create it, asked live', async () => {
    const world = await withOutside();
    world.access.give(dan, 'exemptionWriter', shopProd);
    await expectRefused(world, 'forbidden', () => adoptExemption(world.desk, dan, outside.id, words));
    expect(await refusalsIn(world)).toEqual(['adopt by Dan Dorn']);
    world.faults.at('forDecision', { error: noAnswer() });
    await expectRefused(world, 'unavailable', () => adoptExemption(world.desk, bob, outside.id, words));
  });

  it('tells nobody of what they may not see', async () => {
    const world = await withOutside();
    world.access.takeAll(alice);
    await expectRefused(world, 'not-found', () => adoptExemption(world.desk, alice, outside.id, words));
  });

  it.each([
    {
      what: 'its assignment is gone',
      plant: { policyAssignmentId: `${shopProd}/providers/Microsoft.Authorization/policyAssignments/gone` },
    },
    { what: 'it has ended', plant: { expiresAt: new Date('2026-11-01T00:00:00Z') } },
    { what: 'it covers a whole initiative', plant: { referenceIds: undefined } },
    { what: 'another tool keeps it', plant: { managedBy: 'EPAC' } },
    { what: 'it covers more than the recommendation', plant: { referenceIds: ['diskEncryption', 'secureBoot'] } },
  ])('is refused where $what', async ({ plant }) => {
    const world = await withOutside();
    world.tenant.put({ ...outside, ...plant });
    await expectRefused(world, 'conflict', () => adoptExemption(world.desk, bob, outside.id, words));
  });

  it('is refused without a justification, and against the rules', async () => {
    const governance = rulesWith([rule('rule 1', { category: ['Waiver'] }, { deny: 'No waivers.' })]);
    const denied = await withOutside({ governance });
    await expectRefused(denied, 'conflict', () => adoptExemption(denied.desk, bob, outside.id, words));
    const world = await withOutside();
    await expectRefused(world, 'invalid', () => adoptExemption(world.desk, bob, outside.id, 'Mine.'));
  });

  it('goes by what stands there this moment, not by what a list says', async () => {
    const world = await withOutside();
    world.tenant.graphLags();
    world.tenant.delete(outside.id);
    await expectRefused(world, 'not-found', () => adoptExemption(world.desk, bob, outside.id, words));
  });

  it('gives it one owner, whoever else wants it meanwhile', async () => {
    await interleave({
      setUp: withOutside,
      first: (_, desk) => adoptExemption(desk, bob, outside.id, words),
      second: ({ desk }) => adoptExemption(desk, carol, outside.id, words),
      check: async (world, outcomes) => {
        await expectSound(world);
        expect(outcomes).toMatchObject({ first: 'conflict', second: 'done' });
        expect(await everyRequest(world.desk.database.requests)).toHaveLength(1);
      },
    });
  });

  it('is refused while somebody asks for the same', async () => {
    const world = await withOutside();
    const { targets } = await ask(world);
    world.tenant.put({ ...outside, id: targets[0]!.exemptionId });
    await expectRefused(world, 'conflict', () => adoptExemption(world.desk, bob, targets[0]!.exemptionId, words));
  });
});
