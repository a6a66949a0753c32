import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { alice, bob, dan, shopProd, vm10 } from '../../core/contoso.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { expectRefused, refusalsIn } from '../../fakes/refusal.ts';
import { ask, askAndWrite, current } from '../../fakes/story.ts';

const input = (reference: string, words = 'Migrated.') => ({ reference, words });

describe('revoking before the end', () => {
  it('is decided first and done by the job', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world);
    await revokeEarly(world.desk, alice, input(reference));
    expect(await current(world, reference)).toMatchObject({
      status: 'revoking',
      revocation: { by: alice, reason: 'Migrated.' },
    });
    expect((await world.ledger()).at(-1)).toMatchObject({ event: 'revoking', text: 'Migrated.' });
    expect(world.jobs.names()).toEqual([`revoke-request ${reference}`, `publish-request ${reference}`]);
    expect(world.tenant.exemptions()).toHaveLength(2);
    await world.runJobs();
    expect(world.tenant.exemptions()).toEqual([]);
    expect(await current(world, reference)).toMatchObject({ status: 'revoked' });
  });

  it('is for the requester, and for whoever may delete all of it', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world);
    world.access.give(dan, 'reader', shopProd);
    await expectRefused(world, 'forbidden', () => revokeEarly(world.desk, dan, input(reference)));
    expect(await refusalsIn(world)).toEqual(['revoke by Dan Dorn']);
    world.faults.at('forDecision', { error: noAnswer(), times: 1 });
    await expectRefused(world, 'unavailable', () => revokeEarly(world.desk, bob, input(reference)));
    await revokeEarly(world.desk, bob, input(reference));
  });

  it('tells nobody of a request that they may not see', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world);
    await expectRefused(world, 'not-found', () => revokeEarly(world.desk, dan, input(reference)));
    await expectRefused(world, 'not-found', () => revokeEarly(world.desk, bob, input('EX-9999')));
  });

  it('needs a reason', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world);
    await expectRefused(world, 'invalid', () => revokeEarly(world.desk, alice, input(reference, ' ')));
  });

  it('is refused where nothing stands in Azure', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await expectRefused(world, 'conflict', () => revokeEarly(world.desk, alice, input(reference)));
    const { reference: written } = await askAndWrite(world, { resources: [vm10] });
    await revokeEarly(world.desk, alice, input(written));
    await expectRefused(world, 'conflict', () => revokeEarly(world.desk, alice, input(written)));
  });
});
