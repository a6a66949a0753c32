import { hitOf } from '../../../src/core/request/request-governance.ts';
import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { findNarrowerScopes } from '../../../src/workflow/decide/find-narrower-scopes.ts';
import { bob, carol, playground, shopGroup, vm1, vm10 } from '../../core/contoso.ts';
import { rulesWith } from '../../core/governance-facts.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { expectRefused } from '../../fakes/refusal.ts';
import { ask, askInEmergency, current } from '../../fakes/story.ts';
import { noAnswer } from '../../fakes/faults.ts';

const less = (reference: string, { lastDay = '', scopes }: { lastDay?: string; scopes?: readonly string[] }) => ({
  reference,
  version: undefined,
  words: 'Less.',
  narrowing: { lastDay, scopes },
});
const both = { resources: [vm1, vm10] };

describe('approving less than was asked for', () => {
  it('ends it earlier', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await approveRequest(world.desk, bob, less(reference, { lastDay: '2026-12-01' }));
    expect(await current(world, reference)).toMatchObject({
      status: 'approved',
      termsVersion: 2,
      terms: { expiresAt: new Date('2026-12-01T23:59:59.000Z') },
    });
    expect((await world.ledger()).at(-1)).toMatchObject({ event: 'approved-with-changes' });
    expect(hitOf(await current(world, reference))?.affectedResources).toBe(1);
    await world.runJobs();
    expect(world.tenant.exemptions().map(({ expiresAt }) => expiresAt?.toISOString())).toEqual([
      '2026-12-01T23:59:59.000Z',
      '2026-12-01T23:59:59.000Z',
    ]);
  });

  it('leaves machines out', async () => {
    const world = await makeDesk();
    const { reference, targets } = await ask(world, both);
    await approveRequest(world.desk, bob, less(reference, { scopes: [vm10] }));
    const after = await current(world, reference);
    expect(after.terms.scopes).toEqual([vm10]);
    // Two were counted when it was sent.
    expect(hitOf(after)).toBeUndefined();
    expect(targets.map(({ scope }) => scope)).toEqual([vm1, vm1, vm10, vm10]);
    expect(after.targets.map(({ scope }) => scope)).toEqual([vm10, vm10]);
    await world.runJobs();
    expect(world.tenant.exemptions().map(({ scope }) => scope)).toEqual([vm10, vm10]);
  });

  it('takes a machine in the place of the group around it, with no policy that was not asked for', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world, { scope: shopGroup });
    await approveRequest(world.desk, bob, less(reference, { scopes: [vm1] }));
    expect((await current(world, reference)).targets.map(({ scope }) => scope)).toEqual([vm1, vm1]);
  });

  it.each([
    { how: 'a later end', narrowing: { lastDay: '2026-12-24' } },
    { how: 'an end that is over', narrowing: { lastDay: '2026-11-20' } },
    { how: 'no day at all', narrowing: { lastDay: 'soon' } },
    { how: 'another machine', narrowing: { scopes: [vm10] } },
    { how: 'a wider scope', narrowing: { scopes: [shopGroup] } },
    { how: 'a scope elsewhere', narrowing: { scopes: [vm1, playground] } },
  ])('never gives more, as $how', async ({ narrowing }) => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await expectRefused(world, 'invalid', () => approveRequest(world.desk, bob, less(reference, narrowing)));
  });

  it('refuses to approve nothing', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world, both);
    await expectRefused(world, 'invalid', () => approveRequest(world.desk, bob, less(reference, { scopes: [] })));
  });

  it('counts the scopes that no card has room for', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    const request = await current(world, reference);
    const scopes = Array.from(
      { length: 13 },
      (_, index) => `${shopGroup}/providers/Microsoft.Compute/virtualMachines/a${index}`,
    );
    const found = await findNarrowerScopes(world.desk, { ...request, terms: { ...request.terms, scopes } });
    expect(found).toEqual({ narrower: [], narrowerUnlisted: 13 });
  });

  it('does not narrow what is written already', async () => {
    const world = await makeDesk();
    const { reference } = await askInEmergency(world);
    await world.runJobs();
    await expectRefused(world, 'invalid', () =>
      approveRequest(world.desk, carol, less(reference, { lastDay: '2026-12-01' })),
    );
  });

  it('approves nothing while Azure does not tell what would be left', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world, both);
    world.faults.at('policies.assignments', { error: noAnswer() });
    await expectRefused(world, 'unavailable', () =>
      approveRequest(world.desk, bob, less(reference, { scopes: [vm1] })),
    );
  });

  it('starts the approvals anew', async () => {
    const world = await makeDesk({ governance: rulesWith([], { approvals: 2 }) });
    const { reference } = await ask(world, both);
    await approveRequest(world.desk, bob, { reference, version: undefined, words: '' });
    await approveRequest(world.desk, carol, less(reference, { scopes: [vm1] }));
    expect(await current(world, reference)).toMatchObject({ status: 'pending', approvals: [{ by: carol }] });
    await expectRefused(world, 'conflict', () => approveRequest(world.desk, bob, { reference, version: 1, words: '' }));
  });

  it('is refused where nothing of it needs an exemption any more', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world, both);
    world.tenant.assignments = [];
    await expectRefused(world, 'conflict', () => approveRequest(world.desk, bob, less(reference, { scopes: [vm1] })));
  });
});
