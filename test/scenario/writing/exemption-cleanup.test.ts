import { everyLedgerRow } from '../../../scripts/soak/kept/every-ledger-row.ts';
import { startWorld, type World } from '../../world.ts';
import { roles } from '../../../simulator/tenant/role-definitions.ts';
import { cleanUp } from '../../../src/workflow/inventory/clean-up.ts';
import { aroundRequests } from '../around-requests.ts';
import { latest } from '../steps.ts';

/** Exemptions that exempt nothing any more, deleted in bulk by whoever could delete them one by one. */
describe('cleaning up', () => {
  let world: World;
  let plan: string;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
    for (const person of ['alice', 'bob', 'carol', 'dan']) await world.teams.say(person, 'personal', 'help');
  }, 120_000);
  afterAll(() => world.close());

  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  const { ask } = aroundRequests(() => world);
  const names = () => world.tenant.exemptions.all().map(({ name }) => name);
  const planIn = (person: string) =>
    /"plan":"([^"]+)"/.exec(JSON.stringify(world.teams.cardFor(person, latest(world, person).id)))?.[1];
  const order = async (person: string, id: string) => {
    const { replies } = await world.teams.submit(person, latest(world, person).id, { verb: 'clean-up', plan: id });
    return [...replies, latest(world, person)].map(({ visibleText }) => visibleText).join('\n');
  };
  const rows = async (event: string) =>
    (await everyLedgerRow(world.app().desk.database.ledger)).filter((each) => each.event === event);

  it('begins with a dry run that deletes nothing', async () => {
    const before = names();
    const text = await said('bob', 'cleanup');
    plan = planIn('bob')!;

    expect(text).toContain('4 exemptions can be deleted');
    expect(text).toContain('nothing is deleted yet');
    expect(text).toContain('ASC-sql-corp-hr-auditing');
    expect(text).toContain('Legacy baseline');
    expect(text).not.toContain('kv-hr');
    expect(names()).toEqual(before);
    expect(await said('bob', 'cleanup orphaned')).toContain('1 exemption can be deleted');
    expect(await said('bob', 'cleanup everything')).toContain('Send: cleanup');
  });

  it('finds nothing for somebody who may delete nothing, and takes no orders for others', async () => {
    for (const person of ['alice', 'carol', 'dan'])
      expect(await said(person, 'cleanup')).toContain('Nothing that you can clean up');
    expect(await order('carol', plan)).toContain('You have no such dry run');
    await world.clock.advance('PT61M');
    expect(await order('bob', plan)).toContain('older than an hour');
    expect(await rows('cleanup-ordered')).toEqual([]);
    expect((await rows('refused')).map(({ facts }) => facts)).toEqual([{ tried: 'clean-up', cleanup: plan }]);
  });

  it('names whoever decided there and could delete it, to somebody who may not', async () => {
    expect(await said('carol', 'cleanup')).toContain('but not by you: ask somebody who is Owner');
    const reference = await ask('carol', {}, 'sthrdocuments');
    expect(await said('bob', `reject ${reference} "It can be mended."`)).toContain('rejected');
    const text = await said('carol', 'cleanup');
    expect(text).toMatch(/rg-corp-hr.* could be deleted, but not by you\. Bob Berger could delete them, and so could/);
    expect(text).not.toContain('Carol');
  });

  it('deletes only what still is what the dry run saw, keeps each on record, and says what became of them', async () => {
    await said('bob', 'cleanup');
    plan = planIn('bob')!;
    const [renewed] = world.tenant.exemptions.all().filter(({ name }) => name.startsWith('ASC-sql-corp-hr-auditing'));
    const expiresOn = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
    world.tenant.exemptions.write({ ...renewed!, properties: { ...renewed!.properties, expiresOn } });
    const before = names();
    expect(await order('bob', plan)).toContain('The result is sent to this chat');
    await world.app().idle();

    const gone = before.filter((name) => !names().includes(name));
    expect(gone.toSorted()).toEqual([
      ...before.filter((name) => name.startsWith('ASC-sql-corp-hr-auditing') && name !== renewed!.name).toSorted(),
      'legacy-baseline',
    ]);
    expect(await rows('cleanup-ordered')).toMatchObject([{ facts: { cleanup: plan, count: '4' } }]);
    const cleaned = await rows('exemption-cleaned');
    expect(cleaned.map(({ facts }) => facts.before?.length)).toEqual([64, 64, 64]);
    expect(world.teams.messages('bob').map(({ text }) => text)).toContainEqual(
      expect.stringContaining(`3 deleted, 1 left: ${renewed!.name}: Its expiry date has changed.`),
    );
    expect(await order('bob', plan)).toContain('are already being deleted');
    await world.app().idle();
    expect(await rows('exemption-cleaned')).toHaveLength(3);
  });

  it('forgets a dry run after a week', async () => {
    const { cleanups } = world.app().desk.database;
    const ordered = plan;
    await world.clock.advance('P2D');
    await said('bob', 'cleanup');
    const unordered = planIn('bob')!;
    expect(unordered).not.toBe(ordered);
    await world.clock.advance('P6D');
    expect(await cleanups.find(unordered)).toBeDefined();
    await world.clock.advance('P2D');
    expect(await cleanups.find(unordered)).toBeUndefined();
    expect(await order('bob', unordered)).toContain('You have no such dry run');
  });

  it('stops where the rights have gone since the dry run', async () => {
    await said('bob', 'cleanup expired');
    plan = planIn('bob')!;
    const taken = world.tenant.roleAssignments.filter(({ role }) => role === roles.securityAdmin);
    for (const each of taken) world.tenant.roleAssignments.splice(world.tenant.roleAssignments.indexOf(each), 1);
    const before = names();
    expect(await order('bob', plan)).toContain('You may no longer delete all of these');
    expect((await rows('refused')).at(-1)).toMatchObject({
      actor: { person: { name: 'Bob Berger' } },
      reference: undefined,
      facts: { tried: 'clean-up', cleanup: plan },
    });
    expect(names()).toEqual(before);
    world.tenant.roleAssignments.push(...taken);
  });

  it('knows for its own work what it had deleted when the answer of Azure got lost', async () => {
    const { desk } = world.app();
    await said('bob', 'cleanup expired');
    plan = planIn('bob')!;
    const [item] = (await desk.database.cleanups.find(plan))!.items;
    const before = await rows('exemption-cleaned');
    await desk.database.cleanups.order(plan, world.clock.now(), 'Bob Berger');
    const lost = { kind: '500', method: 'DELETE', match: item!.exemptionId, next: 9, afterwards: true };
    await world.control['POST /simulator/faults']?.(lost);
    await expect(cleanUp(desk, plan)).rejects.toMatchObject({ code: 'unavailable' });
    await world.control['POST /simulator/faults/clear']?.({});
    await cleanUp(desk, plan);

    const cleaned = (await rows('exemption-cleaned')).slice(before.length);
    expect(cleaned.map(({ facts }) => facts)).toContainEqual({
      cleanup: plan,
      exemption: item!.exemptionId,
      before: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(await rows('exemption-left')).toHaveLength(1);
  });
});
