import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { applyRequest } from '../../../src/workflow/write/apply-request.ts';
import { bob, landingZones, vm1 } from '../../core/contoso.ts';
import { assignment, benchmark, exemption } from '../../core/policies.ts';
import { atRoot, boot } from '../../fakes/fake-tenant.ts';
import { noAnswer, saysNo } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, askInEmergency, current } from '../../fakes/story.ts';
import { expectRefused } from '../../fakes/refusal.ts';

const approved = async (choices: Parameters<typeof makeDesk>[0] = {}) => {
  const world = await makeDesk(choices);
  const { reference, targets } = await ask(world);
  await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
  world.jobs.waiting.splice(0);
  return { ...world, reference, ids: targets.map(({ exemptionId }) => exemptionId) };
};
const eventsAfterApproval = async ({ ledger }: TestDesk) => (await ledger()).map(({ event }) => event).slice(2);

describe('writing an approved request', () => {
  it('writes what was approved, with its reference ids, and puts each step on record', async () => {
    const world = await approved();
    await applyRequest(world.desk, world.reference);
    const { terms } = await current(world, world.reference);
    expect(world.tenant.exemptions()).toMatchObject([
      { id: world.ids[0], referenceIds: ['diskEncryption'], category: 'Waiver', requestReference: world.reference },
      { id: world.ids[1], referenceIds: ['contosoDisks'], expiresAt: terms.expiresAt },
    ]);
    expect(await current(world, world.reference)).toMatchObject({ status: 'applied', appliedAt: world.clock.now() });
    expect(await eventsAfterApproval(world)).toEqual(['exemption-written', 'exemption-written', 'applied']);
    expect(world.jobs.names()).toEqual(['sweep-exemptions', `publish-request ${world.reference}`]);
    expect(await world.desk.database.writeSteps.of(world.reference)).toEqual([]);
  });

  it('does nothing a second time, and nothing for what nobody approved', async () => {
    const world = await approved();
    await applyRequest(world.desk, world.reference);
    const before = await world.ledger();
    await applyRequest(world.desk, world.reference);
    expect(await world.ledger()).toEqual(before);
    const waits = await makeDesk();
    await applyRequest(waits.desk, (await ask(waits)).reference);
    expect(waits.tenant.exemptions()).toEqual([]);
  });

  it('takes back what was written where Azure refuses a part of it', async () => {
    const world = await approved();
    const before = exemption(atRoot, vm1, ['secureBoot'], {
      id: world.ids[0]!,
      expiresAt: new Date('2026-12-01T00:00:00Z'),
    });
    world.tenant.put(before, { owner: 'somebody' });
    world.faults.at('exemptions.write', {
      error: saysNo('conflict'),
      when: ({ id }: { id: string }) => id === world.ids[1],
    });
    await applyRequest(world.desk, world.reference);
    expect(world.tenant.exemptions()).toEqual([before]);
    expect(await current(world, world.reference)).toMatchObject({ status: 'failed', failure: 'It says no.' });
    expect(await eventsAfterApproval(world)).toEqual([
      'exemption-written',
      'exemption-refused',
      'exemption-undone',
      'exemption-undone',
      'failed',
    ]);
  });

  it.each([
    ['without the reference ids that the assigned version no longer has', ['secureBoot', 'gone'], ['secureBoot']],
    ['not at all where nothing else is left', ['gone'], undefined],
  ])('restores what stood there, %s', async (_, referenceIds, left) => {
    const world = await approved();
    const before = exemption(atRoot, vm1, referenceIds, {
      id: world.ids[0]!,
      expiresAt: new Date('2026-12-01T00:00:00Z'),
    });
    world.tenant.put(before, { owner: 'somebody' });
    world.faults.at('exemptions.write', { error: saysNo(), when: ({ id }: { id: string }) => id === world.ids[1] });
    await applyRequest(world.desk, world.reference);
    expect(world.tenant.exemptions()).toEqual(left === undefined ? [] : [{ ...before, referenceIds: left }]);
    expect(await current(world, world.reference)).toMatchObject({ status: 'failed', failure: 'It says no.' });
  });

  it('does not take back what somebody else changed meanwhile', async () => {
    const world = await approved();
    world.faults.at('exemptions.write', { error: saysNo(), when: ({ id }: { id: string }) => id === world.ids[1] });
    world.faults.at('exemptions.remove', { error: noAnswer(), times: 1 });
    await expect(applyRequest(world.desk, world.reference)).rejects.toMatchObject({ code: 'unavailable' });
    world.tenant.change(world.ids[0]!, { requestReference: undefined, displayName: 'Theirs' });
    await applyRequest(world.desk, world.reference);
    expect(world.tenant.exemptions()).toMatchObject([{ displayName: 'Theirs' }]);
  });

  it('names what Azure would not let go of', async () => {
    const world = await approved();
    world.faults.at('exemptions.write', { error: saysNo(), when: ({ id }: { id: string }) => id === world.ids[1] });
    world.faults.at('exemptions.remove', { error: saysNo() });
    await applyRequest(world.desk, world.reference);
    expect(await current(world, world.reference)).toMatchObject({ status: 'partly-applied' });
    expect((await world.ledger()).at(-1)).toMatchObject({ facts: { left: world.ids[0] } });
  });

  it('writes what can be written where the operator chose that', async () => {
    const world = await approved({ partialRights: 'best-effort' });
    world.faults.at('exemptions.write', { error: saysNo(), when: ({ id }: { id: string }) => id === world.ids[0] });
    await applyRequest(world.desk, world.reference);
    expect(world.tenant.exemptions().map(({ id }) => id)).toEqual([world.ids[1]]);
    expect(await current(world, world.reference)).toMatchObject({ status: 'partly-applied' });
  });

  it.each(['exemptions.write', 'exemptions.snapshot', 'policies.assignments', 'forDecision'] as const)(
    'comes again where Azure does not answer (%s), also where the answer was lost',
    async (name) => {
      for (const afterwards of [false, true]) {
        const world = await approved();
        world.faults.at(name, { error: noAnswer(), times: 1, afterwards });
        await expect(applyRequest(world.desk, world.reference)).rejects.toMatchObject({ code: 'unavailable' });
        expect(await current(world, world.reference)).toMatchObject({ status: 'approved' });
        await applyRequest(world.desk, world.reference);
        expect(await current(world, world.reference)).toMatchObject({ status: 'applied' });
        expect(world.tenant.exemptions()).toHaveLength(2);
      }
    },
  );

  it('writes nothing that its approver may not approve any more', async () => {
    const world = await approved();
    world.access.takeAll(bob);
    await applyRequest(world.desk, world.reference);
    expect(world.tenant.exemptions()).toEqual([]);
    expect(await current(world, world.reference)).toMatchObject({ status: 'failed' });
  });

  it('writes less where less is left, and never more than was approved', async () => {
    const world = await approved();
    world.tenant.assignments = [atRoot, assignment('another', landingZones, benchmark)];
    await applyRequest(world.desk, world.reference);
    expect(world.tenant.exemptions().map(({ id }) => id)).toEqual([world.ids[0]]);
    expect((await world.ledger()).at(-1)?.facts).toMatchObject({ obsolete: world.ids[1], notCovered: 'another' });
  });

  it('fails where nothing is left, or an initiative cannot be read', async () => {
    for (const plant of [
      ({ tenant }: TestDesk) => (tenant.assignments = []),
      ({ tenant }: TestDesk) => (tenant.initiatives = []),
      ({ tenant }: TestDesk) => (tenant.recommendations = [boot]),
    ]) {
      const world = await approved();
      plant(world);
      await applyRequest(world.desk, world.reference);
      expect(await current(world, world.reference)).toMatchObject({ status: 'failed' });
      expect(world.tenant.exemptions()).toEqual([]);
    }
  });

  it('waits while nothing may be changed', async () => {
    const world = await approved();
    await world.desk.database.switches.setReadOnly({ since: world.clock.now(), reason: 'Audit.' });
    await expectRefused(world, 'unavailable', () => applyRequest(world.desk, world.reference));
    await world.desk.database.switches.setReadOnly(undefined);
    await applyRequest(world.desk, world.reference);
    expect(world.tenant.exemptions()).toHaveLength(2);
  });

  it('writes an emergency on the rights of its requester alone', async () => {
    const world = await makeDesk();
    const { reference } = await askInEmergency(world);
    world.access.takeAll(bob);
    await applyRequest(world.desk, reference);
    expect(world.tenant.exemptions()).toEqual([]);
    expect(await current(world, reference)).toMatchObject({ status: 'failed' });
  });
});
