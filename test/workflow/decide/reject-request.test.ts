import { rejectRequest } from '../../../src/workflow/decide/decide-request.ts';
import { alice, bob, dan, shopProd } from '../../core/contoso.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { expectRefused, refusalsIn } from '../../fakes/refusal.ts';
import { ask, askInEmergency, current } from '../../fakes/story.ts';

const input = (reference: string, words = 'Encrypt them.') => ({ reference, version: 1, words });

describe('rejecting', () => {
  it('records who and why, and writes nothing', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.jobs.waiting.splice(0);

    await rejectRequest(world.desk, bob, input(reference));

    expect(await current(world, reference)).toMatchObject({
      status: 'rejected',
      decision: { by: bob, comment: 'Encrypt them.' },
      approvals: [],
    });
    expect((await world.ledger()).at(-1)).toMatchObject({ event: 'rejected', from: 'pending', text: 'Encrypt them.' });
    expect(world.jobs.names()).toEqual([`publish-request ${reference}`]);
    expect(world.tenant.exemptions()).toEqual([]);
  });

  it('needs a reason', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await expectRefused(world, 'invalid', () => rejectRequest(world.desk, bob, input(reference, '  ')));
  });

  it('is not for the requester, nor for whoever has no role, nor without an answer of Azure', async () => {
    const world = await makeDesk();
    world.access.give(alice, 'securityAdmin', '/');
    world.access.give(dan, 'reader', shopProd);
    const { reference } = await ask(world);
    await expectRefused(world, 'forbidden', () => rejectRequest(world.desk, alice, input(reference)));
    await expectRefused(world, 'forbidden', () => rejectRequest(world.desk, dan, input(reference)));
    expect(await refusalsIn(world)).toEqual(['reject by Alice Adler', 'reject by Dan Dorn']);
    world.faults.at('forDecision', { error: noAnswer() });
    await expectRefused(world, 'unavailable', () => rejectRequest(world.desk, bob, input(reference)));
  });

  it('is refused where the terms have changed, and where it was decided', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    const stale = { ...input(reference), version: 2 };
    await expectRefused(world, 'conflict', () => rejectRequest(world.desk, bob, stale));
    await rejectRequest(world.desk, bob, input(reference));
    await expectRefused(world, 'conflict', () => rejectRequest(world.desk, bob, input(reference)));
  });

  it('takes out of Azure what was written in an emergency', async () => {
    const world = await makeDesk();
    const { reference } = await askInEmergency(world);
    await world.runJobs();
    world.access.give(alice, 'securityAdmin', '/');

    await rejectRequest(world.desk, alice, input(reference));
    expect(await current(world, reference)).toMatchObject({
      status: 'revoking',
      revocation: { by: alice, reason: 'Encrypt them.' },
    });
    expect(world.jobs.names()).toContain(`revoke-request ${reference}`);
    await world.runJobs();
    expect(world.tenant.exemptions()).toEqual([]);
    expect(await current(world, reference)).toMatchObject({ status: 'revoked', emergency: undefined });
  });
});
