import { changeTerms } from '../../../src/workflow/ask/change-terms.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { sendInEmergency, sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { approveRequest, withdrawRequest } from '../../../src/workflow/decide/decide-request.ts';
import { alice, bob, carol, shopTest, shopProd } from '../../core/contoso.ts';
import { rulesWith } from '../../core/governance-facts.ts';
import { interleave } from '../../fakes/interleave.ts';
import { expectSound } from '../../fakes/invariants.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { expectRefused, refusalsIn } from '../../fakes/refusal.ts';
import { ask, current, filledIn } from '../../fakes/story.ts';

const changing = async ({ desk }: TestDesk, reference: string, expiry = '60'): Promise<string> => {
  const { draft } = await changeTerms(desk, alice, reference, undefined);
  await previewRequest(desk, alice, draft.id, filledIn({ expiry }));
  return draft.id;
};

describe('changing a request that waits', () => {
  it('changes nothing until it is sent, and then has it decided anew', async () => {
    const world = await makeDesk({ governance: rulesWith([], { approvals: 2 }) });
    const { reference } = await ask(world);
    await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
    const draftId = await changing(world, reference);
    expect(await current(world, reference)).toMatchObject({ termsVersion: 1, approvals: [{ by: bob }] });
    world.jobs.waiting.splice(0);

    expect(await sendRequest(world.desk, alice, draftId, undefined)).toMatchObject({ kind: 'changed' });
    expect(await current(world, reference)).toMatchObject({
      status: 'pending',
      termsVersion: 2,
      approvals: [],
      terms: { expiresAt: new Date('2027-01-20T23:59:59Z') },
    });
    expect((await world.ledger()).at(-1)).toMatchObject({ event: 'changed', from: 'pending', to: 'pending' });
    expect(world.jobs.names()).toEqual([`publish-request ${reference}`]);
  });

  it('is for its requester, while it waits, from the card of today', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await expectRefused(world, 'forbidden', () => changeTerms(world.desk, bob, reference, 1));
    expect(await refusalsIn(world)).toEqual(['change by Bob Berger']);
    await expectRefused(world, 'conflict', () => changeTerms(world.desk, alice, reference, 2));
    const draftId = await changing(world, reference);
    await withdrawRequest(world.desk, alice, { reference, version: 1, words: '' });
    await expectRefused(world, 'conflict', () => changeTerms(world.desk, alice, reference, undefined));
    await expectRefused(world, 'conflict', () => sendRequest(world.desk, alice, draftId, undefined));
  });

  it('is refused where the terms were changed by another form meanwhile', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    const [first, second] = [await changing(world, reference), await changing(world, reference, '90')];
    await sendRequest(world.desk, alice, second, undefined);
    await expectRefused(world, 'conflict', () => sendRequest(world.desk, alice, first, undefined));
  });

  it('keeps every scope, also those that a search found', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world, { resources: [], searched: [shopProd, shopTest] }, bob);
    const { draft } = await changeTerms(world.desk, bob, reference, undefined);
    await previewRequest(world.desk, bob, draft.id, { ...draft.form, ticket: 'CHG-1' });
    await sendRequest(world.desk, bob, draft.id, undefined);
    expect((await current(world, reference)).terms).toMatchObject({ scopes: [shopProd, shopTest], ticket: 'CHG-1' });
  });

  it('makes no emergency of it', async () => {
    const world = await makeDesk();
    world.access.give(alice, 'securityAdmin', '/');
    const { reference } = await ask(world);
    const draftId = await changing(world, reference);
    await expectRefused(world, 'invalid', () => sendInEmergency(world.desk, alice, draftId, 'Now!', undefined));
  });

  it('never carries an approval over to other terms, whenever it is given', async () => {
    const withDraft = async () => {
      const world = await makeDesk({ governance: rulesWith([], { approvals: 2 }) });
      const { reference } = await ask(world);
      return { ...world, reference, draftId: await changing(world, reference) };
    };
    await interleave({
      setUp: withDraft,
      first: ({ draftId }, desk) => sendRequest(desk, alice, draftId, undefined),
      second: ({ desk, reference }) => approveRequest(desk, carol, { reference, version: 1, words: '' }),
      check: async (world, outcomes) => {
        await expectSound(world);
        const { termsVersion, approvals } = await current(world, world.reference);
        expect(outcomes.second).toBe('done');
        expect([termsVersion, approvals.length]).toEqual(outcomes.first === 'done' ? [2, 0] : [1, 1]);
      },
    });
  });
});
