import { approveRequest, retryRequest } from '../../../src/workflow/decide/decide-request.ts';
import { withoutFile } from '../../../src/core/governance/governance-rules.ts';
import { rebuildRequests } from '../../../src/core/ledger/rebuild-requests.ts';
import { alice, bob, carol, dan, shopProd } from '../../core/contoso.ts';
import { saysNo } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { expectRefused, refusalsIn } from '../../fakes/refusal.ts';
import { ask, askInEmergency, current } from '../../fakes/story.ts';

const anywhere = {
  scope: undefined,
  severity: undefined,
  recommendation: undefined,
  category: undefined,
  resourceType: undefined,
};
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

  it('counts whoever tries again as an approver, so that somebody can stand in for one who lost the role', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await approveRequest(world.desk, bob, input(reference));
    world.access.takeAll(bob);
    await world.runJobs();
    const { status, failure } = await current(world, reference);
    expect(status).toBe('failed');
    expect(failure).toMatch(/^Bob Berger may no longer decide EX-0001: “You may not decide EX-0001, because none/);
    expect(failure).toMatch(/” Another approver can take their place with “Try again”\.$/);

    await retryRequest(world.desk, carol, input(reference));
    await world.runJobs();
    const after = await current(world, reference);
    expect(after).toMatchObject({ status: 'applied', approvals: [{ by: bob }, { by: carol }] });
    const events = await world.ledger();
    expect(events.find(({ event }) => event === 'retried')?.actor).toMatchObject({ person: { name: carol.name } });
    const rebuilt = rebuildRequests(events).find((each) => each.reference === reference);
    expect(rebuilt?.approvals.map(({ by }) => by.objectId)).toEqual(after.approvals.map(({ by }) => by.objectId));
  });

  it('writes only when as many as the rules ask for may decide it', async () => {
    const rule = { name: 'Two', line: 1, when: anywhere, then: { approvals: 2 } };
    const world = await makeDesk({ governance: { ...withoutFile, rules: [rule] } });
    world.access.give(dan, 'securityAdmin', '/');
    const { reference } = await ask(world);
    await approveRequest(world.desk, bob, input(reference));
    await approveRequest(world.desk, carol, input(reference));
    world.access.takeAll(bob);
    world.access.takeAll(carol);
    await world.runJobs();
    expect((await current(world, reference)).failure).toContain('2 other approvers are needed');

    await retryRequest(world.desk, dan, input(reference));
    await retryRequest(world.desk, dan, input(reference)).catch(() => undefined);
    await world.runJobs();
    expect(await current(world, reference)).toMatchObject({ status: 'failed' });
    expect((await current(world, reference)).failure).toContain('Another approver can take their place');
    expect(world.tenant.exemptions()).toEqual([]);

    world.access.give(bob, 'securityAdmin', '/');
    await retryRequest(world.desk, bob, input(reference));
    await world.runJobs();
    expect(await current(world, reference)).toMatchObject({
      status: 'applied',
      approvals: [{ by: bob }, { by: carol }, { by: dan }],
    });
  });

  it('does not approve an emergency, which goes on resting on its requester', async () => {
    const world = await makeDesk();
    const reference = await refused(world, () => askInEmergency(world));
    await retryRequest(world.desk, carol, input(reference));
    const { approvals, emergency } = await current(world, reference);
    expect(approvals).toEqual([]);
    expect(emergency).toBeDefined();
    world.access.takeAll(bob);
    await world.runJobs();
    expect((await current(world, reference)).failure).toContain('An emergency depends on the roles of its requester.');
  });
});
