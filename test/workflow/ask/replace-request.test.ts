import { extendRequest } from '../../../src/workflow/ask/extend-request.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { startReplacement } from '../../../src/workflow/ask/replace-request.ts';
import { sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { alice, bob, dan, shopGroup, shopProd, vm1, vm10 } from '../../core/contoso.ts';
import { dieAtEach } from '../../fakes/die.ts';
import { expectSound } from '../../fakes/invariants.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { expectRefused } from '../../fakes/refusal.ts';
import { ask, askAndWrite, current, filledIn, sentIn } from '../../fakes/story.ts';
import { applyRequest } from '../../../src/workflow/write/apply-request.ts';

/** A renewal of a request in force, sent. */
const renewing = async (
  world: TestDesk,
  reference: string,
  changes: Parameters<typeof filledIn>[0] = { expiry: '60' },
) => {
  const { draft } = await startReplacement(world.desk, alice, reference, 'renew');
  const { terms } = await current(world, reference);
  await previewRequest(world.desk, alice, draft.id, filledIn({ resources: terms.scopes, ...changes }));
  return sendRequest(world.desk, alice, draft.id, undefined);
};

describe('renewing', () => {
  it('leaves what is in force as it is until the new one is written, then retires it', async () => {
    const world = await makeDesk();
    const old = await askAndWrite(world);
    world.clock.forward({ days: 20 });
    const { reference, renewal } = sentIn(await renewing(world, old.reference, { expiry: '30' }));
    expect(renewal).toMatchObject({ of: old.reference, number: 1, firstLasted: 30 });
    expect(world.tenant.exemptions().map(({ expiresAt }) => expiresAt)).toEqual(
      [old, old].map((each) => each.terms.expiresAt),
    );

    await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
    await world.runJobs();
    const { terms } = await current(world, reference);
    expect(terms.expiresAt!.getTime()).toBeGreaterThan(old.terms.expiresAt!.getTime());
    expect(world.tenant.exemptions()).toMatchObject([
      { requestReference: reference, expiresAt: terms.expiresAt },
      { requestReference: reference, expiresAt: terms.expiresAt },
    ]);
    expect(await current(world, old.reference)).toMatchObject({ status: 'replaced' });
  });

  it('may not last longer than the first one did, where the rules say so', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world);
    expect(await renewing(world, reference, { expiry: '60' })).toMatchObject({
      kind: 'problems',
      problems: [{ field: 'expiry' }],
    });
  });

  it('holds for all that was covered, or not at all', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world, { resources: [vm1, vm10] });
    expect(await renewing(world, reference, { resources: [vm1], expiry: '30' })).toMatchObject({
      kind: 'problems',
      problems: [{ field: 'resources' }],
    });
    world.access.deny(alice, vm10);
    await expectRefused(world, 'conflict', () => startReplacement(world.desk, alice, reference, 'renew'));
    await expect(startReplacement(world.desk, alice, reference, 'renew')).rejects.toThrow(
      `You cannot see everything that ${reference} covers, so somebody who can must request it.`,
    );
  });

  it('is only for what is in force or has ended by itself, and may be seen', async () => {
    const world = await makeDesk();
    const waits = await ask(world, { resources: [vm10] });
    await expectRefused(world, 'conflict', () => startReplacement(world.desk, alice, waits.reference, 'renew'));
    const { reference } = await askAndWrite(world);
    await expectRefused(world, 'not-found', () => startReplacement(world.desk, dan, reference, 'renew'));
    await revokeEarly(world.desk, alice, { reference, words: 'Done.' });
    await expectRefused(world, 'conflict', () => startReplacement(world.desk, alice, reference, 'renew'));
  });

  it('does not bring back what somebody took out meanwhile', async () => {
    const world = await makeDesk();
    const old = await askAndWrite(world);
    const { reference } = sentIn(await renewing(world, old.reference, { expiry: '7' }));
    await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
    await revokeEarly(world.desk, alice, { reference: old.reference, words: 'Done.' });
    await world.runJobs();
    expect(world.tenant.exemptions()).toEqual([]);
    expect(await current(world, reference)).toMatchObject({ status: 'failed' });
    expect(await current(world, old.reference)).toMatchObject({ status: 'revoked' });
  });

  it('ends the same wherever the process dies while it is written', async () => {
    await dieAtEach({
      setUp: async () => {
        const world = await makeDesk();
        const old = await askAndWrite(world);
        world.clock.forward({ days: 20 });
        const { reference } = sentIn(await renewing(world, old.reference, { expiry: '30' }));
        await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
        world.jobs.waiting.splice(0);
        return world;
      },
      work: (_, desk) => applyRequest(desk, 'EX-0002'),
      state: async (world) => {
        await expectSound(world);
        return {
          exemptions: world.tenant.exemptions(),
          statuses: [(await current(world, 'EX-0001')).status, (await current(world, 'EX-0002')).status],
          jobs: world.jobs.names(),
          steps: await world.desk.database.writeSteps.of('EX-0002'),
        };
      },
      check: ({ expected, found, at }) => expect({ at, ...found }).toEqual({ at, ...expected }),
    });
  });
});

describe('extending', () => {
  it('opens the same form again, and writes nothing', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world, { scope: shopGroup });
    const ledger = await world.ledger();
    const { draft } = await extendRequest(world.desk, alice, reference);
    expect(draft.form).toMatchObject({ scope: shopGroup, expiryDate: '2026-12-21', expiry: 'date' });
    expect(draft.replaces).toBeUndefined();
    expect(await world.ledger()).toEqual(ledger);
    await expectRefused(world, 'not-found', () => extendRequest(world.desk, dan, reference));
    world.access.give(dan, 'reader', shopProd);
    await extendRequest(world.desk, dan, reference);
  });
});
