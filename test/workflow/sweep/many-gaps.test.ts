import type { SweepingDesk } from '../../../src/workflow/desk.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { shopProd } from '../../core/contoso.ts';
import { assignment, ownInitiative } from '../../core/policies.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { askAndWrite, channel, subscribed } from '../../fakes/story.ts';

const many = 150;
const alerts = channel('alerts');

/** Requests that were written, a channel that hears of everything, and a sweep that has looked once. */
const written = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  const request = await askAndWrite(world, { expiry: '60' });
  for (let count = 1; count < many; count += 1)
    await world.desk.database.requests.add({ ...request, reference: `EX-GAP${count}` });
  await subscribed(world, alerts, 'alerts');
  await sweepExemptions(world.desk);
  await world.runJobs();
  world.teams.posts.splice(0);
  return world;
};

/** The most requests and gaps that a sweep held together, and how often each step was told. */
const sweep = async (world: TestDesk) => {
  const { requests, gaps } = world.desk.database;
  let most = 0;
  const desk: SweepingDesk = {
    ...world.desk,
    database: {
      ...world.desk.database,
      requests: {
        ...requests,
        list: async (which) => {
          const found = await requests.list(which);
          most = Math.max(most, found.length);
          return found;
        },
      },
      gaps: {
        ...gaps,
        keep: (kept) => {
          most = Math.max(most, kept.length);
          return gaps.keep(kept);
        },
      },
    },
  };
  world.clock.forward({ minutes: 5 });
  await sweepExemptions(desk);
  await world.runJobs();
  const steps = world.teams.in(alerts, 'digest').flatMap((card) => card.alerts.map(({ alert }) => alert.step));
  world.teams.posts.splice(0);
  return { most, told: new Map([...Map.groupBy(steps, (step) => step)].map(([step, all]) => [step, all.length])) };
};

describe('coverage gaps of many requests', () => {
  it('are followed some at a time, each told once when it opens and when it closes', async () => {
    const world = await written();
    const { assignments } = world.tenant;
    world.tenant.assignments = [...assignments, assignment('later', shopProd, ownInitiative)];
    expect((await sweep(world)).told).toEqual(new Map([['gap', many]]));
    const unchanged = await sweep(world);
    expect(unchanged.told).toEqual(new Map());
    expect(unchanged.most).toBeLessThanOrEqual(100);

    world.tenant.assignments = assignments;
    const closing = await sweep(world);
    expect(closing.told).toEqual(new Map([['gap-closed', many]]));
    expect(closing.most).toBeLessThanOrEqual(100);
    expect((await sweep(world)).told).toEqual(new Map());
    world.tenant.assignments = [...assignments, assignment('later', shopProd, ownInitiative)];
    expect((await sweep(world)).told).toEqual(new Map([['gap', many]]));
  }, 120_000);
});
