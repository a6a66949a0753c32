import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { applyRequest } from '../../../src/workflow/write/apply-request.ts';
import { revokeRequest } from '../../../src/workflow/write/revoke-request.ts';
import { alice, bob } from '../../core/contoso.ts';
import { dieAtEach } from '../../fakes/die.ts';
import { saysNo } from '../../fakes/faults.ts';
import { interleave } from '../../fakes/interleave.ts';
import { expectSound } from '../../fakes/invariants.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, askAndWrite, current } from '../../fakes/story.ts';

const reference = 'EX-0001';

const approved = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  await ask(world);
  await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
  world.jobs.waiting.splice(0);
  return world;
};
const revoking = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  await askAndWrite(world);
  await revokeEarly(world.desk, alice, { reference, words: 'Done.' });
  world.jobs.waiting.splice(0);
  return world;
};
/** The end, and how often each thing was put on record. */
const endOf = async (world: TestDesk) => {
  await expectSound(world);
  const { status, failure } = await current(world, reference);
  const events = (await world.ledger()).map(({ event, facts }) => `${event} ${facts.exemption ?? ''}`);
  return {
    status,
    failure,
    exemptions: world.tenant.exemptions(),
    events: [...new Set(events)].sort(),
    ends: events.filter((event) => /^(applied|failed|revoked) /.test(event)),
    steps: await world.desk.database.writeSteps.of(reference),
    jobs: world.jobs.names(),
  };
};
const same = ({ expected, found, at }: { expected: object; found: object; at: string }): void =>
  expect({ at, ...found }).toEqual({ at, ...expected });

describe('a process that dies and begins anew', () => {
  it('has written each exemption once in the end, wherever it died', async () => {
    const contacts = await dieAtEach({
      setUp: approved,
      work: (_, desk) => applyRequest(desk, reference),
      state: endOf,
      check: same,
    });
    expect(contacts).toBeGreaterThan(5);
  });

  it('has taken everything back in the end, wherever it died', async () => {
    await dieAtEach({
      setUp: async () => {
        const world = await approved();
        const { targets } = await current(world, reference);
        const last = targets.at(-1)?.exemptionId;
        world.faults.at('exemptions.write', { error: saysNo(), when: ({ id }: { id: string }) => id === last });
        return world;
      },
      work: (_, desk) => applyRequest(desk, reference),
      state: endOf,
      check: same,
    });
  });

  it('has taken everything out in the end, wherever it died while it revoked', async () => {
    await dieAtEach({ setUp: revoking, work: (_, desk) => revokeRequest(desk, reference), state: endOf, check: same });
  });
});

describe('two at the same work', () => {
  it('write the same once', async () => {
    await interleave({
      setUp: approved,
      first: (_, desk) => applyRequest(desk, reference),
      second: ({ desk }) => applyRequest(desk, reference),
      check: async (world, outcomes) => {
        await expectSound(world);
        expect(outcomes.second).toBe('done');
        expect(await current(world, reference)).toMatchObject({ status: 'applied' });
        expect(world.tenant.exemptions()).toHaveLength(2);
        const applied = (await world.ledger()).filter(({ event }) => event === 'applied');
        expect(applied).toHaveLength(1);
      },
    });
  });

  it('tell nobody that what is being written was made outside', async () => {
    await interleave({
      setUp: async () => {
        const world = await approved();
        await sweepExemptions(world.desk);
        return world;
      },
      first: (_, desk) => applyRequest(desk, reference),
      second: ({ desk }) => sweepExemptions(desk),
      check: async (world, outcomes) => {
        await expectSound(world);
        expect(outcomes).toMatchObject({ first: 'done', second: 'done' });
        await world.runJobs();
        expect(
          (
            await world.desk.database.seen.find(
              (await current(world, reference)).targets.map(({ exemptionId }) => exemptionId),
            )
          ).map((each) => each.reference),
        ).toEqual([reference, reference]);
      },
    });
  });
});
