import { countExemptions } from '../../../src/workflow/inventory/list-exemptions.ts';
import { gatherTouched, type Touched } from '../../../src/workflow/sweep/gather-touched.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { bob, vm1 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { channel, subscribed } from '../../fakes/story.ts';

const day = 24 * 60 * 60_000;
const units = 3;
const inUnit = 900;
const made = Array.from({ length: units * inUnit }, (_, index) =>
  exemption(atRoot, vm1, ['diskEncryption'], {
    id: `${vm1}/providers/Microsoft.Authorization/policyExemptions/made-${index}`,
    createdAt: new Date('2026-11-21T12:00:00Z'),
    expiresAt: new Date(Date.UTC(2027, 5, 1) + (index % units) * day),
  }),
);
const alone = (each: (typeof made)[number]): Touched => ({ exemption: each, isDue: true, isBack: false });

describe('what is gathered until all exemptions were read', () => {
  it('comes back as it was, in portions that hold units whole', () => {
    const gathered = gatherTouched();
    for (const [index, each] of made.entries()) gathered.add(`unit ${index % units}`, alone(each));
    const portions = [...gathered.portions()];
    expect(portions.map(({ length }) => length)).toEqual([2 * inUnit, inUnit]);
    expect(portions[1]).toEqual(made.filter((_, index) => index % units === 2).map(alone));
  });

  it('is one empty portion if nothing happened', () => {
    expect([...gatherTouched().portions()]).toEqual([[]]);
  });
});

const everyKind = { kind: 'all', withinDays: 30 } as const;

describe('a sweep that finds more than it holds at once', () => {
  it('tells each unit once, and a new channel only the summary', async () => {
    const world = await makeDesk();
    const [old, fresh] = [channel('old'), channel('new')];
    world.tenant.pageSize = 1000;
    world.tenant.put(exemption(atRoot, vm1, ['diskEncryption'], { createdAt: new Date('2026-01-01T00:00:00Z') }));
    await subscribed(world, old, 'alerts');
    await sweepExemptions(world.desk);
    await world.runJobs();
    world.teams.posts.splice(0);
    for (const each of made) world.tenant.put(each);
    await subscribed(world, fresh, 'alerts');
    for (let round = 0; round < 2; round += 1) {
      await sweepExemptions(world.desk);
      await world.runJobs();
    }
    const stepsIn = (place: typeof old) => world.teams.in(place, 'alert').map(({ alert }) => alert.step);
    expect(stepsIn(old)).toEqual(['created', 'created', 'created']);
    expect(stepsIn(fresh)).toEqual(['baseline']);
    // Those of the last portion count as well.
    expect(world.teams.in(fresh, 'alert')[0]?.alert.facts).toContainEqual({
      label: 'Exemptions found',
      text: String((await countExemptions(world.desk, { person: bob, channelId: undefined }, everyKind)).found),
    });
    expect(await world.desk.database.seen.countInSight()).toBe(1 + units * inUnit);
  }, 120_000);
});
