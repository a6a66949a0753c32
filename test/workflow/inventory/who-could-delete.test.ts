import { forgetPerson } from '../../../src/workflow/ledger/forget-person.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { planCleanup } from '../../../src/workflow/inventory/plan-cleanup.ts';
import { cleanupKinds } from '../../../src/core/inventory/cleanup.ts';
import { rejectRequest } from '../../../src/workflow/decide/decide-request.ts';
import { alice, bob, carol, dan, playground, shopGroup, shopGroup2, shopProd, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, askAndWrite } from '../../fakes/story.ts';

const inGroup = 'shop-prod / rg-shop';
const expiredAt = (scope: string) =>
  exemption(atRoot, scope, ['diskEncryption'], {
    id: `${scope}/providers/Microsoft.Authorization/policyExemptions/old`,
    expiresAt: new Date('2026-01-01T00:00:00Z'),
  });

/** Expired exemptions that Alice, a reader of the subscription, may not delete. */
const planted = async (...scopes: readonly string[]): Promise<TestDesk> => {
  const world = await makeDesk();
  for (const scope of scopes) world.tenant.put(expiredAt(scope));
  await sweepExemptions(world.desk);
  return world;
};
const people = async ({ desk }: TestDesk, person = alice) =>
  (await planCleanup(desk, person, cleanupKinds)).others.people;

describe('who could delete what a cleanup may not', () => {
  it('names whoever decided requests there and still may', async () => {
    const world = await planted(shopGroup);
    expect(await people(world)).toEqual([]);
    await askAndWrite(world);
    expect(await people(world)).toEqual([{ name: bob.name, places: [inGroup] }]);
    const { whyEmpty } = await planCleanup(world.desk, alice, cleanupKinds);
    expect(whyEmpty).toMatchObject({ kind: 'not-yours', people: [{ name: bob.name }] });
    world.access.takeAll(bob);
    expect(await people(world)).toEqual([]);
  });

  it('names whoever rejected, the newest first, and where each of them may', async () => {
    const world = await planted(shopGroup, shopGroup2);
    await askAndWrite(world);
    world.clock.forward({ minutes: 1 });
    const { reference } = await ask(world, { resources: [vm10] });
    await rejectRequest(world.desk, carol, { reference, version: undefined, words: 'No.' });
    world.access.takeAll(bob);
    world.access.give(bob, 'securityAdmin', shopGroup);
    expect(await people(world)).toEqual([
      { name: carol.name, places: [inGroup, 'shop-prod / rg-shop-2'] },
      { name: bob.name, places: [inGroup] },
    ]);
  });

  it('leaves out a place of which somebody may delete only a part', async () => {
    const world = await planted(shopGroup, `${shopGroup}/providers/a.b/c/d`);
    await askAndWrite(world);
    world.access.deny(bob, `${shopGroup}/providers/a.b/c/d`);
    expect(await people(world)).toEqual([]);
  });

  it('looks only at requests that the asker may see, and never names the asker', async () => {
    const world = await planted(shopGroup);
    const lab = `${playground}/resourceGroups/rg-lab`;
    const sample = await askAndWrite(world);
    await world.desk.database.requests.replace({
      ...sample,
      version: sample.version + 1,
      terms: { ...sample.terms, scopes: [vm1, lab] },
    });
    world.access.give(dan, 'alertReader', shopGroup);
    expect(await people(world, dan)).toEqual([]);
    world.access.give(dan, 'alertReader', lab);
    expect(await people(world, dan)).toEqual([{ name: bob.name, places: [inGroup] }]);
    world.access.takeAll(bob);
    world.access.give(bob, 'reader', shopProd);
    expect(await people(world, bob)).toEqual([]);
  });

  it('names nobody who was erased', async () => {
    const world = await planted(shopGroup);
    await askAndWrite(world);
    await forgetPerson(world.desk, bob.objectId);
    expect(await people(world)).toEqual([]);
  });

  it('names nobody of whom Azure does not answer, and fails for nobody', async () => {
    const world = await planted(shopGroup);
    await askAndWrite(world);
    world.faults.at('forReading', { error: noAnswer(), when: ({ name }: { name: string }) => name === bob.name });
    expect(await people(world)).toEqual([]);
  });

  it('asks about five people and three places at most, whatever there is', async () => {
    const groups = Array.from({ length: 5 }, (_, number) => `${shopProd}/resourceGroups/rg-${number}`);
    const world = await planted(...groups);
    const sample = await askAndWrite(world);
    for (let number = 0; number < 9; number += 1) {
      const by = { ...carol, objectId: `dddddddd-0000-4000-8000-00000000000${number}`, name: `Approver ${number}` };
      world.access.give(by, 'securityAdmin', shopProd);
      const at = new Date(world.clock.now().getTime() + number);
      await world.desk.database.requests.add({
        ...sample,
        reference: `EX-8${String(number).padStart(3, '0')}`,
        status: 'expired',
        terms: { ...sample.terms, scopes: [groups[number % groups.length]!] },
        approvals: [{ by, at, comment: '' }],
        decision: { by, at, comment: '' },
      });
    }
    const asked: string[] = [];
    const desk: TestDesk['desk'] = {
      ...world.desk,
      forReading: (person) => {
        asked.push(person.name);
        return world.desk.forReading(person);
      },
    };
    const { others } = await planCleanup(desk, alice, cleanupKinds);
    expect([others.places.length, others.placesInAll]).toEqual([3, 5]);
    expect(others.people.map(({ places }) => places.length)).toEqual([3, 3, 3, 3, 3]);
    expect(new Set(asked.filter((name) => name !== alice.name)).size).toBe(5);
  });
});
