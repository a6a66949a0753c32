import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { revokeRequest } from '../../../src/workflow/write/revoke-request.ts';
import { alice } from '../../core/contoso.ts';
import { noAnswer, saysNo } from '../../fakes/faults.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { askAndWrite, current } from '../../fakes/story.ts';

const revoking = async () => {
  const world = await makeDesk();
  const { reference, targets } = await askAndWrite(world);
  await revokeEarly(world.desk, alice, { reference, words: 'Done.' });
  world.jobs.waiting.splice(0);
  return { ...world, reference, ids: targets.map(({ exemptionId }) => exemptionId) };
};

describe('taking a revoked request out of Azure', () => {
  it('removes what the request wrote, each on record', async () => {
    const world = await revoking();
    await revokeRequest(world.desk, world.reference);
    expect(world.tenant.exemptions()).toEqual([]);
    const removed = (await world.ledger()).filter(({ event }) => event === 'exemption-removed');
    expect(removed.map(({ facts }) => facts.exemption)).toEqual(world.ids);
    expect((await world.ledger()).at(-1)).toMatchObject({ event: 'revoked', from: 'revoking', to: 'revoked' });
    expect(world.jobs.names()).toEqual(['sweep-exemptions', `publish-request ${world.reference}`]);
  });

  it('leaves alone what somebody put in its place', async () => {
    const world = await revoking();
    world.tenant.change(world.ids[0]!, { requestReference: 'EX-OTHER', displayName: 'Theirs' });
    await revokeRequest(world.desk, world.reference);
    expect(world.tenant.exemptions()).toMatchObject([{ id: world.ids[0], displayName: 'Theirs' }]);
  });

  it('is not called revoked before all of it is gone', async () => {
    const world = await revoking();
    world.faults.at('exemptions.remove', { error: saysNo('conflict'), when: (id: string) => id === world.ids[0] });
    await revokeRequest(world.desk, world.reference);
    expect(await current(world, world.reference)).toMatchObject({ status: 'revoking', failure: 'It says no.' });
    expect((await world.ledger()).at(-1)).toMatchObject({ event: 'not-removed' });
    const before = await world.ledger();
    await revokeRequest(world.desk, world.reference);
    expect(await world.ledger()).toEqual(before);
    world.faults.clear();
    await revokeRequest(world.desk, world.reference);
    expect(await current(world, world.reference)).toMatchObject({ status: 'revoked', failure: undefined });
  });

  it('comes again where Azure does not answer', async () => {
    const world = await revoking();
    world.faults.at('exemptions.remove', { error: noAnswer(), times: 1, afterwards: true });
    await expect(revokeRequest(world.desk, world.reference)).rejects.toMatchObject({ code: 'unavailable' });
    await revokeRequest(world.desk, world.reference);
    expect(world.tenant.exemptions()).toEqual([]);
    expect(await current(world, world.reference)).toMatchObject({ status: 'revoked' });
  });

  it('does nothing for a request that nobody revoked', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world);
    await revokeRequest(world.desk, reference);
    expect(world.tenant.exemptions()).toHaveLength(2);
  });
});
