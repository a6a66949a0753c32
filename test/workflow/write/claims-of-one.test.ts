import { statusFacts } from '../../../src/core/chat/status-facts.ts';
import { statusWords } from '../../../src/core/request/status-words.ts';
import { adoptExemption } from '../../../src/workflow/ask/adopt-exemption.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { startReplacement } from '../../../src/workflow/ask/replace-request.ts';
import { sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { approveRequest, retryRequest, withdrawRequest } from '../../../src/workflow/decide/decide-request.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { followRequests } from '../../../src/workflow/tell/follow-requests.ts';
import { viewRequest } from '../../../src/workflow/tell/view-request.ts';
import { alice, bob, carol, shopGroup, vm1 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { saysNo } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { expectOneInForce } from '../../fakes/one-in-force.ts';
import { ask, askAndWrite, askInEmergency, current, draftOf } from '../../fakes/story.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const input = (reference: string) => ({ reference, version: undefined, words: 'Because.' });
const approveAndWrite = async (world: TestDesk, reference: string) => {
  await approveRequest(world.desk, bob, input(reference));
  await world.runJobs();
};
const marks = ({ tenant }: TestDesk) => tenant.exemptions().map(({ requestReference }) => requestReference);
const isWrittenTo =
  (written: string) =>
  ({ id }: { id: string }) =>
    id === written;

describe('what a request claims, from the asking to the end', () => {
  it('is free again once Azure has refused it, and a retry waits for whoever asks then', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.faults.at('exemptions.write', { error: saysNo('conflict') });
    await approveAndWrite(world, reference);
    world.faults.clear();
    const other = await ask(world, {}, carol);
    await expect(retryRequest(world.desk, bob, input(reference))).rejects.toThrow(
      `${other.reference} by Carol Costa already asks for this.`,
    );
    expect(await current(world, reference)).toMatchObject({ status: 'failed' });
    await withdrawRequest(world.desk, carol, input(other.reference));
    await retryRequest(world.desk, bob, input(reference));
    await world.runJobs();
    await expectOneInForce(world);
    expect(marks(world)).toEqual([reference, reference]);
  });

  it('is not written over by a retry if somebody else wrote there meanwhile', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.faults.at('exemptions.write', { error: saysNo('conflict') });
    await approveAndWrite(world, reference);
    world.faults.clear();
    world.clock.forward({ hours: 1 });
    const other = await ask(world, {}, carol);
    await approveAndWrite(world, other.reference);
    await retryRequest(world.desk, bob, input(reference));
    await world.runJobs();
    expect((await current(world, reference)).failure).toContain(
      `${other.reference} by Carol Costa was written there after this was requested.`,
    );
    await expectOneInForce(world);
  });

  it('is only what was written of a part; revoking it leaves what is another’s, and says so', async () => {
    const world = await makeDesk({ partialRights: 'best-effort' });
    const { reference, targets } = await ask(world);
    world.faults.at('exemptions.write', { error: saysNo(), when: isWrittenTo(targets[0]!.exemptionId) });
    await approveAndWrite(world, reference);
    world.faults.clear();
    const other = await ask(world, {}, carol);
    await approveAndWrite(world, other.reference);
    await expectOneInForce(world);
    expect(marks(world).sort()).toEqual([reference, other.reference]);

    await revokeEarly(world.desk, bob, input(reference));
    await world.runJobs();
    expect(marks(world)).toEqual([other.reference]);
    const view = await viewRequest(world.desk, await current(world, reference));
    expect(statusWords.revoked.notice?.(statusFacts(view))).toBe(
      `${reference} was removed from Azure, except for what belongs to ${other.reference} now. There “Disks should be encrypted” stays exempt.`,
    );
  });

  it('keeps others from asking while an emergency waits for its approval', async () => {
    const world = await makeDesk();
    const { reference } = await askInEmergency(world);
    await world.runJobs();
    const result = await sendRequest(world.desk, alice, await draftOf(world, alice), undefined);
    expect(JSON.stringify(result)).toContain(`${reference} by Bob Berger is in Azure as an emergency and waits`);
    await approveRequest(world.desk, carol, input(reference));
    await world.runJobs();
    await expectOneInForce(world);
  });

  it('follows an approver who approves less, as far as nobody else asks for that', async () => {
    const world = await makeDesk();
    const wide = await ask(world, { scope: shopGroup });
    const narrow = await ask(world, {}, carol);
    const less = { ...input(wide.reference), narrowing: { lastDay: '', scopes: [vm1] } };
    await expect(approveRequest(world.desk, bob, less)).rejects.toThrow(
      `${narrow.reference} by Carol Costa already asks for this.`,
    );
    expect(await current(world, wide.reference)).toMatchObject({ status: 'pending', termsVersion: 1 });
    await withdrawRequest(world.desk, carol, input(narrow.reference));
    await approveRequest(world.desk, bob, less);
    await ask(world, { scope: shopGroup }, carol);
  });

  it('is freed by whoever deletes it outside', async () => {
    const world = await makeDesk();
    const { targets } = await askAndWrite(world);
    const [first, second] = targets.map(({ exemptionId }) => exemptionId.toLowerCase());
    const holders = async () =>
      (await world.desk.database.claims.of([first!, second!], world.clock.now())).map(({ key }) => key);
    world.clock.forward({ hours: 1 });
    world.tenant.delete(targets[0]!.exemptionId);
    await world.desk.database.jobs.send('sweep-exemptions', {});
    await world.runJobs();
    expect(await holders()).toEqual([second]);
    await expectOneInForce(world);
    expect((await world.ledger()).filter(({ event }) => event === 'exemption-gone')).toHaveLength(1);
  });
});

describe('a renewal', () => {
  const renewalOf = async (world: TestDesk, reference: string) => {
    world.clock.forward({ days: 1 });
    const { draft } = await startReplacement(world.desk, carol, reference, 'renew');
    await previewRequest(world.desk, carol, draft.id, draft.form);
    await sendRequest(world.desk, carol, draft.id, undefined);
    const [request] = await everyRequest(world.desk.database.requests, ['pending']);
    return request!;
  };

  it('of an adopted exemption is written in its place, not beside it', async () => {
    const world = await makeDesk();
    const outside = exemption(atRoot, vm1, ['diskEncryption'], { expiresAt: new Date('2026-12-10T00:00:00Z') });
    world.tenant.put(outside);
    const adopted = await adoptExemption(world.desk, bob, outside.id, 'We know this machine and take it over.');
    await world.runJobs();
    const { reference, targets } = await renewalOf(world, adopted.reference);
    expect(targets.map(({ exemptionId }) => exemptionId)).toContain(outside.id);
    await approveAndWrite(world, reference);
    expect(marks(world)).toEqual([reference, reference]);
    await expectOneInForce(world);
    expect(await current(world, adopted.reference)).toMatchObject({ status: 'replaced' });
  });

  it('is not written if what it renews was replaced while it had failed', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world);
    const first = await renewalOf(world, reference);
    world.faults.at('exemptions.write', { error: saysNo('conflict') });
    await approveAndWrite(world, first.reference);
    world.faults.clear();
    const second = await renewalOf(world, reference);
    await approveAndWrite(world, second.reference);
    await expect(retryRequest(world.desk, bob, input(first.reference))).rejects.toThrow(
      `${second.reference} by Carol Costa has already taken the place of ${reference}.`,
    );
    await revokeEarly(world.desk, bob, input(second.reference));
    await world.runJobs();
    await retryRequest(world.desk, bob, input(first.reference));
    await world.runJobs();
    expect((await current(world, first.reference)).failure).toBe(
      `${reference} was replaced by ${second.reference} meanwhile. To renew what is in force now, send: renew ${second.reference}`,
    );
    await expectOneInForce(world);
  });
});

describe('what an earlier version left behind', () => {
  it('is replaced at the next tick by whoever holds its exemptions, and is not called removed', async () => {
    const world = await makeDesk();
    const later = await askAndWrite(world);
    const absent = later.targets.map(({ exemptionId }) => exemptionId);
    await world.desk.database.requests.add({ ...later, reference: 'EX-OLD1', absent });
    await expect(revokeEarly(world.desk, bob, input('EX-OLD1'))).rejects.toThrow(
      `Nothing of EX-OLD1 is in Azure any more: its exemptions belong to ${later.reference} now.`,
    );
    await followRequests(world.desk);
    expect(await current(world, 'EX-OLD1')).toMatchObject({ status: 'replaced' });
  });
});
