import { approveRequest, retryRequest } from '../../../src/workflow/decide/decide-request.ts';
import { alice, bob, dan, shopProd } from '../../core/contoso.ts';
import { saysNo } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { expectRefused, refusalsIn } from '../../fakes/refusal.ts';
import { ask, askInEmergency, current } from '../../fakes/story.ts';

const input = (reference: string) => ({ reference, version: undefined, words: '' });

/** A request that Azure refused. */
const refused = async (world: TestDesk, ask: () => Promise<{ readonly reference: string }>): Promise<string> => {
  const { reference } = await ask();
  world.faults.at('exemptions.write', { error: saysNo(), times: 1 });
  const { status } = await current(world, reference);
  if (status === 'pending') await approveRequest(world.desk, bob, input(reference));
  await world.runJobs();
  expect(await current(world, reference)).toMatchObject({ status: 'failed', failure: 'It says no.' });
  return reference;
};

describe('trying again', () => {
  it('writes what Azure refused before', async () => {
    const world = await makeDesk();
    const reference = await refused(world, () => ask(world));
    await retryRequest(world.desk, bob, input(reference));
    expect((await world.ledger()).at(-1)).toMatchObject({ event: 'retried', from: 'failed', to: 'approved' });
    expect(world.jobs.names()).toEqual([`apply-request ${reference}`, `publish-request ${reference}`]);
    await world.runJobs();
    expect(await current(world, reference)).toMatchObject({ status: 'applied', failure: undefined });
    expect(world.tenant.exemptions()).toHaveLength(2);
  });

  it('is only for what failed', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await expectRefused(world, 'conflict', () => retryRequest(world.desk, bob, input(reference)));
    await approveRequest(world.desk, bob, input(reference));
    await expectRefused(world, 'conflict', () => retryRequest(world.desk, bob, input(reference)));
    await world.runJobs();
    await expectRefused(world, 'conflict', () => retryRequest(world.desk, bob, input(reference)));
  });

  it('is for whoever could decide it, and not for its requester', async () => {
    const world = await makeDesk();
    world.access.give(alice, 'securityAdmin', '/');
    world.access.give(dan, 'reader', shopProd);
    const reference = await refused(world, () => ask(world));
    await expectRefused(world, 'forbidden', () => retryRequest(world.desk, alice, input(reference)));
    await expectRefused(world, 'forbidden', () => retryRequest(world.desk, dan, input(reference)));
    expect(await refusalsIn(world)).toEqual(['retry by Alice Adler', 'retry by Dan Dorn']);
  });

  it('comes too late for an emergency whose time is over', async () => {
    const world = await makeDesk();
    world.access.give(alice, 'securityAdmin', '/');
    const reference = await refused(world, () => askInEmergency(world));
    world.clock.forward({ hours: 73 });
    await expectRefused(world, 'conflict', () => retryRequest(world.desk, alice, input(reference)));
  });
});
