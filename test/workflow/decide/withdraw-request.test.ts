import { approveRequest, withdrawRequest } from '../../../src/workflow/decide/decide-request.ts';
import { alice, bob, dan, shopProd } from '../../core/contoso.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { expectRefused, refusalsIn } from '../../fakes/refusal.ts';
import { ask, askInEmergency, current } from '../../fakes/story.ts';

const input = (reference: string, version: number | undefined = 1) => ({ reference, version, words: '' });

describe('withdrawing', () => {
  it('ends the request', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.jobs.waiting.splice(0);
    await withdrawRequest(world.desk, alice, input(reference));
    expect(await current(world, reference)).toMatchObject({ status: 'withdrawn', decision: undefined });
    expect((await world.ledger()).at(-1)).toMatchObject({ event: 'withdrawn', actor: { person: alice } });
    expect(world.jobs.names()).toEqual([`publish-request ${reference}`]);
  });

  it('is for the requester alone', async () => {
    const world = await makeDesk();
    world.access.give(dan, 'reader', shopProd);
    const { reference } = await ask(world);
    await expectRefused(world, 'forbidden', () => withdrawRequest(world.desk, bob, input(reference)));
    await expectRefused(world, 'forbidden', () => withdrawRequest(world.desk, dan, input(reference)));
    expect(await refusalsIn(world)).toEqual(['withdraw by Bob Berger', 'withdraw by Dan Dorn']);
  });

  it('takes the requester in any casing of their id', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await withdrawRequest(world.desk, { ...alice, objectId: alice.objectId.toUpperCase() }, input(reference));
  });

  it('comes too late once somebody has decided, and from a card that is out of date', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await expectRefused(world, 'conflict', () => withdrawRequest(world.desk, alice, input(reference, 2)));
    await approveRequest(world.desk, bob, { ...input(reference), words: 'Fine.' });
    await expectRefused(world, 'conflict', () => withdrawRequest(world.desk, alice, input(reference)));
    await world.runJobs();
    await expectRefused(world, 'conflict', () => withdrawRequest(world.desk, alice, input(reference)));
  });

  it('takes an emergency out of Azure', async () => {
    const world = await makeDesk();
    const { reference } = await askInEmergency(world);
    await world.runJobs();
    expect(world.tenant.exemptions()).toHaveLength(2);
    await withdrawRequest(world.desk, bob, input(reference, undefined));
    await world.runJobs();
    expect(world.tenant.exemptions()).toEqual([]);
    expect(await current(world, reference)).toMatchObject({ status: 'revoked' });
  });
});
