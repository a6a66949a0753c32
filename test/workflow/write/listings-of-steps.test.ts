import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { cleanUp } from '../../../src/workflow/inventory/clean-up.ts';
import { orderCleanup } from '../../../src/workflow/inventory/order-cleanup.ts';
import { planCleanup } from '../../../src/workflow/inventory/plan-cleanup.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { applyRequest } from '../../../src/workflow/write/apply-request.ts';
import { revokeRequest } from '../../../src/workflow/write/revoke-request.ts';
import { alice, bob, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { noAnswer, saysNo } from '../../fakes/faults.ts';
import { interleave } from '../../fakes/interleave.ts';
import { listed, listedFor } from '../../fakes/listed.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, chatOf, current } from '../../fakes/story.ts';

const reference = 'EX-0001';

const approved = async (world?: TestDesk): Promise<TestDesk> => {
  const there = world ?? (await makeDesk());
  await ask(there);
  await approveRequest(there.desk, bob, { reference, version: 1, words: '' });
  there.jobs.waiting.splice(0);
  return there;
};

const written = async (): Promise<TestDesk> => {
  const world = await approved();
  await applyRequest(world.desk, reference);
  world.jobs.waiting.splice(0);
  return world;
};

const revoking = async (): Promise<TestDesk> => {
  const world = await written();
  await revokeEarly(world.desk, alice, { reference, words: 'Done.' });
  world.jobs.waiting.splice(0);
  return world;
};

/** How many exemptions the ledger says that a request has in Azure. */
const onRecord = async (ledger: TestDesk['desk']['database']['ledger']): Promise<number> => {
  const history = await ledger.history(reference);
  const count = (event: string): number => history.filter((each) => each.event === event).length;
  return count('exemption-written') - count('exemption-undone') - count('exemption-removed');
};

describe('a list, right after a step', () => {
  it('shows what was written as the next sweep finds it', async () => {
    const world = await written();
    const rows = await listed(world);
    expect(rows).toMatchObject([
      {
        reference,
        madeIn: 'policy',
        recommendations: [{ title: 'Disks should be encrypted' }],
        assignmentNames: (await current(world, reference)).targets.map(({ assignmentName }) => assignmentName).sort(),
      },
    ]);
    await sweepExemptions(world.desk);
    expect(await listed(world)).toEqual(rows);
  });

  it('shows what is on record at every moment of writing and of removing', async () => {
    const [most, fewest] = [2, 0];
    const counts = new Set<number>();
    const check = (world: TestDesk): Promise<void> =>
      world.desk.database.transaction(async (store) => {
        const shown = (await listedFor(world, reference, store)).length;
        expect(shown).toBe(await onRecord(store.ledger));
        counts.add(shown);
      });
    const only = /^(transaction|exemptions|requests|writeSteps)/;
    const work = { apply: applyRequest, revoke: revokeRequest };
    for (const [name, setUp] of [
      ['apply', approved],
      ['revoke', revoking],
    ] as const) {
      counts.clear();
      await interleave({
        setUp: () => setUp(),
        first: (_, desk) => work[name](desk, reference),
        only,
        second: check,
        check,
      });
      expect([...counts].sort()).toEqual([fewest, 1, most]);
    }
  });

  it('shows again what stood before, where writing was undone', async () => {
    const world = await makeDesk();
    await approved(world);
    const [first, last] = (await current(world, reference)).targets;
    const before = exemption(atRoot, vm1, ['diskEncryption'], { id: first!.exemptionId, displayName: 'From before' });
    world.tenant.put({ ...before, policyAssignmentId: first!.assignmentId, referenceIds: first!.referenceIds });
    await sweepExemptions(world.desk);
    const rows = await listed(world);
    expect(rows).toMatchObject([{ exemption: { displayName: 'From before' }, reference: undefined }]);
    const isLast = ({ id }: { id: string }): boolean => id === last!.exemptionId;
    world.faults.at('exemptions.write', { error: noAnswer(), when: isLast, times: 1 });
    await expect(applyRequest(world.desk, reference)).rejects.toThrow('does not answer');
    expect(await listedFor(world, reference)).toHaveLength(1);
    world.faults.at('exemptions.write', { error: saysNo(), when: isLast });
    await applyRequest(world.desk, reference);
    expect((await current(world, reference)).status).toBe('failed');
    expect(await listed(world)).toEqual(rows);
  });

  it('shows no more what a clean-up deleted or found deleted', async () => {
    const world = await makeDesk();
    await world.meet(chatOf(bob));
    const expired = [vm1, vm10].map((scope) =>
      exemption(atRoot, scope, ['diskEncryption'], { expiresAt: new Date('2026-11-01T00:00:00Z') }),
    );
    for (const each of expired) world.tenant.put(each);
    await sweepExemptions(world.desk);
    expect(await listed(world)).toHaveLength(2);
    const { plan } = await planCleanup(world.desk, bob, ['expired']);
    await orderCleanup(world.desk, bob, plan.id, undefined);
    world.tenant.delete(expired[0]!.id);
    await cleanUp(world.desk, plan.id);
    expect(await listed(world)).toEqual([]);
  });

  it('shows no more what was gone when it was to be removed', async () => {
    const world = await revoking();
    for (const { id } of world.tenant.exemptions()) world.tenant.delete(id);
    await revokeRequest(world.desk, reference);
    expect((await current(world, reference)).status).toBe('revoked');
    expect(await listed(world)).toEqual([]);
  });
});
