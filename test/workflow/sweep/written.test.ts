import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { applyRequest } from '../../../src/workflow/write/apply-request.ts';
import { revokeRequest } from '../../../src/workflow/write/revoke-request.ts';
import { alice, bob } from '../../core/contoso.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { interleave } from '../../fakes/interleave.ts';
import { listed, listedFor } from '../../fakes/listed.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, channel, current, subscribed } from '../../fakes/story.ts';
import { stepsIn } from '../../fakes/turn-of-sweep.ts';

const reference = 'EX-0001';
const lagEnds = { hours: 2 };
const watching = channel('alerts');

/** Alice's request is approved; the sweep has looked before, and a channel hears of everything. */
const approved = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  await subscribed(world, watching, 'alerts');
  await sweepExemptions(world.desk);
  await ask(world);
  await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
  world.jobs.waiting.splice(0);
  return world;
};

const write = async (world: TestDesk): Promise<void> => {
  await applyRequest(world.desk, reference);
  world.jobs.waiting.splice(0);
};

const revoke = async (world: TestDesk): Promise<void> => {
  await revokeEarly(world.desk, alice, { reference, words: 'Done.' });
  await revokeRequest(world.desk, reference);
  world.jobs.waiting.splice(0);
};

const sweepAfter = async (world: TestDesk, passed: Parameters<TestDesk['clock']['forward']>[0]): Promise<void> => {
  world.clock.forward(passed);
  await sweepExemptions(world.desk);
};

const left = ({ desk }: TestDesk) => desk.database.written.all(100);

/** The sweep has caught up: lists show what stands in Azure, and nothing is remembered of the steps. */
const expectCaughtUp = async (world: TestDesk): Promise<void> => {
  world.tenant.graphCatchesUp();
  for (let round = 0; round < 2; round += 1) await sweepAfter(world, lagEnds);
  const shown = (await listed(world)).flatMap((row) => row.assignmentNames.map(() => row.exemption.category));
  expect(shown.sort()).toEqual(
    world.tenant
      .exemptions()
      .map(({ category }) => category)
      .sort(),
  );
  expect(await left(world)).toEqual([]);
};

describe('lists, while Resource Graph lags behind a step', () => {
  it('show what was written, until Resource Graph shows it, and it is told once', async () => {
    const world = await approved();
    world.tenant.graphLags();
    await write(world);
    const rows = await listed(world);
    for (const minutes of [0, 5, 5, 30]) {
      await sweepAfter(world, { minutes });
      expect(await listed(world)).toEqual(rows);
    }
    world.tenant.graphCatchesUp();
    await sweepAfter(world, { minutes: 5 });
    expect(await left(world)).toHaveLength(2);
    await expectCaughtUp(world);
    expect(await listed(world)).toEqual(rows);
    await world.runJobs();
    expect(stepsIn(world, watching)).toEqual(['created']);
  });

  it('show nothing that was removed, although Resource Graph still shows it', async () => {
    const world = await approved();
    await write(world);
    await sweepAfter(world, { minutes: 5 });
    world.tenant.graphLags();
    await revoke(world);
    for (const passed of [{}, { minutes: 5 }, lagEnds, lagEnds]) {
      await sweepAfter(world, passed);
      expect(await listed(world)).toEqual([]);
    }
    await expectCaughtUp(world);
  });

  it('show the new state where Resource Graph goes back to the old one for a while', async () => {
    const world = await approved();
    const [target] = (await current(world, reference)).targets;
    await write(world);
    const old = world.tenant.exemptions();
    await sweepAfter(world, { minutes: 5 });
    const categories = async () => (await listed(world)).map((row) => row.exemption.category).sort();
    world.tenant.graphLags(old.map((each) => ({ ...each, category: 'Mitigated', expiresAt: undefined })));
    await sweepAfter(world, { minutes: 5 });
    expect(await categories()).toEqual(['Waiver']);
    world.tenant.change(target!.exemptionId, { category: 'Mitigated' });
    await sweepAfter(world, { minutes: 5 });
    expect(await categories()).toEqual(['Mitigated', 'Waiver']);
    await expectCaughtUp(world);
  });

  it('show no more what was deleted outside before any sweep saw it, and its request knows', async () => {
    const world = await approved();
    world.tenant.graphLags();
    await write(world);
    for (const { id } of world.tenant.exemptions()) world.tenant.delete(id);
    await sweepAfter(world, { minutes: 1 });
    expect(await listed(world)).toHaveLength(1);
    world.faults.at('exemptions.read', { error: noAnswer(), times: 1 });
    await sweepAfter(world, { minutes: 5 });
    expect(await listedFor(world, reference)).toHaveLength(1);
    await sweepAfter(world, { minutes: 5 });
    expect(await listed(world)).toEqual([]);
    const events = (await world.desk.database.ledger.history(reference)).map(({ event }) => event);
    expect(events.filter((event) => event === 'exemption-gone')).toHaveLength(2);
    await expectCaughtUp(world);
  });

  it.each([
    ['written', approved, write, 2],
    ['removed', async () => await approved().then(async (world) => (await write(world), world)), revoke, 0],
  ] as const)('show what is %s at any moment of a sweep', async (_, setUp, step, count) => {
    const isRight = async (world: TestDesk): Promise<void> =>
      expect(await listedFor(world, reference)).toHaveLength(count);
    await interleave({
      setUp,
      first: (__, desk) => sweepExemptions(desk),
      only: /^(exemptions|seen\.(inBrief|save|remove)|listings|written|transaction)/,
      second: step,
      check: async (world) => {
        await isRight(world);
        await sweepAfter(world, { minutes: 1 });
        await isRight(world);
        await expectCaughtUp(world);
        await isRight(world);
      },
    });
  });
});
