import { changeTerms } from '../../../src/workflow/ask/change-terms.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { decideSeveral, type DecidedOne } from '../../../src/workflow/decide/decide-several.ts';
import { alice, bob, dan, shopGroup, vm1, vm10 } from '../../core/contoso.ts';
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
