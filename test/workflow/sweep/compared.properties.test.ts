import fc from 'fast-check';
import { noChangeTimes, withChangeTimes } from '../../../src/core/inventory/change-times.ts';
import type { Exemption } from '../../../src/core/exemption/exemption.ts';
import { normalId } from '../../../src/core/tenant/arm-id.ts';
import { sweepExemptions, type SweepWay } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { shopGroup, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { listed } from '../../fakes/listed.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { channel, subscribed } from '../../fakes/story.ts';

const alerts = channel('alerts');
const start = new Date('2027-03-01T12:00:00Z');
const places = [vm1, vm10, shopGroup];
const madeOn = (scope: string, more: Partial<Exemption> = {}) =>
  exemption(atRoot, scope, ['diskEncryption'], {
    createdAt: start,
    expiresAt: new Date('2027-03-05T09:30:00Z'),
    ...more,
  });
const idOn = (scope: string): string => madeOn(scope).id;

/** Two sweeps at once would share a database, so the same turns are taken twice: once with change times, once without. */
class Turns {
  readonly world: TestDesk;
  /** What the channel was told between two sweeps, and how the sweep read. */
  readonly told: { readonly way: SweepWay; readonly steps: readonly string[] }[] = [];
  readonly #compares: boolean;

  constructor(world: TestDesk, compares: boolean) {
    this.world = world;
    this.#compares = compares;
  }

  static async begin(compares: boolean): Promise<Turns> {
    const world = await makeDesk();
    world.clock.set(start);
    world.tenant.changeClock = world.clock.now;
    if (!compares) Object.assign(world.desk.everyExemption, { changeTimes: async () => undefined });
    await subscribed(world, alerts, 'alerts');
    const turns = new Turns(world, compares);
    await turns.sweep(0);
    return turns;
  }

  /** Azure notes times in fractions of a second, and no two changes are made at the same time. */
  change(work: () => void): void {
    this.world.clock.forward({ ms: 1000 });
    work();
  }

  async sweep(minutes: number): Promise<void> {
    const { clock, desk, teams, runJobs } = this.world;
    clock.forward({ minutes });
    const way = await sweepExemptions(desk);
    await runJobs();
    const steps = teams.in(alerts, 'alert').map(({ alert }) => `${alert.step} ${normalId(alert.exemptionId ?? '')}`);
    teams.posts.splice(0);
    this.told.push({ way, steps });
  }

  /** The sweep dies at one of its first answers, and is repeated. */
  async sweepTwice(dies: 'everyExemption.ofPolicy' | 'policies.assignments' | 'transaction'): Promise<void> {
    this.world.faults.at(dies, { error: new Error('The process ended.'), times: 1, afterwards: true });
    await sweepExemptions(this.world.desk).catch(() => undefined);
    this.world.faults.clear();
    await this.sweep(0);
  }

  /** Nobody answers the question for change times in time. */
  async sweepUntold(): Promise<void> {
    if (this.#compares) this.world.faults.at('everyExemption.changeTimes', { error: noAnswer(), times: 1 });
    await this.sweep(5);
    this.world.faults.clear();
  }

  async state(): Promise<unknown> {
    const seen: unknown[] = [];
    for await (const portion of this.world.desk.database.seen.all())
      seen.push(...portion.map(({ exemption: { id }, fingerprint, orphaned }) => ({ id, fingerprint, orphaned })));
    const rows = (await listed(this.world)).map(({ exemption: { id, displayName, category } }) => [
      id,
      displayName,
      category,
    ]);
    return { seen: seen.map((each) => JSON.stringify(each)).sort(), rows };
  }
}

type Turn = (turns: Turns) => Promise<void> | void;

const anyPlace = fc.constantFrom(...places);
const put = fc.tuple(anyPlace, fc.constantFrom('', ' again')).map(
  ([scope, more]): Turn =>
    (turns) =>
      turns.change(() => turns.world.tenant.put(madeOn(scope, { displayName: `Until May${more}` }))),
);
const changed = fc.tuple(anyPlace, fc.constantFrom('2027-03-05T09:30:00Z', '2027-03-12T00:00:00Z')).map(
  ([scope, end]): Turn =>
    (turns) =>
      turns.change(() => {
        const { tenant } = turns.world;
        if (tenant.find(idOn(scope)) !== undefined) tenant.change(idOn(scope), { expiresAt: new Date(end) });
      }),
);
const deleted = anyPlace.map(
  (scope): Turn =>
    (turns) =>
      turns.change(() => turns.world.tenant.delete(idOn(scope))),
);
const lags: Turn = ({ world }) => world.tenant.graphLags();
const catchesUp: Turn = ({ world }) => world.tenant.graphCatchesUp();
const lost = anyPlace.map(
  (scope): Turn =>
    ({ world: { tenant } }) =>
      tenant.graphLags(tenant.inGraph().filter(({ id }) => id !== idOn(scope))),
);
const sweeps = fc.constantFrom(2, 5, 30, 90, 700).map(
  (minutes): Turn =>
    (turns) =>
      turns.sweep(minutes),
);
const clockBack: Turn = ({ world }) => world.clock.forward({ minutes: -3 });
const deaths = fc
  .constantFrom('everyExemption.ofPolicy' as const, 'policies.assignments' as const, 'transaction' as const)
  .map(
    (at): Turn =>
      (turns) =>
        turns.sweepTwice(at),
  );
const untold: Turn = (turns) => turns.sweepUntold();

const anyTurn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 3, arbitrary: put },
  { weight: 2, arbitrary: changed },
  { weight: 2, arbitrary: deleted },
  { weight: 1, arbitrary: fc.constantFrom(lags, catchesUp, clockBack, untold) },
  { weight: 1, arbitrary: lost },
  { weight: 1, arbitrary: deaths },
  { weight: 5, arbitrary: sweeps },
);

const take = async (all: readonly Turn[], compares: boolean): Promise<Turns> => {
  const turns = await Turns.begin(compares);
  for (const turn of all) await turn(turns);
  turns.world.tenant.graphCatchesUp();
  await turns.sweep(60);
  await turns.sweep(60);
  return turns;
};

const stepsOf = ({ told }: Turns): (readonly string[])[] => told.map(({ steps }) => [...steps].sort());

describe('a sweep that compares change times, however people, Resource Graph, the clock and its own deaths take turns', () => {
  it('tells at each time what one that always reads everything tells then, and ends with the same lists', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyTurn, { minLength: 5, maxLength: 14 }), async (all) => {
        const thorough = await take(all, false);
        const [expected, state] = [stepsOf(thorough), await thorough.state()];
        expect(thorough.told.every(({ way }) => way === 'all')).toBe(true);
        const comparing = await take(all, true);
        expect(stepsOf(comparing)).toEqual(expected);
        expect(await comparing.state()).toEqual(state);
        compared += comparing.told.filter(({ way }) => way === 'compared').length;
      }),
      { numRuns: 30 },
    );
    expect(compared).toBeGreaterThan(10);
  }, 300_000);

  it.each([true, false])('tells alike of what came into sight late (compares: %s)', async (compares) => {
    const turns = await Turns.begin(compares);
    await turns.sweep(30);
    await turns.sweep(20);
    const createdAt = new Date(start.getTime() - 20 * 60_000);
    turns.change(() => turns.world.tenant.put(madeOn(vm1, { createdAt })));
    await turns.sweep(5);
    expect(turns.told.at(-1)?.steps).toEqual([`created ${normalId(idOn(vm1))}`]);
  });

  it('tells in the next hour what its question did not show, and nothing false before', async () => {
    const anyStale = fc.array(
      fc.tuple(anyPlace, fc.constantFrom('put', 'change', 'delete', 'sweep', 'stale', 'fresh')),
      {
        minLength: 6,
        maxLength: 14,
      },
    );
    await fc.assert(
      fc.asyncProperty(anyStale, async (all) => {
        const turns = await Turns.begin(true);
        const { tenant, desk } = turns.world;
        const times = () =>
          withChangeTimes(
            noChangeTimes,
            tenant.inGraph().map(({ changedAt }) => changedAt),
          );
        let shown: ReturnType<typeof times> | undefined;
        Object.assign(desk.everyExemption, { changeTimes: async () => shown ?? times() });
        const happened = new Set<string>();
        for (const [scope, what] of all) {
          const isThere = tenant.find(idOn(scope)) !== undefined;
          if (what === 'sweep') await turns.sweep(5);
          if (what === 'stale') shown = times();
          if (what === 'fresh') shown = undefined;
          turns.change(() => {
            if (what === 'put' && !isThere) tenant.put(madeOn(scope, { createdAt: turns.world.clock.now() }));
            if (what === 'change' && isThere)
              tenant.change(idOn(scope), { displayName: `At ${turns.world.clock.now().getTime()}` });
            if (what === 'delete' && isThere) tenant.delete(idOn(scope));
          });
          if (['put', 'change', 'delete'].includes(what)) happened.add(`${what} ${normalId(idOn(scope))}`);
        }
        await turns.sweep(60);
        await turns.sweep(60);
        const kinds: Readonly<Record<string, readonly string[]>> = {
          created: ['put'],
          deleted: ['delete'],
          // Deleted and made again between two readings, it is another one at the same place.
          changed: ['change', 'delete'],
        };
        for (const step of turns.told.flatMap(({ steps }) => steps)) {
          const [kind = '', id = ''] = step.split(' ');
          if (kinds[kind] !== undefined) expect(kinds[kind].some((what) => happened.has(`${what} ${id}`))).toBe(true);
        }
        const known: string[] = [];
        for await (const portion of desk.database.seen.all())
          known.push(...portion.map(({ exemption: { id, displayName } }) => `${normalId(id)} ${displayName}`));
        expect(known.sort()).toEqual(
          tenant
            .exemptions()
            .map(({ id, displayName }) => `${normalId(id)} ${displayName}`)
            .sort(),
        );
      }),
      { numRuns: 30 },
    );
  }, 300_000);
});
