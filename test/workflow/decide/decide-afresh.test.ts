import { afresh } from '../../../src/workflow/afresh.ts';
import { sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { cleanUp } from '../../../src/workflow/inventory/clean-up.ts';
import { orderCleanup } from '../../../src/workflow/inventory/order-cleanup.ts';
import { planCleanup } from '../../../src/workflow/inventory/plan-cleanup.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { mapPolicies } from '../../../src/workflow/plan/map-policies.ts';
import { subscribeChannel } from '../../../src/workflow/subscribe/subscribe-channel.ts';
import { subscriptionWish } from '../../../src/core/alert/subscription-words.ts';
import { alice, bob, contoso, dan, landingZones, playground, shopProd, vm1 } from '../../core/contoso.ts';
import { benchmark, exemption, otherDefinition } from '../../core/policies.ts';
import { atLandingZones, atRoot } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, channel, current, draftOf } from '../../fakes/story.ts';

const decision = (reference: string) => ({ reference, version: undefined, words: '' });

/** From now on lists know what stands in Azure at this moment, and nothing newer. */
const lookAround = async ({ desk, tenant }: TestDesk): Promise<void> => {
  tenant.listsRemember = true;
  await Promise.all([
    desk.hierarchy(),
    desk.exemptions.near([vm1, shopProd], tenant.hierarchy),
    mapPolicies(desk),
    ...[vm1, shopProd].map((scope) => desk.policies.assignments(scope)),
  ]);
};

/** Somebody takes the policy out of the benchmark, so that an exemption of it would exempt from something else. */
const takeOutOfBenchmark = ({ tenant }: TestDesk): void => {
  const references = [{ referenceId: 'diskEncryption', definitionId: otherDefinition }];
  tenant.initiatives = tenant.initiatives.map((each) => (each === benchmark ? { ...benchmark, references } : each));
};

describe('while lists remember what Azure said before', () => {
  it('an approval is written by the initiatives as they are now', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await approveRequest(world.desk, bob, decision(reference));
    await lookAround(world);
    takeOutOfBenchmark(world);

    await world.runJobs();
    expect(world.tenant.exemptions().map((each) => each.policyAssignmentId)).toEqual([atLandingZones.id]);
    expect((await current(world, reference)).targets).toHaveLength(1);
  });

  it('a request is sent for the assignments as they are now', async () => {
    const world = await makeDesk();
    const draft = await draftOf(world, alice);
    await lookAround(world);
    world.tenant.assignments = [atRoot];

    const result = await sendRequest(world.desk, alice, draft, undefined);
    expect(result.kind === 'sent' ? result.request.targets.map((each) => each.assignmentId) : result.kind).toEqual([
      atRoot.id,
    ]);
  });

  it('an approver approves less by the assignments as they are now', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world, { scope: shopProd, resources: [] });
    await lookAround(world);
    world.tenant.assignments = [atRoot];

    const narrowing = { lastDay: '', scopes: [vm1] };
    const { targets } = await approveRequest(world.desk, bob, { ...decision(reference), narrowing });
    expect(targets.map((each) => each.assignmentId)).toEqual([atRoot.id]);
  });

  it('somebody decides by the management group in which a subscription lies now', async () => {
    const world = await makeDesk();
    world.access.give(dan, 'securityAdmin', landingZones);
    const moved = (to: readonly string[]) => ({
      ...contoso,
      subscriptions: contoso.subscriptions.map((each) => (each.id === shopProd ? { ...each, ancestors: to } : each)),
    });
    world.tenant.hierarchy = moved(contoso.subscriptions.find(({ id }) => id === playground)!.ancestors);
    await lookAround(world);
    world.tenant.hierarchy = contoso;

    const wish = { ...subscriptionWish('shop-prod'), alerts: false, requests: true };
    expect(await subscribeChannel(world.desk, dan, channel('shop').id, wish)).toMatchObject({ labels: ['shop-prod'] });
  });

  it('a cleanup leaves what has a policy assignment again', async () => {
    const world = await makeDesk();
    const standing = exemption(atLandingZones, vm1, ['contosoDisks']);
    world.tenant.put(standing);
    world.tenant.assignments = [atRoot];
    await sweepExemptions(world.desk);
    await lookAround(world);
    const { plan } = await planCleanup(world.desk, bob, ['orphaned']);
    expect(plan.items).toHaveLength(1);
    await orderCleanup(world.desk, bob, plan.id);
    world.tenant.assignments = [atRoot, atLandingZones];

    await cleanUp(world.desk, plan.id);
    expect(world.tenant.exemptions()).toEqual([standing]);
  });

  it('one decision asks each question once', async () => {
    const { desk } = await makeDesk();
    const once = afresh(desk);
    expect(afresh(once).policies).toBe(once.policies);
    expect(once.policies).not.toBe(afresh(desk).policies);
  });
});
