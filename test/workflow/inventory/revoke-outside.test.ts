import { cleanUp } from '../../../src/workflow/inventory/clean-up.ts';
import { endCleanups } from '../../../src/workflow/inventory/end-cleanups.ts';
import { openRevocation, revokeOutside } from '../../../src/workflow/inventory/revoke-outside.ts';
import { showExemption } from '../../../src/workflow/inventory/show-exemption.ts';
import { alice, bob, carol, dan, shopProd, vm1 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { noAnswer, saysNo } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { expectRefused, refusalsIn } from '../../fakes/refusal.ts';
import { askAndWrite, channel, chatOf, subscribed } from '../../fakes/story.ts';
import { stepsIn, turnOfSweep } from '../../fakes/turn-of-sweep.ts';

const outside = exemption(atRoot, vm1, ['diskEncryption']);
const other = { ...outside, id: `${outside.id}-2`, name: 'made-before-2' };
const { id } = outside;
const words = 'The machine was rebuilt with encrypted disks.';
const alerts = channel('alerts');

const withOutside = async (...more: (typeof outside)[]): Promise<TestDesk> => {
  const world = await makeDesk();
  await world.meet(chatOf(bob));
  for (const each of [outside, ...more]) world.tenant.put(each);
  return world;
};

const shown = async ({ desk }: TestDesk, of = id) =>
  (await showExemption(desk, { person: bob, channelId: undefined }, of)).outside;
const seenBy = async ({ desk }: TestDesk): Promise<string> => (await openRevocation(desk, bob, id)).seen;
const press = async (world: TestDesk, person = bob, seen?: string, why = words) =>
  revokeOutside(world.desk, person, { id, seen: seen ?? (await seenBy(world)), words: why });
const events = async (world: TestDesk) => (await world.ledger()).map(({ event }) => event);
const told = ({ teams }: TestDesk) => teams.in(chatOf(bob), 'text').map(({ text }) => text);

describe('revoking what was made outside', () => {
  it('needs no adoption: deletes it, says so, and records who, what and why', async () => {
    const world = await withOutside();
    expect(await shown(world)).toEqual({ whyNot: undefined, tool: undefined });
    expect(await openRevocation(world.desk, bob, id)).toMatchObject({ names: ['made-before'] });
    await press(world);
    expect(world.tenant.exemptions()).toHaveLength(1);
    await world.runJobs();
    expect(world.tenant.exemptions()).toEqual([]);
    expect(told(world)).toEqual(['Revocation of made-before: 1 deleted.']);
    expect(await world.ledger()).toMatchObject([
      { event: 'revocation-ordered', text: words, actor: { person: bob }, facts: { exemptions: id } },
      { event: 'exemption-cleaned', facts: { exemption: id } },
    ]);
  });

  it('deletes what was made together, all of it named before', async () => {
    const world = await withOutside(other);
    expect(await openRevocation(world.desk, bob, id)).toMatchObject({ names: ['made-before', 'made-before-2'] });
    await press(world);
    await world.runJobs();
    expect(world.tenant.exemptions()).toEqual([]);
  });

  it('is for whoever may delete it, asked live; a role that only reads is not enough', async () => {
    const world = await withOutside();
    const seen = await seenBy(world);
    world.access.takeAll(bob);
    world.access.give(dan, 'reader', shopProd);
    await expectRefused(world, 'forbidden', () => press(world, dan, seen));
    await expectRefused(world, 'forbidden', () => openRevocation(world.desk, dan, id));
    expect(await refusalsIn(world)).toEqual(['revoke by Dan Dorn']);
    await expectRefused(world, 'not-found', () => press(world, bob, seen));
    world.faults.at('forDecision', { error: noAnswer() });
    await expectRefused(world, 'unavailable', () => press(world, carol, seen));
    expect(world.tenant.exemptions()).toHaveLength(1);
    expect(world.jobs.waiting).toEqual([]);
  });

  it('is not for a role that may write exemptions and delete none', async () => {
    const world = await withOutside();
    const seen = await seenBy(world);
    world.access.takeAll(dan);
    world.access.give(dan, 'exemptionCreator', shopProd);
    for (const tried of [() => openRevocation(world.desk, dan, id), () => press(world, dan, seen)])
      await expect(tried()).rejects.toThrow(/none of your Azure roles.*policyExemptions\/delete/);
    expect(await events(world)).toEqual(['refused']);
    world.access.give(dan, 'exemptionWriter', shopProd);
    await press(world, dan, seen);
    expect(await events(world)).toEqual(['refused', 'revocation-ordered']);
  });

  it('reads an exemption once for its card, and each of those made with it once for the form', async () => {
    const world = await withOutside(other);
    const reads: string[] = [];
    const { desk } = world;
    const read: typeof desk.exemptions.read = (each) => {
      reads.push(each);
      return desk.exemptions.read(each);
    };
    const watched = { ...desk, exemptions: { ...desk.exemptions, read } };
    await showExemption(watched, { person: bob, channelId: undefined }, id);
    expect(reads.splice(0)).toEqual([id]);
    await openRevocation(watched, bob, id);
    expect(reads.toSorted()).toEqual([id, other.id].toSorted());
  });

  it('tells nobody of what they may not see, and takes no other id', async () => {
    const world = await withOutside();
    const seen = await seenBy(world);
    world.access.takeAll(alice);
    await expectRefused(world, 'not-found', () => press(world, alice, seen));
    for (const forged of [`${id}-9`, vm1, '/x'])
      await expectRefused(world, 'not-found', () => revokeOutside(world.desk, bob, { id: forged, seen, words }));
  });

  it('needs a reason', async () => {
    const world = await withOutside();
    await expectRefused(world, 'invalid', () => press(world, bob, undefined, '  '));
  });

  it('is refused where it is no longer what the card showed', async () => {
    const world = await withOutside();
    const seen = await seenBy(world);
    await expectRefused(world, 'conflict', () => press(world, bob, 'forged'));
    world.tenant.put(other);
    await expectRefused(world, 'conflict', () => press(world, bob, seen));
    world.tenant.delete(other.id);
    world.tenant.change(id, { expiresAt: new Date('2027-06-30T00:00:00Z') });
    await expectRefused(world, 'conflict', () => press(world, bob, seen));
    expect(await events(world)).toEqual([]);
  });

  it('leaves it alone if it changes between the press and the deletion', async () => {
    const world = await withOutside();
    await press(world);
    world.tenant.change(id, { description: 'Somebody needs it after all.' });
    await world.runJobs();
    expect(world.tenant.exemptions()).toHaveLength(1);
    expect(told(world)).toEqual([expect.stringContaining('0 deleted, 1 left: made-before: It was changed')]);
  });

  it('is refused where a tool manages it, and the card says why', async () => {
    const world = await withOutside();
    const seen = await seenBy(world);
    world.tenant.put({ ...outside, managedBy: 'EPAC' });
    expect(await shown(world)).toEqual({
      whyNot: expect.stringContaining('EPAC manages it in files of its own') as string,
      tool: 'EPAC',
    });
    await expectRefused(world, 'conflict', () => openRevocation(world.desk, bob, id));
    await expectRefused(world, 'conflict', () => press(world, bob, seen));
  });

  it('is not for what belongs to a request', async () => {
    const world = await makeDesk();
    const { targets, reference } = await askAndWrite(world);
    const { exemptionId } = targets[0]!;
    expect(await shown(world, exemptionId)).toBeUndefined();
    const refused = revokeOutside(world.desk, bob, { id: exemptionId, seen: 'any', words });
    await expect(refused).rejects.toThrow(`revoke ${reference}`);
  });

  it('is ordered once by two presses, and again after Azure has refused', async () => {
    const world = await withOutside();
    const seen = await seenBy(world);
    await press(world, bob, seen);
    await expect(press(world, carol, seen)).rejects.toThrow('is deleting this exemption at the moment');
    world.faults.at('exemptions.remove', { error: saysNo('conflict', 'Azure refused: a lock forbids it.') });
    await world.runJobs();
    expect(told(world)).toEqual([expect.stringContaining('0 deleted, 1 left: made-before: Azure refused: a lock')]);
    world.faults.clear();
    await press(world, bob, seen);
    await world.runJobs();
    expect(world.tenant.exemptions()).toEqual([]);
  });

  it('survives a crash, and says that Azure did not answer where it did not', async () => {
    const world = await withOutside();
    const { id: plan } = await press(world);
    world.jobs.waiting.splice(0);
    world.faults.at('exemptions.remove', { error: noAnswer() });
    await expect(cleanUp(world.desk, plan)).rejects.toThrow('does not answer');
    world.faults.clear();
    world.tenant.delete(id);
    await cleanUp(world.desk, plan);
    expect(told(world)).toEqual(['Revocation of made-before: 1 deleted.']);

    world.tenant.put(outside);
    const { id: second } = await press(world);
    world.jobs.waiting.splice(0);
    world.faults.at('exemptions.remove', { error: noAnswer() });
    await expect(cleanUp(world.desk, second)).rejects.toThrow('does not answer');
    world.clock.forward({ minutes: 21 });
    await endCleanups(world.desk);
    expect(told(world).at(-1)).toMatch(/^Revocation given up.*Azure did not say whether it was deleted/);
  });

  it('waits while nothing may be written', async () => {
    const world = await withOutside();
    const { id: plan } = await press(world);
    await world.desk.database.switches.setReadOnly({ since: world.clock.now(), reason: 'Maintenance.' });
    world.clock.forward({ hours: 3 });
    await endCleanups(world.desk);
    expect(told(world)).toEqual([]);
    await world.desk.database.switches.setReadOnly(undefined);
    await cleanUp(world.desk, plan);
    expect(world.tenant.exemptions()).toEqual([]);
  });

  it('is told once to channels, with who and why, and not as deleted outside', async () => {
    const world = await makeDesk();
    await subscribed(world, alerts, 'alerts', { kinds: ['created', 'deleted'] });
    await turnOfSweep(world);
    world.tenant.put({ ...outside, createdAt: world.clock.now() });
    await turnOfSweep(world);
    world.teams.posts.splice(0);
    await press(world);
    await world.runJobs();
    await turnOfSweep(world);
    await turnOfSweep(world);
    expect(stepsIn(world, alerts)).toEqual(['revoked']);
    expect(world.teams.in(alerts, 'alert')).toMatchObject([
      { alert: { rows: ['Revoked by Bob Berger.', `“${words}”`] } },
    ]);
  });
});
