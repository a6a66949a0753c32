import { approveRequest, retryRequest } from '../../../src/workflow/decide/decide-request.ts';
import { applyRequest } from '../../../src/workflow/write/apply-request.ts';
import { alice, bob, carol, shopGroup, vm1, vm10 } from '../../core/contoso.ts';
import { noAnswer, saysNo } from '../../fakes/faults.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { ask, askInEmergency, chatOf, current } from '../../fakes/story.ts';

const approved = async (resources: readonly string[], choices: Parameters<typeof makeDesk>[0] = {}) => {
  const world = await makeDesk(choices);
  await world.meet(chatOf(alice), chatOf(bob));
  const { reference } = await ask(world, { resources });
  await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
  world.jobs.waiting.splice(0);
  return { ...world, reference };
};
const nothingLeft =
  'shop-prod / rg-shop / vm1 no longer exists in Azure, so there is nothing left to exempt. Nothing was changed in Azure.';

describe('writing an approved request for something that is gone meanwhile', () => {
  it('closes it, and tells whoever asked and whoever approved', async () => {
    const world = await approved([vm1]);
    world.tenant.deleted = [vm1];
    await applyRequest(world.desk, world.reference);
    expect(await current(world, world.reference)).toMatchObject({ status: 'lapsed', failure: nothingLeft });
    const rows = await world.ledger();
    expect(rows.at(-1)).toMatchObject({ event: 'gone', from: 'approved', to: 'lapsed' });
    expect(await world.desk.database.writeSteps.of(world.reference)).toEqual([]);
    await world.runJobs();
    const told = JSON.stringify(world.teams);
    expect(told).toContain(`${world.reference} was closed. ${nothingLeft}`);
    expect(told).toContain(`${world.reference}, which you approved, was closed. ${nothingLeft}`);
    world.tenant.deleted = [];
    expect((await ask(world)).status).toBe('pending');
  });

  it('says which part is gone where nothing is written without it', async () => {
    const world = await approved([vm1, vm10]);
    world.tenant.deleted = [vm10];
    await applyRequest(world.desk, world.reference);
    expect(await current(world, world.reference)).toMatchObject({
      status: 'failed',
      failure:
        'shop-prod / rg-shop / vm10 no longer exists in Azure, so nothing was written. Send a new request for what is left.',
    });
    expect(world.tenant.exemptions()).toEqual([]);
  });

  it('says which part is gone where the rest is written', async () => {
    const world = await approved([vm1, vm10], { partialRights: 'best-effort' });
    world.tenant.deleted = [vm10];
    await applyRequest(world.desk, world.reference);
    const { status, failure } = await current(world, world.reference);
    expect(status).toBe('partly-applied');
    expect(failure).toMatch(/: shop-prod \/ rg-shop \/ vm10 no longer exists in Azure\./);
    expect(failure).not.toContain('There is no');
    expect(world.tenant.exemptions()).toHaveLength(2);
  });

  it('goes on to fail for another reason where everything is there', async () => {
    const world = await approved([vm1]);
    world.faults.at('exemptions.write', { error: saysNo('not-found') });
    await applyRequest(world.desk, world.reference);
    expect(await current(world, world.reference)).toMatchObject({ status: 'failed', failure: 'It says no.' });
  });

  it('comes again where Azure does not say whether it is gone', async () => {
    const world = await approved([vm1]);
    world.tenant.deleted = [vm1];
    world.faults.at('exemptions.fate', { error: noAnswer(), times: 1 });
    await expect(applyRequest(world.desk, world.reference)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await current(world, world.reference)).toMatchObject({ status: 'approved' });
    await applyRequest(world.desk, world.reference);
    expect(await current(world, world.reference)).toMatchObject({ status: 'lapsed' });
  });

  it('closes what had failed before and is tried again', async () => {
    const world = await approved([vm1]);
    world.faults.at('exemptions.write', { error: saysNo('conflict'), times: 1 });
    await applyRequest(world.desk, world.reference);
    expect(await current(world, world.reference)).toMatchObject({ status: 'failed' });
    world.tenant.deleted = [shopGroup];
    await retryRequest(world.desk, carol, { reference: world.reference, version: undefined, words: '' });
    await applyRequest(world.desk, world.reference);
    expect(await current(world, world.reference)).toMatchObject({ status: 'lapsed', failure: nothingLeft });
  });

  it('closes an emergency of which nothing was written, but none that stands in Azure', async () => {
    const early = await makeDesk();
    const { reference } = await askInEmergency(early);
    early.tenant.deleted = [vm1];
    await early.runJobs();
    expect(await current(early, reference)).toMatchObject({ status: 'lapsed', failure: nothingLeft });

    const late = await makeDesk();
    const written = await askInEmergency(late);
    await late.runJobs();
    await approveRequest(late.desk, carol, { reference: written.reference, version: undefined, words: '' });
    late.tenant.deleted = [vm1];
    await late.runJobs();
    const { status, failure } = await current(late, written.reference);
    expect([status, failure]).toEqual(['partly-applied', expect.stringContaining('vm1 no longer exists in Azure')]);
  });
});
