import { discardDraft, ownDraft, reopenDraft, startDraft } from '../../../src/workflow/ask/draft-request.ts';
import { alice, bob, dan, shopGroup, shopProd, vm1, vm10 } from '../../core/contoso.ts';
import { boot, disks } from '../../fakes/fake-tenant.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import type { Person } from '../../../src/core/person.ts';
import { expectRefused } from '../../fakes/refusal.ts';
import { ask } from '../../fakes/story.ts';

describe('a draft', () => {
  it('offers the machines that are open and what is around them, and writes nothing but itself', async () => {
    const world = await makeDesk();
    const { draft, offer } = await startDraft(world.desk, alice, disks.key);
    expect(offer.resources.map(({ id }) => id)).toEqual([vm1, vm10]);
    expect(offer.scopes.map(({ id }) => id)).toEqual([shopGroup, shopProd]);
    expect(draft).toMatchObject({ requester: alice, form: { resources: [], expiry: '30' } });
    expect(await ownDraft(world.desk, alice, draft.id)).toEqual(draft);
    expect(await world.ledger()).toEqual([]);
    expect(world.jobs.waiting).toEqual([]);
  });

  it('ticks the machine where there is only one', async () => {
    const world = await makeDesk();
    const { draft } = await startDraft(world.desk, alice, boot.key);
    expect(draft.form.resources).toEqual([vm1]);
  });

  it('knows what was asked for already, as far as the person may see it', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world, { resources: [vm10] });
    const waitingFor = async (person: Person) =>
      (await startDraft(world.desk, person, disks.key)).offer.waiting.rows.map(({ request }) => request.reference);
    expect(await waitingFor(bob)).toEqual([reference]);
    world.access.deny(bob, vm10);
    expect(await waitingFor(bob)).toEqual([]);
  });

  it('offers nothing that the person may not read', async () => {
    const world = await makeDesk();
    world.access.deny(alice, vm10);
    const { offer } = await startDraft(world.desk, alice, disks.key);
    expect(offer.resources.map(({ id }) => id)).toEqual([vm1]);
    await expectRefused(world, 'not-found', () => startDraft(world.desk, dan, disks.key));
  });

  it('is refused where nothing is open, and while Azure does not answer', async () => {
    const world = await makeDesk();
    world.tenant.show(boot, vm1, 'healthy');
    await expectRefused(world, 'conflict', () => startDraft(world.desk, alice, boot.key));
    await expectRefused(world, 'not-found', () => startDraft(world.desk, alice, 'no-such-key'));
    world.faults.at('forReading', { error: noAnswer() });
    await expectRefused(world, 'unavailable', () => startDraft(world.desk, alice, disks.key));
  });

  it('is for its requester alone', async () => {
    const world = await makeDesk();
    const { draft } = await startDraft(world.desk, alice, disks.key);
    await expectRefused(world, 'not-found', () => reopenDraft(world.desk, bob, draft.id));
    await expectRefused(world, 'not-found', () => discardDraft(world.desk, bob, draft.id));
    await discardDraft(world.desk, alice, draft.id);
    await expectRefused(world, 'not-found', () => reopenDraft(world.desk, alice, draft.id));
  });
});
