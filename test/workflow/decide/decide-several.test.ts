import { changeTerms } from '../../../src/workflow/ask/change-terms.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { decideSeveral, type DecidedOne } from '../../../src/workflow/decide/decide-several.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import type { Desk } from '../../../src/workflow/desk.ts';
import { disks } from '../../fakes/fake-tenant.ts';
import { alice, bob, dan, shopGroup, shopProd, vm1, vm10 } from '../../core/contoso.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { expectRefused, refusalsIn } from '../../fakes/refusal.ts';
import { ask, current, filledIn } from '../../fakes/story.ts';

const here = 'a:chat';
const twoWaiting = async (world: TestDesk) => [
  await ask(world, { resources: [vm1] }),
  await ask(world, { resources: [vm10] }),
];
const pick = ({ reference, termsVersion }: { readonly reference: string; readonly termsVersion: number }) => ({
  reference,
  version: termsVersion,
});

/** Requests for machines, each somewhere else. */
const waitingApart = async (world: TestDesk, count: number): Promise<ExemptionRequest[]> => {
  const requests: ExemptionRequest[] = [];
  const machines = Array.from({ length: count }, (_, at) => `${vm1}-${at}`);
  world.tenant.assessments = machines.map((resourceId) => ({
    recommendationKey: disks.key,
    resourceId,
    resourceName: resourceId.split('/').at(-1)!,
    status: 'unhealthy',
  }));
  for (const machine of machines) requests.push(await ask(world, { resources: [machine] }));
  return requests;
};

/** The same desk; Azure takes its time to tell who may decide. */
const slowly = (world: TestDesk) => {
  let [running, most] = [0, 0];
  const forDecision: Desk['forDecision'] = async (...given) => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
    running -= 1;
    return world.desk.forDecision(...given);
  };
  return { desk: { ...world.desk, forDecision }, mostAtOnce: () => most };
};
const saidOf = (outcomes: readonly DecidedOne[]) =>
  outcomes.map((each) => ('request' in each ? each.request.status : each.sentence));

describe('deciding several requests at once', () => {
  it.each([
    ['approve', 'approved'],
    ['reject', 'rejected'],
  ] as const)('can %s them with one comment, each recorded for itself', async (decision, status) => {
    const world = await makeDesk();
    const [one, two] = await twoWaiting(world);
    const picked = [pick(one!), pick(two!)];
    const outcomes = await decideSeveral(world.desk, bob, { decision, picked, words: 'Seen together.', here });

    expect(saidOf(outcomes)).toEqual([status, status]);
    for (const { reference } of picked)
      expect(await current(world, reference)).toMatchObject({ decision: { by: bob, comment: 'Seen together.' } });
    expect((await world.ledger()).filter(({ event }) => event === status)).toHaveLength(2);
  });

  it('holds none back for what is refused for another, and says why', async () => {
    const world = await makeDesk();
    const [one, two] = await twoWaiting(world);
    const own = await ask(world, { scope: shopGroup, resources: [] }, bob);
    const { draft } = await changeTerms(world.desk, alice, two!.reference, undefined);
    await previewRequest(world.desk, alice, draft.id, filledIn({ resources: [vm10], expiry: '60' }));
    await sendRequest(world.desk, alice, draft.id, undefined);

    const picked = [pick(own), pick(two!), pick(one!)];
    const outcomes = await decideSeveral(world.desk, bob, { decision: 'approve', picked, words: '', here });
    expect(saidOf(outcomes)).toEqual([
      expect.stringContaining('because you asked for it yourself'),
      expect.stringContaining('has changed since'),
      'approved',
    ]);
    expect(await current(world, two!.reference)).toMatchObject({ status: 'pending', approvals: [] });
  });

  it('gives nobody more rights than one at a time', async () => {
    const world = await makeDesk();
    const picked = (await twoWaiting(world)).map(pick);
    const outcomes = await decideSeveral(world.desk, dan, { decision: 'approve', picked, words: '', here });
    expect(outcomes.every((each) => 'sentence' in each)).toBe(true);
    expect(await refusalsIn(world)).toHaveLength(2);
  });

  const manyGroups = 6;

  it('asks Azure about four of them side by side, and answers in the order of the rows', async () => {
    const world = await makeDesk();
    const requests = await waitingApart(world, manyGroups);
    const slow = slowly(world);
    const picked = requests.map(pick);
    const outcomes = await decideSeveral(slow.desk, bob, { decision: 'approve', picked, words: 'Fine.', here });

    expect(slow.mostAtOnce()).toBe(4);
    expect(outcomes.map(({ reference }) => reference)).toEqual(picked.map(({ reference }) => reference));
    expect(saidOf(outcomes)).toEqual(picked.map(() => 'approved'));
    expect((await world.ledger()).filter(({ event }) => event === 'approved')).toHaveLength(manyGroups);
  });

  it('decides what touches the same place one after another, in the order of the rows', async () => {
    const world = await makeDesk();
    const inside = await ask(world, { resources: [vm1] });
    const around = await ask(world, { scope: shopProd, resources: [] });
    const beside = await ask(world, { resources: [vm10] });
    const slow = slowly(world);
    const picked = [inside, around, beside].map(pick);
    const outcomes = await decideSeveral(slow.desk, bob, { decision: 'approve', picked, words: '', here });

    expect(slow.mostAtOnce()).toBe(1);
    expect(saidOf(outcomes)).toEqual(['approved', 'approved', 'approved']);
    const approved = (await world.ledger()).filter(({ event }) => event === 'approved');
    expect(approved.map(({ reference }) => reference)).toEqual(picked.map(({ reference }) => reference));
  });

  it('decides a request once that is named twice', async () => {
    const world = await makeDesk();
    const [one] = await twoWaiting(world);
    const outcomes = await decideSeveral(world.desk, bob, {
      decision: 'approve',
      picked: [pick(one!), pick(one!)],
      words: '',
      here,
    });
    expect(saidOf(outcomes)).toEqual(['approved', expect.stringContaining('is already approved')]);
  });

  it('decides the others where one fails for a reason of ours, and then says that something failed', async () => {
    const world = await makeDesk();
    const requests = await waitingApart(world, 3);
    const failing = requests[1]!.terms.scopes[0]!;
    const isOf = (...[, scopes]: readonly unknown[]) => JSON.stringify(scopes).includes(failing);
    world.faults.at('forDecision', { error: new Error('Ours.'), when: isOf });
    const asked = { decision: 'approve' as const, picked: requests.map(pick), words: '', here };
    await expect(decideSeveral(world.desk, bob, asked)).rejects.toThrow('1 requests could not be decided.');
    const statuses = await Promise.all(requests.map(async ({ reference }) => (await current(world, reference)).status));
    expect(statuses).toEqual(['approved', 'pending', 'approved']);
  });

  it.each([
    ['nothing is picked', 'approve', 0, ''],
    ['too much is picked', 'approve', 11, ''],
    ['a rejection has no reason', 'reject', 2, '  '],
  ] as const)('decides nothing where %s', async (_, decision, count, words) => {
    const world = await makeDesk();
    const [one] = await twoWaiting(world);
    const picked = Array.from({ length: count }, () => pick(one!));
    await expectRefused(world, 'invalid', () => decideSeveral(world.desk, bob, { decision, picked, words, here }));
    expect(await current(world, one!.reference)).toMatchObject({ status: 'pending' });
  });
});
