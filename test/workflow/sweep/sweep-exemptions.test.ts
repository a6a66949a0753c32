import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { contoso, playground, root, shopProd, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { dieAtEach } from '../../fakes/die.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { noAnswer, saysNo } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { askAndWrite, channel, current, subscribed } from '../../fakes/story.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { alice } from '../../core/contoso.ts';
import { letLapse } from '../../../src/workflow/inventory/let-lapse.ts';

const alerts = channel('alerts');
const madeOn = (scope: string, more = {}) =>
  exemption(atRoot, scope, ['diskEncryption'], {
    id: `${scope}/providers/Microsoft.Authorization/policyExemptions/outside`,
    createdAt: new Date('2026-11-21T12:00:00Z'),
    expiresAt: new Date('2027-03-31T22:59:59Z'),
    ...more,
  });

/** A world at which the sweep has looked once, with a channel that hears of everything. */
const watched = async (...standing: readonly ReturnType<typeof madeOn>[]): Promise<TestDesk> => {
  const world = await makeDesk();
  for (const each of standing) world.tenant.put(each);
  await subscribed(world, alerts, 'alerts');
  await sweepExemptions(world.desk);
  await world.runJobs();
  world.teams.posts.splice(0);
  return world;
};
/** Looks twice, so that nothing may come twice, and delivers: the steps that the channel heard of. */
const heard = async (world: TestDesk): Promise<string[]> => {
  await sweepExemptions(world.desk);
  await sweepExemptions(world.desk);
  await world.runJobs();
  const steps = world.teams.in(alerts, 'alert').map(({ alert }) => alert.step);
  world.teams.posts.splice(0);
  return steps;
};

describe('a sweep', () => {
  it('takes what it finds first for known, and sums it up for the channel', async () => {
    const world = await makeDesk();
    world.tenant.put(madeOn(vm1));
    await subscribed(world, alerts, 'alerts');
    expect(await heard(world)).toEqual(['baseline']);
    expect(await heard(world)).toEqual([]);
  });

  it('tells once of what was made, changed and deleted outside', async () => {
    const world = await watched();
    world.tenant.put(madeOn(vm1));
    expect(await heard(world)).toEqual(['created']);
    world.clock.forward({ hours: 1 });
    world.tenant.change(madeOn(vm1).id, { expiresAt: new Date('2027-06-30T00:00:00Z') });
    expect(await heard(world)).toEqual(['changed']);
    world.tenant.delete(madeOn(vm1).id);
    expect(await heard(world)).toEqual(['deleted']);
    expect(await heard(world)).toEqual([]);
  });

  it('does not take what a list leaves out for deleted: only what Azure itself says', async () => {
    const world = await watched(madeOn(vm1));
    world.tenant.graphLags([]);
    expect(await heard(world)).toEqual([]);
    world.tenant.graphCatchesUp();
    expect(await heard(world)).toEqual([]);
    world.tenant.graphLags([madeOn(vm1)]);
    world.tenant.delete(madeOn(vm1).id);
    expect(await heard(world)).toEqual([]);
    world.tenant.graphCatchesUp();
    world.faults.at('exemptions.fate', { error: noAnswer(), times: 2 });
    expect(await heard(world)).toEqual([]);
    expect(await heard(world)).toEqual(['deleted']);
  });

  it('does not tell of what a late list still shows', async () => {
    const world = await watched();
    world.tenant.graphLags([madeOn(vm1)]);
    expect(await heard(world)).toEqual([]);
  });

  it('says that the whole place is gone, rather than that somebody deleted it', async () => {
    const world = await watched(madeOn(vm1));
    world.tenant.graphLags([]);
    world.tenant.deleted = [vm1];
    expect(await heard(world)).toEqual(['scope-gone']);
  });

  it('climbs down the ladder once, however often and however late it looks', async () => {
    const world = await watched(madeOn(vm1, { createdAt: new Date('2026-09-01T00:00:00Z') }));
    const at = async (day: string): Promise<string[]> => {
      world.clock.set(new Date(`${day}T12:00:00Z`));
      return heard(world);
    };
    expect(await at('2027-02-28')).toEqual([]);
    expect(await at('2027-03-01')).toEqual(['30']);
    expect(await at('2027-03-02')).toEqual([]);
    expect(await at('2027-03-26')).toEqual(['7']);
    expect(await at('2027-03-18')).toEqual([]);
    expect(await at('2027-04-03')).toEqual(['expired']);
    expect(await at('2027-04-04')).toEqual([]);
  });

  it('reminds nobody of an end that somebody lets come, but tells when it has come', async () => {
    const world = await makeDesk();
    const { reference, targets } = await askAndWrite(world, { expiry: '60' });
    await subscribed(world, alerts, 'alerts');
    await heard(world);
    await letLapse(world.desk, alice, { exemptionId: targets[0]!.exemptionId, reference });
    world.clock.forward({ days: 45 });
    expect(await heard(world)).toEqual([]);
    world.clock.forward({ days: 20 });
    expect(await heard(world)).toEqual(['expired']);
    expect((await world.ledger()).map(({ event }) => event)).toContain('let-lapse');
  });

  it('calls revoked what the desk itself took out', async () => {
    const world = await watched();
    const { reference } = await askAndWrite(world);
    expect(await heard(world)).toEqual(['created']);
    await revokeEarly(world.desk, alice, { reference, words: 'Done.' });
    await world.runJobs();
    expect(world.teams.in(alerts, 'alert').map(({ alert }) => alert.step)).toEqual(['revoked']);
    expect(await current(world, reference)).toMatchObject({ status: 'revoked' });
  });

  it('tells of an assignment that is gone only by the word of Azure', async () => {
    const world = await watched(madeOn(vm1));
    const { assignments } = world.tenant;
    world.tenant.assignments = assignments.slice(1);
    world.faults.at('policies.assignmentExists', { error: saysNo(), times: 2 });
    expect(await heard(world)).toEqual([]);
    expect(await heard(world)).toEqual(['orphaned']);
  });

  it('keeps nothing from a channel because it subscribes to more meanwhile', async () => {
    const world = await watched();
    world.tenant.put(madeOn(vm1));
    world.clock.forward({ hours: 1 });
    await subscribed(world, alerts, 'alerts', {}, shopProd);
    expect(await heard(world)).toEqual(['created', 'baseline']);
  });

  it('takes for known what a channel finds with its new subscription and did not want before', async () => {
    const world = await makeDesk();
    await subscribed(world, alerts, 'alerts', { kinds: ['expired'] });
    await heard(world);
    world.tenant.put(madeOn(vm1));
    world.clock.forward({ hours: 1 });
    await subscribed(world, alerts, 'alerts', {}, shopProd);
    expect(await heard(world)).toEqual(['baseline']);
  });

  it('tells of nothing outside of what the channel was subscribed to', async () => {
    const world = await makeDesk();
    await subscribed(world, alerts, 'alerts', {}, playground);
    await heard(world);
    world.tenant.put(madeOn(vm1));
    expect(await heard(world)).toEqual([]);
  });
});

describe('a bot that loses its sight', () => {
  const many = Array.from({ length: 9 }, (_, at) =>
    madeOn(`${shopProd}/resourceGroups/rg-${at}`, { createdBy: `somebody ${at}` }),
  );

  it('tells its operator once, and nobody in Teams', async () => {
    const world = await watched(...many);
    world.tenant.graphLags([]);
    world.faults.at('exemptions.fate', { error: saysNo('forbidden') });
    expect(await heard(world)).toEqual([]);
    expect(world.told).toHaveLength(1);
    expect((await world.desk.database.sweeps.progress()).blind).toBeDefined();
    world.tenant.graphCatchesUp();
    world.faults.clear();
    expect(await heard(world)).toEqual([]);
    expect(world.told).toHaveLength(2);
    expect((await world.desk.database.sweeps.progress()).blind).toBeUndefined();
  });

  it('is held back where Azure shows no subscription or no assignment', async () => {
    for (const plant of [
      ({ tenant }: TestDesk) => (tenant.hierarchy = { ...contoso, subscriptions: [] }),
      ({ tenant }: TestDesk) => (tenant.assignments = []),
    ]) {
      const world = await watched(madeOn(vm1));
      plant(world);
      world.tenant.put(madeOn(vm10));
      expect(await heard(world)).toEqual([]);
      expect(world.told).toHaveLength(1);
    }
  });

  it('believes many deletions that Azure confirms', async () => {
    const world = await watched(...many);
    for (const { id } of many) world.tenant.delete(id);
    await sweepExemptions(world.desk);
    await world.runJobs();
    const [digest] = world.teams.in(alerts, 'digest');
    expect(digest?.alerts.map(({ kind }) => kind)).toEqual(many.map(() => 'deleted'));
    expect(await world.desk.database.seen.countInSight()).toBe(0);
    expect(world.told).toEqual([]);
  });
});

describe('a sweep that dies and begins anew', () => {
  it('tells of each thing once, wherever it died', async () => {
    const ids = [vm1, vm10, root].map((scope) => madeOn(scope).id);
    await dieAtEach({
      setUp: async () => {
        const world = await watched(madeOn(vm1), madeOn(root));
        world.tenant.change(ids[0]!, { expiresAt: new Date('2027-06-30T00:00:00Z') });
        world.tenant.put(madeOn(vm10));
        world.tenant.delete(ids[2]!);
        return world;
      },
      work: async ({ runJobs }, desk) => {
        await runJobs();
        await sweepExemptions(desk);
      },
      state: async (world) => {
        await world.runJobs();
        return world.teams
          .in(alerts, 'alert')
          .map(({ alert }) => `${alert.step} ${alert.exemptionId ?? ''}`)
          .sort();
      },
      check: ({ expected, found, at }) => expect([at, ...found]).toEqual([at, ...expected]),
    });
  });
});
