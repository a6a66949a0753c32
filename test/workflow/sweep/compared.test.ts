import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { contoso, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { dieAtEach } from '../../fakes/die.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { noAnswer, saysNo } from '../../fakes/faults.ts';
import { listed } from '../../fakes/listed.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { askAndWrite, channel, subscribed } from '../../fakes/story.ts';

const alerts = channel('alerts');
const madeOn = (scope: string, more = {}) =>
  exemption(atRoot, scope, ['diskEncryption'], {
    id: `${scope}/providers/Microsoft.Authorization/policyExemptions/outside`,
    createdAt: new Date('2026-11-21T12:00:00Z'),
    expiresAt: new Date('2027-03-31T22:59:59Z'),
    ...more,
  });

/** A world whose Azure says when each exemption was changed, at which the sweep has looked once. */
const watched = async (...standing: readonly ReturnType<typeof madeOn>[]): Promise<TestDesk> => {
  const world = await makeDesk();
  world.tenant.changeClock = world.clock.now;
  for (const each of standing) world.tenant.put(each);
  await subscribed(world, alerts, 'alerts');
  await sweepExemptions(world.desk);
  await world.runJobs();
  world.teams.posts.splice(0);
  return world;
};

/** The way of a sweep some minutes later, and the steps that the channel heard of. */
const later = async (world: TestDesk, minutes = 5): Promise<string[]> => {
  world.clock.forward({ minutes });
  const way = await sweepExemptions(world.desk);
  await world.runJobs();
  const steps = world.teams.in(alerts, 'alert').map(({ alert }) => alert.step);
  world.teams.posts.splice(0);
  return [way, ...steps];
};

describe('a sweep of a tenant that says when exemptions were changed', () => {
  it('reads nothing while nothing changes, and everything once an hour', async () => {
    const world = await watched(madeOn(vm1), madeOn(vm10));
    expect(await later(world)).toEqual(['compared']);
    expect(await later(world, 54)).toEqual(['compared']);
    expect(await later(world, 1)).toEqual(['all']);
    expect(await later(world)).toEqual(['compared']);
    expect(await later(world, -30)).toEqual(['compared']);
    expect(await later(world, -60)).toEqual(['all']);
  });

  it('reads everything as soon as one was made, changed or deleted, and tells of it', async () => {
    const world = await watched(madeOn(vm1));
    world.tenant.put(madeOn(vm10, { createdAt: world.clock.now() }));
    expect(await later(world)).toEqual(['all', 'created']);
    world.tenant.change(madeOn(vm1).id, { expiresAt: new Date('2027-06-30T00:00:00Z') });
    expect(await later(world)).toEqual(['all', 'changed']);
    world.tenant.delete(madeOn(vm1).id);
    expect(await later(world)).toEqual(['all', 'deleted']);
    expect(await later(world)).toEqual(['compared']);
  });

  it('climbs down the ladder without reading anything', async () => {
    const world = await watched(madeOn(vm1), madeOn(vm10, { expiresAt: undefined }));
    for (const [day, steps] of [
      ['2027-03-01', ['30']],
      ['2027-03-24', ['7']],
      ['2027-03-31', ['0']],
    ] as const) {
      world.clock.set(new Date(`${day}T00:00:00Z`));
      await later(world, -10);
      expect(await later(world, 20)).toEqual(['compared', ...steps]);
    }
    world.clock.set(new Date('2027-03-31T22:50:00Z'));
    expect(await later(world, 0)).toEqual(['all']);
    expect(await later(world, 20)).toEqual(['compared', 'expired']);
    expect(await later(world, 5)).toEqual(['compared']);
  });

  it('reads everything if Resource Graph does not show one whose expiry came nearer', async () => {
    const world = await watched(madeOn(vm1));
    world.clock.set(new Date('2027-03-31T22:50:00Z'));
    await later(world, 0);
    world.faults.at('everyExemption.named', { error: noAnswer(), times: 1 });
    expect(await later(world, 20)).toEqual(['all', 'expired']);
  });

  it('reads everything where an exemption does not say when it was changed, or Azure does not answer', async () => {
    const world = await watched(madeOn(vm1));
    world.faults.at('everyExemption.changeTimes', { error: noAnswer(), times: 1 });
    expect(await later(world)).toEqual(['all']);
    expect(await later(world)).toEqual(['compared']);
    world.tenant.changeClock = undefined;
    world.tenant.put(madeOn(vm10));
    expect((await later(world))[0]).toBe('all');
    expect(await later(world)).toEqual(['all']);
  });

  it('reads everything after a reading that showed other times, as one does that lost a page', async () => {
    const world = await watched(madeOn(vm1), madeOn(vm10));
    world.tenant.graphLags([world.tenant.find(madeOn(vm1).id)!]);
    expect(await later(world)).toEqual(['all']);
    world.tenant.graphCatchesUp();
    expect(await later(world)).toEqual(['all']);
    expect(await later(world)).toEqual(['compared']);
  });

  it('reads everything when what stands around exemptions changed, and lists show it', async () => {
    const world = await watched(madeOn(vm1));
    world.tenant.assignments = world.tenant.assignments.map((each) => ({ ...each, displayName: 'Another name' }));
    expect(await later(world)).toEqual(['all']);
    expect((await listed(world)).map(({ assignmentNames }) => assignmentNames)).toEqual([['Another name']]);
    world.tenant.hierarchy = { ...contoso, subscriptions: contoso.subscriptions.toReversed() };
    expect(await later(world)).toEqual(['all']);
  });

  it('goes on asking about assignments that are hidden, and about exemptions that are missing', async () => {
    const world = await watched(madeOn(vm1), madeOn(vm10));
    world.tenant.assignments = world.tenant.assignments.slice(1);
    world.faults.at('policies.assignmentExists', { error: saysNo(), times: 2 });
    expect(await later(world)).toEqual(['all']);
    expect(await later(world)).toEqual(['compared']);
    expect(await later(world)).toEqual(['compared', 'orphaned']);
    world.tenant.delete(madeOn(vm1).id);
    world.faults.at('exemptions.fate', { error: noAnswer(), times: 2 });
    expect(await later(world)).toEqual(['all']);
    expect(await later(world)).toEqual(['compared']);
    expect(await later(world)).toEqual(['compared', 'deleted']);
  });

  it('reads everything again while a late list shows what Azure does not confirm', async () => {
    const world = await watched();
    world.tenant.graphLags([{ ...madeOn(vm1, { createdAt: world.clock.now() }), changedAt: world.clock.now() }]);
    expect(await later(world)).toEqual(['all']);
    expect(await later(world)).toEqual(['all']);
    world.tenant.put(madeOn(vm1, { createdAt: world.clock.now() }));
    expect(await later(world)).toEqual(['all', 'created']);
  });

  it('tells of what came late, even if that is found out only in the next hour', async () => {
    const world = await watched();
    const fiveMinutesBefore = new Date(world.clock.now().getTime() - 5 * 60_000);
    expect(await later(world, 59)).toEqual(['compared']);
    world.tenant.put(madeOn(vm1, { createdAt: fiveMinutesBefore }));
    expect(await later(world, 1)).toEqual(['all', 'created']);
  });

  it('lets lists follow Azure for what steps of our own wrote', async () => {
    const world = await watched();
    await askAndWrite(world);
    await later(world);
    await later(world);
    expect(await later(world)).toEqual(['compared']);
    expect(await later(world, 61)).toEqual(['all']);
    expect(await world.desk.database.written.all(10)).toEqual([]);
    expect(await listed(world)).toHaveLength(1);
  });

  it('does not pause alerts, and believes nothing after a time in which it saw too little', async () => {
    const world = await watched(madeOn(vm1), madeOn(vm10));
    const { assignments } = world.tenant;
    world.tenant.assignments = [];
    expect(await later(world)).toEqual(['all']);
    world.tenant.assignments = assignments;
    expect(await later(world)).toEqual(['all']);
    expect(await later(world)).toEqual(['compared']);
  });

  it.each([
    ['with something due', '2027-03-31T22:50:00Z', 'compared'],
    ['in the next hour', '2027-03-31T20:00:00Z', 'all'],
  ])('tells the same once, wherever it dies %s', async (_when, readAt, way) => {
    const contacts = await dieAtEach({
      setUp: async () => {
        const world = await watched(madeOn(vm1), madeOn(vm10));
        world.clock.set(new Date(readAt));
        await later(world, 0);
        world.clock.set(new Date('2027-03-31T23:10:00Z'));
        return world;
      },
      work: async (world, desk) => {
        await sweepExemptions(desk);
        await world.runJobs();
      },
      state: async (world) => ({
        told: world.teams.in(alerts, 'alert').map(({ alert }) => alert.step),
        next: await later(world),
      }),
      check: ({ expected, found, at }) => expect({ at, ...found }).toEqual({ at, ...expected }),
    });
    expect(contacts).toBeGreaterThan(way === 'all' ? 5 : 3);
  });
});
