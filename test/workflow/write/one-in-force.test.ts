import type { Person } from '../../../src/core/person.ts';
import { adoptExemption } from '../../../src/workflow/ask/adopt-exemption.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { startReplacement } from '../../../src/workflow/ask/replace-request.ts';
import { sendRequest, type SendResult } from '../../../src/workflow/ask/send-request.ts';
import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { cleanUp } from '../../../src/workflow/inventory/clean-up.ts';
import { orderCleanup } from '../../../src/workflow/inventory/order-cleanup.ts';
import { planCleanup } from '../../../src/workflow/inventory/plan-cleanup.ts';
import { followRequests } from '../../../src/workflow/tell/follow-requests.ts';
import { applyRequest } from '../../../src/workflow/write/apply-request.ts';
import { revokeRequest } from '../../../src/workflow/write/revoke-request.ts';
import { alice, bob, carol, vm1 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { interleave } from '../../fakes/interleave.ts';
import { expectSound } from '../../fakes/invariants.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { expectOneInForce } from '../../fakes/one-in-force.ts';
import { ask, askAndWrite, current, draftOf } from '../../fakes/story.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

/** Lets Bob approve all that waits, and the jobs come again until nothing is left to do. */
const decideAll = async (world: TestDesk): Promise<void> => {
  for (const { reference } of await everyRequest(world.desk.database.requests, ['pending']))
    await approveRequest(world.desk, bob, { reference, version: undefined, words: '' });
  for (let tries = 0; world.jobs.waiting.length > 0; tries += 1) {
    try {
      await world.runJobs();
    } catch (error) {
      if (tries === 20) throw error;
      world.jobs.waiting.push(...world.jobs.waiting.splice(0, 1));
    }
  }
};

const replacing = async (world: TestDesk, person: Person, reference: string, deed: 'renew' | 'change') => {
  const { draft } = await startReplacement(world.desk, person, reference, deed);
  await previewRequest(world.desk, person, draft.id, { ...draft.form, name: `${deed} by ${person.name}` });
  return draft.id;
};

const inForce = async (): Promise<TestDesk & { reference: string }> => {
  const world = await makeDesk();
  const { reference } = await askAndWrite(world);
  world.jobs.waiting.splice(0);
  world.clock.forward({ days: 1 });
  return { ...world, reference };
};

/** Something in force and its renewal by Alice, which waits; or the renewal of something that has expired. */
const renewed = async (isOver = false): Promise<TestDesk & { reference: string; renewal: string }> => {
  const world = await inForce();
  if (isOver) world.clock.forward({ days: 40 });
  if (isOver) await followRequests(world.desk);
  await sendRequest(world.desk, alice, await replacing(world, alice, world.reference, 'renew'), undefined);
  const [renewal] = await everyRequest(world.desk.database.requests, ['pending']);
  world.jobs.waiting.splice(0);
  return { ...world, renewal: renewal!.reference };
};
const approve = ({ desk, renewal }: TestDesk & { renewal: string }) =>
  approveRequest(desk, bob, { reference: renewal, version: undefined, words: '' });

/** Between two of these nothing changes that counts here. */
const changing = /^(transaction|requests|claims|drafts|exemptions)\b/;

describe('two who ask for the same exemption at once', () => {
  /** Once a request is sent, its card is made, and whoever comes during that comes second. */
  const sentFirst = async (world: TestDesk): Promise<'mine' | 'theirs'> => {
    const [{ requester } = { requester: undefined }] = await everyRequest(world.desk.database.requests, ['pending']);
    return requester?.objectId === alice.objectId ? 'mine' : 'theirs';
  };

  it('make one request: the other sees in their preview who asks, and keeps the draft', async () => {
    const winners = new Set<string>();
    await interleave({
      only: changing,
      setUp: async () => {
        const world = await makeDesk();
        const heard: SendResult[] = [];
        return { ...world, heard, mine: await draftOf(world, alice), theirs: await draftOf(world, carol) };
      },
      first: async ({ mine, heard }, desk) => heard.push(await sendRequest(desk, alice, mine, undefined)),
      second: async ({ desk, theirs, heard }) => heard.push(await sendRequest(desk, carol, theirs, undefined)),
      check: async (world, outcomes) => {
        expect(outcomes).toMatchObject({ first: 'done', second: 'done' });
        const winner = await sentFirst(world);
        winners.add(winner);
        const [requester, left] = winner === 'mine' ? [alice, world.theirs] : [carol, world.mine];
        expect(JSON.stringify(world.heard)).toMatch(
          new RegExp(`EX-000\\d by ${requester.name} already asks for this\\.`),
        );
        expect(await world.desk.database.drafts.find(left)).toBeDefined();
        expect(await everyRequest(world.desk.database.requests)).toMatchObject([{ requester, status: 'pending' }]);
        await expectSound(world);
      },
    });
    expect([...winners]).toContain('theirs');
  });

  it.each([
    ['renew', 'renew'],
    ['change', 'renew'],
  ] as const)('%s it while somebody else tries to %s it: one of them waits', async (mine, theirs) => {
    await interleave({
      only: changing,
      setUp: async () => {
        const world = await inForce();
        const drafts = [
          await replacing(world, alice, world.reference, mine),
          await replacing(world, carol, world.reference, theirs),
        ] as const;
        return { ...world, drafts };
      },
      first: async ({ drafts }, desk) => sendRequest(desk, alice, drafts[0], undefined),
      second: ({ desk, drafts }) => sendRequest(desk, carol, drafts[1], undefined),
      check: async (world, outcomes) => {
        expect(outcomes).toMatchObject({ first: 'done', second: 'done' });
        const winner = await sentFirst(world);
        const [requester, left] = winner === 'mine' ? [alice, world.drafts[1]] : [carol, world.drafts[0]];
        expect(await world.desk.database.drafts.find(left)).toBeDefined();
        const waiting = await everyRequest(world.desk.database.requests, ['pending']);
        expect(waiting).toMatchObject([{ requester, renewal: { of: world.reference } }]);
        await expectSound(world);
      },
    });
  });

  it('adopt it: one is its owner, also where the other is done with everything', async () => {
    const outside = exemption(atRoot, vm1, ['diskEncryption']);
    const words = 'We know this machine and take it over.';
    await interleave({
      only: changing,
      setUp: async () => {
        const world = await makeDesk();
        world.tenant.put(outside);
        return world;
      },
      first: (_, desk) => adoptExemption(desk, bob, outside.id, words),
      second: async (world) => {
        await adoptExemption(world.desk, carol, outside.id, words);
        await world.runJobs();
      },
      check: async (world, outcomes) => {
        expect(outcomes).toMatchObject({ first: 'conflict', second: 'done' });
        await decideAll(world);
        await expectSound(world);
        await expectOneInForce(world);
      },
    });
  });
});

describe('taking out and writing at once', () => {
  it('a renewal that is being written while what it renews is revoked leaves nothing behind', async () => {
    await interleave({
      only: changing,
      setUp: async () => {
        const world = await renewed();
        await approve(world);
        return world;
      },
      first: ({ renewal }, desk) => applyRequest(desk, renewal),
      second: async ({ desk, reference }) => {
        await revokeEarly(desk, bob, { reference, words: 'Enough.' });
        await revokeRequest(desk, reference);
      },
      check: async (world) => {
        await decideAll(world);
        await expectSound(world);
        await expectOneInForce(world);
        expect(await current(world, world.reference)).toMatchObject({ status: 'revoked' });
        expect(world.tenant.exemptions()).toEqual([]);
      },
    });
  });

  it('never deletes what another request has just written in its place', async () => {
    await interleave({
      only: changing,
      setUp: async () => {
        const world = await inForce();
        await ask(world, { expiry: '60' }, carol);
        await revokeEarly(world.desk, bob, { reference: world.reference, words: 'Enough.' });
        world.jobs.waiting.splice(0);
        return { ...world, renewal: 'EX-0002' };
      },
      first: ({ reference }, desk) => revokeRequest(desk, reference),
      second: async (world) => {
        await approve(world);
        await applyRequest(world.desk, world.renewal);
      },
      check: async (world) => {
        world.jobs.waiting.push({ name: 'revoke-request', data: { reference: world.reference } });
        await decideAll(world);
        await expectSound(world);
        await expectOneInForce(world);
      },
    });
  });

  it('cleaning up what has expired deletes nothing that a renewal has just written', async () => {
    await interleave({
      only: changing,
      setUp: async () => {
        const world = await renewed(true);
        const { plan } = await planCleanup(world.desk, bob, ['expired']);
        await orderCleanup(world.desk, bob, plan.id);
        world.jobs.waiting.splice(0);
        return { ...world, plan };
      },
      first: ({ plan }, desk) => cleanUp(desk, plan.id),
      second: async (world) => {
        await approve(world);
        await applyRequest(world.desk, world.renewal);
      },
      check: async (world) => {
        await decideAll(world);
        await expectSound(world);
        await expectOneInForce(world);
        expect(world.tenant.exemptions().map((each) => each.requestReference)).toEqual(['EX-0002', 'EX-0002']);
      },
    });
  });
});
