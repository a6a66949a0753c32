import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { startReplacement } from '../../../src/workflow/ask/replace-request.ts';
import { sendInEmergency, sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { alice, bob, dan, shopGroup, vm10 } from '../../core/contoso.ts';
import { rulesWith } from '../../core/governance-facts.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { interleave } from '../../fakes/interleave.ts';
import { expectSound } from '../../fakes/invariants.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { expectRefused, refusalsIn } from '../../fakes/refusal.ts';
import { ask, askAndWrite, askInEmergency, current, draftOf, filledIn } from '../../fakes/story.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const clicked = { conversationId: 'a:alice', activityId: 'm0' };

describe('sending', () => {
  it('makes a request of the draft, on record, and has everybody told', async () => {
    const world = await makeDesk();
    const draftId = await draftOf(world, alice);
    const result = await sendRequest(world.desk, alice, draftId, clicked);
    expect(result).toMatchObject({ kind: 'sent', request: { reference: 'EX-0001', status: 'pending', version: 1 } });
    const { targets } = await current(world, 'EX-0001');
    expect(targets.map(({ referenceIds }) => referenceIds)).toEqual([['diskEncryption'], ['contosoDisks']]);
    expect(await world.ledger()).toMatchObject([
      { event: 'requested', to: 'pending', actor: { person: alice }, reference: 'EX-0001' },
    ]);
    expect(await world.desk.database.postedCards.of('EX-0001')).toMatchObject([{ ...clicked, audience: 'requester' }]);
    expect(world.jobs.names()).toEqual(['publish-request EX-0001']);
    expect(world.tenant.exemptions()).toEqual([]);
  });

  it('is possible once', async () => {
    const world = await makeDesk();
    const draftId = await draftOf(world, alice);
    await sendRequest(world.desk, alice, draftId, undefined);
    await expectRefused(world, 'not-found', () => sendRequest(world.desk, alice, draftId, undefined));
  });

  it('is for whoever filled in the form', async () => {
    const world = await makeDesk();
    const draftId = await draftOf(world, alice);
    await expectRefused(world, 'not-found', () => sendRequest(world.desk, bob, draftId, undefined));
  });

  it('shows the preview again where Azure has changed meanwhile, and sends nothing', async () => {
    const world = await makeDesk();
    const draftId = await draftOf(world, alice);
    world.tenant.locks = [{ scope: shopGroup, name: 'frozen', level: 'ReadOnly' }];
    expect(await sendRequest(world.desk, alice, draftId, undefined)).toMatchObject({ kind: 'preview' });
    world.tenant.assignments = [atRoot];
    world.tenant.locks = [];
    world.access.takeAll(alice);
    await expectRefused(world, 'not-found', () => sendRequest(world.desk, alice, draftId, undefined));
    expect(await everyRequest(world.desk.database.requests)).toEqual([]);
    expect(world.jobs.waiting).toEqual([]);
  });

  it.each(['forReading', 'policies.assignments', 'exemptions.near', 'recommendations.assessments'] as const)(
    'sends nothing while Azure does not answer (%s)',
    async (name) => {
      const world = await makeDesk();
      const draftId = await draftOf(world, alice);
      world.faults.at(name, { error: noAnswer() });
      await expectRefused(world, 'unavailable', () => sendRequest(world.desk, alice, draftId, undefined));
    },
  );

  it('goes ahead at once where the rules ask for nobody and the requester could decide', async () => {
    const world = await makeDesk({ governance: rulesWith([], { approvals: 0 }) });
    const { reference } = await ask(world, {}, bob);
    expect(await current(world, reference)).toMatchObject({ status: 'approved', approvals: [], decision: { by: bob } });
    expect((await world.ledger()).map(({ event }) => event)).toEqual(['requested', 'needed-no-approval']);
    const other = await ask(world, { resources: [vm10] });
    expect(await current(world, other.reference)).toMatchObject({ status: 'pending', governance: { approvals: 1 } });
  });

  it('waits for somebody else where a guest asks, whatever their roles', async () => {
    const world = await makeDesk({ governance: rulesWith([], { approvals: 0 }) });
    const { reference } = await ask(world, {}, { ...bob, isGuest: true });
    expect(await current(world, reference)).toMatchObject({ status: 'pending', governance: { approvals: 1 } });
  });

  it('makes one request of two clicks, whenever the second comes', async () => {
    await interleave({
      setUp: async () => {
        const world = await makeDesk();
        await draftOf(world, alice);
        return world;
      },
      first: (_, desk) => sendRequest(desk, alice, 'id-0001', undefined),
      second: ({ desk }) => sendRequest(desk, alice, 'id-0001', undefined),
      check: async (world, outcomes) => {
        await expectSound(world);
        // While the card of the sent request is drawn it is too late.
        const isTooLate = outcomes.second === 'not-found';
        if (!isTooLate) expect(outcomes.second).toBe('done');
        expect(isTooLate ? ['done'] : ['conflict', 'not-found', 'done']).toContain(outcomes.first);
        expect(await everyRequest(world.desk.database.requests)).toHaveLength(1);
        expect((await world.ledger()).map(({ event }) => event)).toEqual(['requested']);
        expect(world.jobs.waiting).toHaveLength(1);
      },
    });
  });
});

describe('an emergency', () => {
  it('is written at once by somebody who could decide it, and waits to be ratified', async () => {
    const world = await makeDesk();
    const { reference } = await askInEmergency(world);
    expect(await current(world, reference)).toMatchObject({
      status: 'approved',
      approvals: [],
      emergency: { ratifyBy: new Date('2026-11-24T12:00:00Z') },
    });
    expect((await world.ledger()).map(({ event }) => event)).toEqual(['requested', 'emergency']);
    await world.runJobs();
    // Azure ends it by itself, should nobody ratify it and the bot be gone.
    expect(world.tenant.exemptions().map(({ expiresAt }) => expiresAt)).toEqual(
      Array.from({ length: 2 }, () => new Date('2026-11-24T12:00:00Z')),
    );
  });

  it('is refused without a reason, without the roles, and without an answer', async () => {
    const world = await makeDesk();
    const [mine, theirs] = [await draftOf(world, alice), await draftOf(world, bob)];
    await expectRefused(world, 'invalid', () => sendInEmergency(world.desk, bob, theirs, ' ', undefined));
    await expectRefused(world, 'forbidden', () => sendInEmergency(world.desk, alice, mine, 'Now!', undefined));
    expect(await refusalsIn(world)).toEqual(['emergency by Alice Adler']);
    world.faults.at('forDecision', { error: noAnswer() });
    await expectRefused(world, 'unavailable', () => sendInEmergency(world.desk, bob, theirs, 'Now!', undefined));
  });

  it('lends nobody a right', async () => {
    const group = 'aaaaaaaa-0000-4000-8000-0000000000aa';
    const world = await makeDesk({ delegateGroups: [group] });
    world.access.give(dan, 'exemptionWriter', '/');
    world.access.putInGroup(dan, group);
    const draftId = await draftOf(world, dan);
    await expectRefused(world, 'forbidden', () => sendInEmergency(world.desk, dan, draftId, 'Now!', undefined));
  });

  it('is no way to renew what is in force', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world);
    world.clock.forward({ days: 1 });
    const { draft } = await startReplacement(world.desk, bob, reference, 'renew');
    await previewRequest(world.desk, bob, draft.id, filledIn());
    await expectRefused(world, 'invalid', () => sendInEmergency(world.desk, bob, draft.id, 'Now!', undefined));
  });
});
