import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import type { TestDesk } from '../../fakes/make-desk.ts';
import { changeTerms } from '../../../src/workflow/ask/change-terms.ts';
import { sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { watchWaiting } from '../../../src/workflow/decide/watch-waiting.ts';
import { alice, bob, carol, dan, root, shopGroup, shopProd, vm10 } from '../../core/contoso.ts';
import { delegation, ofDepartment } from '../../core/access/sample-conditions.ts';
import { rulesWith } from '../../core/governance-facts.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { expectRefused, refusalsIn } from '../../fakes/refusal.ts';
import { ask, current, filledIn } from '../../fakes/story.ts';

const group = 'aaaaaaaa-0000-4000-8000-0000000000aa';
const input = (reference: string, version: number | undefined = 1) => ({ reference, version, words: 'Fine.' });
const eventsOf = async ({ desk }: TestDesk, reference: string) =>
  (await desk.database.ledger.history(reference)).map(({ event, from, to }) => [event, from, to]);
const needing = (approvals: number) => ({ governance: rulesWith([], { approvals }) });
const amongApprovers = { governance: rulesWith([], { approvers: [{ kind: 'group', id: group }] }) };

describe('approving', () => {
  it('records the decision and has it written', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.jobs.waiting.splice(0);

    await approveRequest(world.desk, bob, input(reference));

    expect(await current(world, reference)).toMatchObject({
      status: 'approved',
      version: 2,
      approvals: [{ by: bob, comment: 'Fine.' }],
      decision: { by: bob },
    });
    expect(await eventsOf(world, reference)).toEqual([
      ['requested', undefined, 'pending'],
      ['approved', 'pending', 'approved'],
    ]);
    expect((await world.ledger()).at(-1)).toMatchObject({ actor: { kind: 'person', person: bob }, text: 'Fine.' });
    expect(world.jobs.names()).toEqual([`apply-request ${reference}`, `publish-request ${reference}`]);
  });

  it('waits for as many people as the rules ask for', async () => {
    const world = await makeDesk(needing(2));
    const { reference } = await ask(world);
    world.jobs.waiting.splice(0);

    await approveRequest(world.desk, bob, input(reference));
    expect(await current(world, reference)).toMatchObject({ status: 'pending', decision: undefined });
    expect(world.jobs.names()).toEqual([`publish-request ${reference}`]);
    await expectRefused(world, 'conflict', () => approveRequest(world.desk, bob, input(reference)));

    await approveRequest(world.desk, carol, input(reference));
    expect(await current(world, reference)).toMatchObject({ status: 'approved', decision: { by: carol } });
    expect((await eventsOf(world, reference)).map(([event]) => event)).toEqual([
      'requested',
      'approved-in-part',
      'approved',
    ]);
  });

  it('does not count what was said to other terms', async () => {
    const world = await makeDesk(needing(2));
    const { reference } = await ask(world);
    await approveRequest(world.desk, bob, input(reference));

    const { draft } = await changeTerms(world.desk, alice, reference, undefined);
    await previewRequest(world.desk, alice, draft.id, filledIn({ expiry: '60' }));
    await sendRequest(world.desk, alice, draft.id, undefined);

    await expectRefused(world, 'conflict', () => approveRequest(world.desk, carol, input(reference, 1)));
    await approveRequest(world.desk, carol, input(reference, 2));
    expect(await current(world, reference)).toMatchObject({ status: 'pending', approvals: [{ by: carol }] });
    await approveRequest(world.desk, bob, input(reference, 2));
    expect(await current(world, reference)).toMatchObject({ status: 'approved' });
  });

  it.each([
    { who: 'its requester, whatever their roles', person: alice, code: 'forbidden' },
    { who: 'somebody who may only read', person: dan, code: 'forbidden' },
  ] as const)('is refused to $who', async ({ person, code }) => {
    const world = await makeDesk();
    world.access.give(alice, 'securityAdmin', root);
    world.access.give(dan, 'reader', shopProd);
    const { reference } = await ask(world);

    await expectRefused(world, code, () => approveRequest(world.desk, person, input(reference)));
    await expectRefused(world, code, () => approveRequest(world.desk, person, input(reference)));
    expect(await refusalsIn(world)).toEqual([`approve by ${person.name}`]);
  });

  it('tells somebody who may not see the request that there is none', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    for (const version of [undefined, 1])
      await expectRefused(world, 'not-found', () =>
        approveRequest(world.desk, dan, { ...input(reference), version, here: 'a chat without a card of it' }),
      );
    await world.desk.database.postedCards.add({
      conversationId: '19:approvals;messageid=1',
      activityId: '1',
      reference,
      audience: 'approvers',
    });
    await expectRefused(world, 'forbidden', () =>
      approveRequest(world.desk, dan, { ...input(reference), here: '19:approvals' }),
    );
    await expectRefused(world, 'not-found', () => approveRequest(world.desk, bob, input('EX-9999')));
  });

  it('needs the right at every place and on every assignment', async () => {
    const world = await makeDesk();
    world.access.give(dan, 'securityAdmin', shopGroup);
    const { reference } = await ask(world);
    // The right to exempt from the assignment at the root is missing.
    await expectRefused(world, 'forbidden', () => approveRequest(world.desk, dan, input(reference)));
    world.access.give(dan, 'securityAdmin', atRoot.scope, ofDepartment);
    await expectRefused(world, 'forbidden', () => approveRequest(world.desk, dan, input(reference)));
    await expect(approveRequest(world.desk, dan, input(reference))).rejects.toThrow(
      'your role securityAdmin at Contoso has a condition that Exemption Desk cannot evaluate (it depends on attributes of the person), so it does not count',
    );
    world.access.give(dan, 'securityAdmin', atRoot.scope, delegation);
    await approveRequest(world.desk, dan, input(reference));
  });

  it('is refused under a deny assignment, and with a role that is only eligible', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await world.desk.database.postedCards.add({
      ...{ conversationId: '19:approvals;messageid=1', activityId: '1', reference, audience: 'approvers' },
    });
    world.access.deny(bob, shopGroup);
    world.access.makeEligible(dan, 'securityAdmin', atRoot.scope);
    // Bob may not read there any more, so only where its card stands does he hear more than that there is no such request.
    await expectRefused(world, 'not-found', () => approveRequest(world.desk, bob, input(reference)));
    await expectRefused(world, 'forbidden', () =>
      approveRequest(world.desk, bob, { ...input(reference), here: '19:approvals' }),
    );
    await expectRefused(world, 'forbidden', () => approveRequest(world.desk, dan, input(reference)));
  });

  it('is refused under a deny assignment of writing only, with the reason', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.access.deny(bob, shopGroup, ['Microsoft.Authorization/policyExemptions/write']);
    await expectRefused(world, 'forbidden', () => approveRequest(world.desk, bob, input(reference)));
    await expect(approveRequest(world.desk, bob, input(reference))).rejects.toThrow('deny assignment');
  });

  it.each(['forDecision', 'hierarchy'] as const)('is not possible while Azure does not answer (%s)', async (name) => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.faults.at(name, { error: noAnswer() });
    await expectRefused(world, 'unavailable', () => approveRequest(world.desk, bob, input(reference)));
    expect(await refusalsIn(world)).toEqual([]);
    world.faults.clear();
    await approveRequest(world.desk, bob, input(reference));
  });

  it('is for whom the governance file names, where it names anybody', async () => {
    const world = await makeDesk(amongApprovers);
    const { reference } = await ask(world);
    await expectRefused(world, 'forbidden', () => approveRequest(world.desk, bob, input(reference)));
    world.access.putInGroup(carol, group);
    world.access.groupsHidden = true;
    await expectRefused(world, 'forbidden', () => approveRequest(world.desk, carol, input(reference)));
    world.access.groupsHidden = false;
    world.faults.at('groupsForDecision', { error: noAnswer(), times: 1 });
    await expectRefused(world, 'unavailable', () => approveRequest(world.desk, carol, input(reference)));
    await approveRequest(world.desk, carol, input(reference));
    // Being named gives nobody a role.
    world.access.putInGroup(dan, group);
    const { reference: second } = await ask(world, { resources: [vm10] });
    await expectRefused(world, 'not-found', () => approveRequest(world.desk, dan, input(second)));
  });

  it('can be lent the right on assignments, for the requests of others', async () => {
    const world = await makeDesk({ delegateGroups: [group] });
    world.access.give(dan, 'exemptionWriter', shopProd);
    const { reference } = await ask(world);
    await expectRefused(world, 'forbidden', () => approveRequest(world.desk, dan, input(reference)));
    world.access.putInGroup(dan, group.toUpperCase());
    await approveRequest(world.desk, dan, input(reference));
    expect((await world.ledger()).at(-1)?.facts.lent).toContain('policyAssignments/exempt/action');
  });

  it('comes too late for what has lapsed', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.clock.forward({ days: 8 });
    await watchWaiting(world.desk);
    expect(await current(world, reference)).toMatchObject({ status: 'lapsed' });
    await expectRefused(world, 'conflict', () => approveRequest(world.desk, bob, input(reference)));
  });
});
