import fc from 'fast-check';
import { normalId } from '../../../src/core/tenant/arm-id.ts';
import { listingFinder } from '../../../src/workflow/plan/list-facts.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { shopGroup, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { listed } from '../../fakes/listed.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';

const places = [vm1, vm10, shopGroup];
const anyPlace = fc.constantFrom(...places);
const anyCategory = fc.constantFrom('Waiver' as const, 'Mitigated' as const);
type Category = typeof anyCategory extends fc.Arbitrary<infer Value> ? Value : never;

const madeOn = (scope: string, category: Category) => exemption(atRoot, scope, ['diskEncryption'], { category });
const idOn = (scope: string): string => madeOn(scope, 'Waiver').id;

/** What stands or is listed, by scope. */
type Categories = Readonly<Record<string, Category | undefined>>;

/** A world in which steps of ours, other people, Resource Graph and sweeps take turns in any order. */
class Turns {
  /** Where we were the last who changed something. */
  readonly ours = new Set<string>();
  readonly world: TestDesk;

  constructor(world: TestDesk) {
    this.world = world;
  }

  async write(scope: string, category: Category): Promise<void> {
    const { desk, tenant } = this.world;
    const listingOf = await listingFinder(desk, [scope]);
    tenant.put(madeOn(scope, category));
    await desk.database.transaction((store) =>
      store.written.put(listingOf(madeOn(scope, category), undefined), desk.now()),
    );
    this.ours.add(scope);
  }

  async remove(scope: string): Promise<void> {
    const { desk, tenant } = this.world;
    tenant.delete(idOn(scope));
    await desk.database.transaction((store) => store.written.erase([idOn(scope)], desk.now()));
    this.ours.add(scope);
  }

  async changeOutside(scope: string, category: Category | undefined): Promise<void> {
    const { tenant } = this.world;
    if (category === undefined) tenant.delete(idOn(scope));
    else tenant.put(madeOn(scope, category));
    this.ours.delete(scope);
  }

  async sweep(minutes: number): Promise<void> {
    this.world.clock.forward({ minutes });
    await sweepExemptions(this.world.desk);
  }

  standing(): Categories {
    return Object.fromEntries(places.map((scope) => [scope, this.world.tenant.find(idOn(scope))?.category]));
  }

  async listed(): Promise<Categories> {
    const rows = await listed(this.world);
    const categoryOn = (scope: string): Category | undefined =>
      rows.find((row) => normalId(row.exemption.scope) === normalId(scope))?.exemption.category;
    return Object.fromEntries(places.map((scope) => [scope, categoryOn(scope)]));
  }

  async expectOursRight(): Promise<void> {
    const only = (all: Categories): Categories =>
      Object.fromEntries(Object.entries(all).filter(([scope]) => this.ours.has(scope)));
    expect(only(await this.listed())).toEqual(only(this.standing()));
  }
}

type Turn = (turns: Turns) => Promise<void>;

const anyTurn: fc.Arbitrary<Turn> = fc.oneof(
  fc.tuple(anyPlace, anyCategory).map(
    ([scope, category]) =>
      (turns: Turns) =>
        turns.write(scope, category),
  ),
  anyPlace.map((scope) => (turns: Turns) => turns.remove(scope)),
  fc.tuple(anyPlace, fc.option(anyCategory, { nil: undefined, freq: 2 })).map(
    ([scope, category]) =>
      (turns: Turns) =>
        turns.changeOutside(scope, category),
  ),
  fc.constant<Turn>(async ({ world }) => world.tenant.graphLags()),
  fc.constant<Turn>(async ({ world }) => world.tenant.graphCatchesUp()),
  anyPlace.map((scope): Turn => async ({ world: { tenant } }) => {
    tenant.graphLags(tenant.inGraph().filter(({ id }) => id !== idOn(scope)));
  }),
  { weight: 3, arbitrary: fc.constantFrom(1, 3).map((minutes) => (turns: Turns) => turns.sweep(minutes)) },
);

describe('lists, however steps, other people, Resource Graph and sweeps take turns', () => {
  it('show at once what we did, as long as nobody else changes it, and in the end what stands in Azure', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyTurn, { minLength: 4, maxLength: 12 }), async (all) => {
        const turns = new Turns(await makeDesk());
        await turns.sweep(0);
        for (const turn of all) {
          await turn(turns);
          await turns.expectOursRight();
        }
        turns.world.tenant.graphCatchesUp();
        for (let round = 0; round < 3; round += 1) await turns.sweep(120);
        expect(await turns.listed()).toEqual(turns.standing());
        expect(await turns.world.desk.database.written.all(10)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 300_000);
});
