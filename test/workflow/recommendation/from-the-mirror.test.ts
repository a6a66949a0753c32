import { listingOf, recommendationSet, type MadeIn } from '../../../src/core/inventory/listing.ts';
import { keptResource } from '../../../src/core/mirror/kept-resource.ts';
import { normalId, subscriptionOf } from '../../../src/core/tenant/arm-id.ts';
import { recommendationsNamed } from '../../../src/workflow/recommendation/find-recommendations.ts';
import { showRecommendation } from '../../../src/workflow/recommendation/show-recommendation.ts';
import { bob, shopGroup, shopProd, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot, boot, disks } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';

const asker = { person: bob, channelId: undefined };

/** What the card of a recommendation takes from the database, so that nobody waits for Azure. */
describe('the card of a recommendation, where the tenant was read for lists', () => {
  let world: TestDesk;
  let asked: string[];
  /** The desk that notes what is asked of Azure beside the recommendation itself. */
  const noting = (): TestDesk['desk'] => {
    const { desk } = world;
    asked = [];
    const note = <Arguments extends readonly unknown[], Result>(name: string, ask: (...given: Arguments) => Result) => {
      return (...given: Arguments): Result => {
        asked.push(name);
        return ask(...given);
      };
    };
    const { recommendations, exemptions, defenderExemptions } = desk;
    return {
      ...desk,
      recommendations: {
        ...recommendations,
        standings: note('standings', recommendations.standings),
        scopesWith: note('scopesWith', recommendations.scopesWith),
      },
      exemptions: { ...exemptions, near: note('near', exemptions.near) },
      defenderExemptions: { above: note('defender', defenderExemptions.above) },
    };
  };

  const list = async (madeIn: MadeIn, scope: string, displayName: string) => {
    const { desk } = world;
    const { title, severity } = disks;
    const one = exemption(atRoot, scope, undefined, {
      id: `${scope}/providers/Microsoft.Authorization/policyExemptions/${displayName}`,
      displayName,
    });
    return listingOf(
      {
        ...{ madeIn, exemption: one, fingerprint: displayName, placeName: '', scopeLabel: '', reference: undefined },
        ...{ wholeInitiative: false, assignmentName: madeIn === 'policy' ? 'MCSB' : undefined },
        recommendations: recommendationSet([{ key: disks.key, title, severity }], desk.hash),
      },
      desk.hash,
    );
  };
  const inDefender = async (...places: readonly (readonly [scope: string, name: string])[]) => {
    const { listings } = world.desk.database;
    const found = await Promise.all(places.map(([scope, name]) => list('defender', scope, name)));
    await listings.keepThoseOfDefender(found, world.clock.now());
    await listings.noteRead(world.clock.now());
  };
  const mirror = async (id: string, keys: readonly string[], unhealthy = keys) =>
    world.desk.database.mirror.replace(
      'resources',
      normalId(subscriptionOf(id) ?? ''),
      [{ key: normalId(id), data: keptResource({ id, keys, unhealthy, exempt: [], tags: undefined }) }],
      world.clock.now(),
    );
  const shown = async () =>
    (await showRecommendation(noting(), asker, disks.key)).exempted.map((each) => each.exemption?.displayName);

  beforeEach(async () => {
    world = await makeDesk();
    world.tenant.show(disks, vm1, 'exempt');
  });

  it('names what exempts a resource from what lists know, and asks Azure nothing for it', async () => {
    await inDefender([shopGroup, 'Until spring'], [vm10, 'elsewhere']);
    expect(await shown()).toEqual(['Until spring']);
    expect(asked).toEqual([]);
  });

  it('asks Azure where lists do not explain it, or not for certain', async () => {
    await inDefender([vm10, 'elsewhere']);
    expect(await shown()).toEqual([undefined]);
    expect(asked).toEqual(['near', 'defender']);
    await inDefender([shopGroup, 'one'], [shopProd, 'another that may leave it out']);
    expect(await shown()).toEqual([undefined]);
    expect(asked).toEqual(['near', 'defender']);
  });

  it('names an assignment of a resource group from the mirror, and asks Azure where that leads to none', async () => {
    world.tenant.assessments = world.tenant.assessments.filter(({ resourceId }) => resourceId === vm1);
    world.tenant.assignments = world.tenant.assignments.map((each) => ({
      ...each,
      scope: shopGroup,
      displayName: 'Here',
    }));
    expect((await showRecommendation(noting(), asker, disks.key)).heldBy).toContain('Here');
    expect(asked).toContain('scopesWith');
    await mirror(vm1, [disks.key]);
    expect((await showRecommendation(noting(), asker, disks.key)).heldBy).toContain('Here');
    expect(asked).not.toContain('scopesWith');
  });

  it('is found by its title without a list, unless the mirror does not have it in sight', async () => {
    const named = async (words: string) =>
      (await recommendationsNamed(noting(), asker, words)).meant.map(({ key }) => key);
    expect(await named(disks.title)).toEqual([disks.key]);
    expect(asked).toEqual(['standings']);
    await mirror(vm1, [disks.key, boot.key], [disks.key]);
    expect(await named(disks.title.toUpperCase())).toEqual([disks.key]);
    expect(asked).toEqual([]);
    await expect(named('no such title')).rejects.toThrow('No recommendation that you can see');
    await named(boot.title);
    expect(asked).toEqual(['standings']);
  });
});
