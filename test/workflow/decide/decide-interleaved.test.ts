import { changeTerms } from '../../../src/workflow/ask/change-terms.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { approveRequest, rejectRequest, withdrawRequest } from '../../../src/workflow/decide/decide-request.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { watchWaiting } from '../../../src/workflow/decide/watch-waiting.ts';
import type { Desk } from '../../../src/workflow/desk.ts';
import { alice, bob, carol } from '../../core/contoso.ts';
import { interleave } from '../../fakes/interleave.ts';
import { expectSound } from '../../fakes/invariants.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, askAndWrite, current, filledIn } from '../../fakes/story.ts';

const reference = 'EX-0001';
const input = { reference, version: 1, words: 'Because.' };

const deeds = {
  approve: (desk: Desk) => approveRequest(desk, bob, input),
  'approve less': (desk: Desk) =>
    approveRequest(desk, bob, { ...input, narrowing: { lastDay: '2026-12-01', scopes: undefined } }),
  reject: (desk: Desk) => rejectRequest(desk, carol, input),
  withdraw: (desk: Desk) => withdrawRequest(desk, alice, input),
  lapse: (desk: Desk) => watchWaiting(desk),
  change: async (desk: Desk) => {
    const { draft } = await changeTerms(desk, alice, reference, 1);
    await previewRequest(desk, alice, draft.id, filledIn({ expiry: '60' }));
    await sendRequest(desk, alice, draft.id, undefined);
  },
} as const;
type Deed = keyof typeof deeds;

const waiting = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  await ask(world);
  world.jobs.waiting.splice(0);
  world.clock.forward({ days: 7 });
  return world;
};

const rounds: readonly (readonly [Deed, Deed])[] = [
  ['approve', 'approve less'],
  ['approve', 'reject'],
  ['approve', 'withdraw'],
  ['approve', 'change'],
  ['approve', 'lapse'],
  ['approve less', 'withdraw'],
  ['reject', 'approve'],
  ['withdraw', 'approve'],
  ['lapse', 'approve'],
];

describe('two who decide at the same time', () => {
  it.each(rounds)('%s, while at each await somebody else tries to %s: one of them decides', async (first, second) => {
    const contacts = await interleave({
      setUp: waiting,
      first: (_, desk) => deeds[first](desk),
      second: ({ desk }) => deeds[second](desk),
      check: async (world, outcomes) => {
        await expectSound(world);
        const events = (await world.ledger()).map(({ event }) => event);
        // Whoever looks after waiting requests asks for more of them once this one has lapsed; then it is too late.
        const isTooLate = first === 'lapse' && events.includes('lapsed');
        expect(outcomes.second).toBe(isTooLate ? 'conflict' : 'done');
        // Whoever lets things lapse has nothing to do where they are decided.
        if (first !== 'lapse') expect(outcomes.first).toBe('conflict');
        expect(events).toHaveLength(2);
        const { status } = await current(world, reference);
        expect(world.jobs.names()).toEqual([
          ...(status === 'approved' ? [`apply-request ${reference}`] : []),
          `publish-request ${reference}`,
        ]);
      },
    });
    expect(contacts).toBeGreaterThan(1);
  });
});

describe('revoking twice at the same time', () => {
  it('is done once', async () => {
    await interleave({
      setUp: async () => {
        const world = await makeDesk();
        await askAndWrite(world);
        return world;
      },
      first: (_, desk) => revokeEarly(desk, bob, input),
      second: ({ desk }) => revokeEarly(desk, alice, input),
      check: async (world, outcomes) => {
        await world.runJobs();
        await expectSound(world);
        expect(outcomes).toMatchObject({ first: 'conflict', second: 'done' });
        expect(world.tenant.exemptions()).toEqual([]);
        const removed = (await world.ledger()).filter(({ event }) => event === 'exemption-removed');
        expect(removed).toHaveLength(2);
      },
    });
  });
});
