import { neverCompares, sweepReadingWords } from '../../../src/core/inventory/sweep-reading-words.ts';
import { readingIn } from '../../../src/core/inventory/sweep.ts';
import { showStatus } from '../../../src/workflow/operate/show-status.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { bob, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';

const madeOn = (scope: string) =>
  exemption(atRoot, scope, ['diskEncryption'], {
    id: `${scope}/providers/Microsoft.Authorization/policyExemptions/outside`,
    createdAt: new Date('2026-11-21T12:00:00Z'),
    expiresAt: new Date('2027-03-31T22:59:59Z'),
  });

/** A world at which the sweep has looked once. */
const watched = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  world.tenant.changeClock = world.clock.now;
  world.tenant.put(madeOn(vm1));
  await sweepExemptions(world.desk);
  return world;
};

const readingAfter = async (world: TestDesk, minutes: number) => {
  world.clock.forward({ minutes });
  await sweepExemptions(world.desk);
  return readingIn(await world.desk.database.sweeps.progress());
};

describe('how exemptions were read', () => {
  it('is said by status, with the last time that all were read', async () => {
    const world = await watched();
    const begun = world.clock.now();
    expect((await showStatus(world.desk, bob)).sweepReading).toMatchObject({ way: 'all', why: 'first' });
    await readingAfter(world, 5);

    const { sweepReading } = await showStatus(world.desk, bob);
    expect(sweepReading).toMatchObject({ way: 'compared', readAllAt: begun, why: 'first' });
    expect(sweepReadingWords(sweepReading, 'UTC')).toMatch(
      /^Compared when they were changed; last read all of them .*\(UTC\), because nothing was known of them$/,
    );
  });

  it.each<[string, (world: TestDesk) => unknown, number]>([
    ['hourly', () => undefined, 60],
    ['changed', ({ tenant }) => tenant.put(madeOn(vm10)), 5],
    ['no-answer', ({ faults }) => faults.at('everyExemption.changeTimes', { error: noAnswer() }), 5],
    [
      'surroundings',
      ({ tenant }) => {
        tenant.assignments = tenant.assignments.map((each) => ({ ...each, displayName: 'Another name' }));
      },
      5,
    ],
  ])('all of them, because of what is called “%s”', async (why, change, minutes) => {
    const world = await watched();
    change(world);
    const reading = await readingAfter(world, minutes);
    expect(reading).toMatchObject({ way: 'all', why, readAllAt: world.clock.now() });
    expect(reading && neverCompares(reading)).toBe(false);
  });

  it('all of them each time, where one does not say when it was changed', async () => {
    const world = await watched();
    world.tenant.changeClock = undefined;
    world.tenant.put(madeOn(vm10));
    await readingAfter(world, 5);
    const reading = await readingAfter(world, 5);
    expect(reading).toMatchObject({ way: 'all', why: 'undated' });
    expect(reading && neverCompares(reading)).toBe(true);
    expect(sweepReadingWords(reading, 'UTC')).toContain('of 2 do not say when they were changed');
  });

  it('is not known before the first sweep, and without a reason after one of an older version', async () => {
    const { desk } = await makeDesk();
    const progress = await desk.database.sweeps.progress();
    expect(sweepReadingWords(readingIn(progress), 'UTC')).toBe('Not yet');
    const at = new Date('2026-11-21T12:00:00Z');
    const old = { at, times: undefined, timesOfDefender: undefined, surroundings: '', hiddenAssignments: [] };
    const reading = readingIn({ ...progress, lastCompletedAt: at, reading: old });
    expect(sweepReadingWords(reading, 'UTC')).toMatch(/^Read all of them .*\(UTC\)$/);
  });
});
