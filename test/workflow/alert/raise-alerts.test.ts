import type { Occurrence } from '../../../src/core/alert/occurrence.ts';
import { raiseAlerts } from '../../../src/workflow/alert/raise-alerts.ts';
import { alice, playground, shopProd, vm1 } from '../../core/contoso.ts';
import { dieAtEach } from '../../fakes/die.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { interleave } from '../../fakes/interleave.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { expectRefused } from '../../fakes/refusal.ts';
import { askAndWrite, channel, chatOf, subscribed } from '../../fakes/story.ts';

const [first, second] = [channel('first'), channel('second')];

const expiring = (more: Partial<Occurrence> = {}): Occurrence => ({
  kind: 'expiring',
  unitKey: 'unit|ends 2026-12-21',
  steps: ['30'],
  scopes: [vm1],
  severity: 'high',
  alert: {
    step: '30',
    title: 'About to expire',
    severity: 'high',
    facts: [],
    words: '',
    rows: [],
    reference: undefined,
    exemptionId: `${vm1}/providers/Microsoft.Authorization/policyExemptions/outside`,
  },
  ...more,
});

const due = async ({ desk }: TestDesk): Promise<string[]> =>
  (await desk.database.alerts.conversationsDue(desk.now())).sort();

describe('raising alerts', () => {
  it('queues one for each channel that wants it, and a job to deliver them', async () => {
    const world = await makeDesk();
    await subscribed(world, first, 'alerts');
    await subscribed(world, second, 'alerts', {}, shopProd);
    await subscribed(world, channel('elsewhere'), 'alerts', {}, playground);
    await subscribed(world, channel('requests'), 'approvals');
    await raiseAlerts(world.desk, [expiring()]);
    expect(await due(world)).toEqual([first.id, second.id]);
    expect(world.jobs.names()).toEqual(['deliver-alerts', 'deliver-alerts']);
  });

  it.each([
    { why: 'its kind', filter: { kinds: ['expired' as const] }, wanted: false },
    { why: 'its kind', filter: { kinds: ['expiring' as const] }, wanted: true },
    { why: 'its severity', filter: { severity: 'high' as const }, wanted: true },
  ])('goes by the filter: $why, $wanted', async ({ filter, wanted }) => {
    const world = await makeDesk();
    await subscribed(world, first, 'alerts', filter);
    await raiseAlerts(world.desk, [expiring()]);
    expect(await due(world)).toEqual(wanted ? [first.id] : []);
  });

  it('tells each step once, whoever raises it at the same time', async () => {
    await interleave({
      setUp: async () => {
        const world = await makeDesk();
        await subscribed(world, first, 'alerts');
        return world;
      },
      first: (_, desk) => raiseAlerts(desk, [expiring()]),
      second: async ({ desk, runJobs }) => {
        await raiseAlerts(desk, [expiring()]);
        await runJobs();
      },
      check: async (world) => {
        await world.runJobs();
        expect(world.teams.in(first)).toHaveLength(1);
      },
    });
  });

  it('loses none and doubles none where the process dies', async () => {
    await dieAtEach({
      setUp: async () => {
        const world = await makeDesk();
        await subscribed(world, first, 'alerts');
        await subscribed(world, second, 'alerts');
        return world;
      },
      // What was queued before is posted by then.
      work: async ({ runJobs }, desk) => {
        await runJobs();
        await raiseAlerts(desk, [expiring()]);
      },
      state: async (world) => {
        await world.runJobs();
        return world.teams.posts.map(({ to }) => to.id).sort();
      },
      check: ({ expected, found, at }) => expect([at, ...found]).toEqual([at, ...expected]),
    });
  });

  it('never tells a step that a later one has made obsolete', async () => {
    const world = await makeDesk();
    await subscribed(world, first, 'alerts');
    await raiseAlerts(world.desk, [expiring({ steps: ['30', '14', '7'] })]);
    await world.runJobs();
    await raiseAlerts(world.desk, [expiring({ steps: ['30', '14'] })]);
    await world.runJobs();
    expect(world.teams.in(first)).toHaveLength(1);
  });

  it('tells the requester in their chat, and mentions them in the channel', async () => {
    const world = await makeDesk();
    await world.meet(chatOf(alice));
    await subscribed(world, first, 'alerts');
    const { reference } = await askAndWrite(world);
    world.teams.posts.splice(0);
    const { alert } = expiring();
    await raiseAlerts(world.desk, [expiring({ alert: { ...alert, reference } })]);
    await world.runJobs();
    expect(world.teams.in(chatOf(alice), 'alert')).toHaveLength(1);
    expect(world.teams.in(first, 'alert')).toMatchObject([{ mentions: [alice.objectId] }]);
  });

  it('queues nothing while Azure does not say where things are', async () => {
    const world = await makeDesk();
    await subscribed(world, first, 'alerts');
    world.faults.at('hierarchy', { error: noAnswer() });
    await expectRefused(world, 'unavailable', () => raiseAlerts(world.desk, [expiring()]));
    expect(await due(world)).toEqual([]);
  });

  it.each([
    { when: { quiet: { from: 11 * 60, to: 13 * 60 } }, dueAt: '2026-11-21T13:00:00Z' },
    { when: { quiet: { from: 11 * 60, to: 13 * 60 }, timeZone: 'Europe/Berlin' }, dueAt: undefined },
    { when: { quiet: { from: 22 * 60, to: 6 * 60 } }, dueAt: undefined },
  ])('holds quiet hours: $when', async ({ when, dueAt }) => {
    const world = await makeDesk();
    await subscribed(world, first, 'alerts', when);
    // Noon by the clock of the desk, one o'clock in Berlin.
    await raiseAlerts(world.desk, [expiring()]);
    expect(await due(world)).toEqual(dueAt === undefined ? [first.id] : []);
    if (dueAt === undefined) return;
    world.clock.set(new Date(dueAt));
    world.clock.forward({ ms: -1 });
    expect(await due(world)).toEqual([]);
    world.clock.forward({ ms: 1 });
    expect(await due(world)).toEqual([first.id]);
  });

  it('collects a digest into one card', async () => {
    const world = await makeDesk();
    await subscribed(world, first, 'alerts', { digest: 'daily' });
    await raiseAlerts(world.desk, [expiring(), expiring({ unitKey: 'another' })]);
    await world.runJobs();
    expect(world.teams.in(first)).toEqual([]);
    world.clock.forward({ days: 1 });
    await world.desk.database.jobs.send('deliver-alerts', {});
    await world.runJobs();
    expect(world.teams.in(first, 'digest').map(({ alerts }) => alerts.length)).toEqual([2]);
  });
});
