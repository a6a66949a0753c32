import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { contoso, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot, disks } from '../../fakes/fake-tenant.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { listed } from '../../fakes/listed.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { askAndWrite } from '../../fakes/story.ts';

const madeOn = (scope: string, more = {}) =>
  exemption(atRoot, scope, ['diskEncryption'], {
    id: `${scope}/providers/Microsoft.Authorization/policyExemptions/outside`,
    ...more,
  });

const madeInDefender = (name: string, more = {}) => ({
  id: `${vm1}/providers/Microsoft.Security/standardAssignments/${name}`,
  name,
  scope: vm1,
  recommendationKey: disks.key,
  excludedScopes: [],
  category: 'Waiver' as const,
  displayName: `Made in Defender: ${name}`,
  description: '',
  expiresAt: undefined,
  createdBy: 'carol@contoso.com',
  createdAt: undefined,
  ...more,
});

describe('what a sweep leaves for lists', () => {
  it('is every exemption as it stands, with the request behind it', async () => {
    const world = await makeDesk();
    world.tenant.put(madeOn(vm10));
    const { reference, targets } = await askAndWrite(world);
    await sweepExemptions(world.desk);
    const rows = await listed(world);
    expect(rows).toHaveLength(2);
    expect(rows.map((row) => row.reference).sort()).toEqual([reference, undefined]);
    const ours = rows.find((row) => row.reference === reference);
    expect(ours).toMatchObject({
      recommendations: [{ title: 'Disks should be encrypted' }],
      assignmentGone: false,
    });
    expect(targets.map(({ exemptionId }) => exemptionId)).toContain(ours?.exemption.id);
  });

  it('follows what is made, changed and deleted', async () => {
    const world = await makeDesk();
    await sweepExemptions(world.desk);
    world.tenant.put(madeOn(vm1));
    await sweepExemptions(world.desk);
    expect(await listed(world, 'migration')).toHaveLength(1);
    world.tenant.change(madeOn(vm1).id, { displayName: 'Renamed' });
    await sweepExemptions(world.desk);
    expect(await listed(world, 'migration')).toHaveLength(0);
    expect(await listed(world, 'renamed')).toHaveLength(1);
    world.tenant.delete(madeOn(vm1).id);
    await sweepExemptions(world.desk);
    expect(await listed(world)).toHaveLength(0);
  });

  it('is what was made in Defender, as a whole', async () => {
    const world = await makeDesk();
    const { readAt } = world.desk.database.listings;
    expect(await readAt()).toEqual({ policy: undefined, defender: undefined });
    world.tenant.defenderExemptions = [madeInDefender('a'), madeInDefender('b', { category: 'Mitigated' })];
    const first = world.desk.now();
    await sweepExemptions(world.desk);
    expect(await readAt()).toEqual({ policy: first, defender: first });
    const [a, b] = await listed(world);
    expect([a?.exemption.displayName, b?.exemption.category]).toEqual(['Made in Defender: a', 'Mitigated']);
    expect(a).toMatchObject({ madeIn: 'defender', recommendations: [{ title: disks.title }], assignmentGone: false });

    world.tenant.defenderExemptions = [madeInDefender('b', { displayName: 'Renamed', category: 'Mitigated' })];
    world.clock.forward({ hours: 1 });
    world.faults.at('everyExemption.ofDefender', { error: noAnswer(), times: 1 });
    await sweepExemptions(world.desk);
    expect(await listed(world)).toEqual([a, b]);
    expect(await readAt()).toEqual({ policy: world.desk.now(), defender: first });

    await sweepExemptions(world.desk);
    expect((await listed(world)).map(({ exemption: { displayName } }) => displayName)).toEqual(['Renamed']);
    expect(await readAt()).toEqual({ policy: world.desk.now(), defender: world.desk.now() });
  });

  it('stays while Azure shows too little to be believed', async () => {
    const world = await makeDesk();
    const { readAt } = world.desk.database.listings;
    world.tenant.put(madeOn(vm1));
    world.tenant.defenderExemptions = [madeInDefender('a')];
    await sweepExemptions(world.desk);
    const [before, at] = [await listed(world), await readAt()];
    expect(before).toHaveLength(2);
    world.clock.forward({ hours: 1 });
    world.tenant.defenderExemptions = [];
    world.tenant.hierarchy = { ...contoso, subscriptions: [] };
    await sweepExemptions(world.desk);
    expect(await listed(world)).toEqual(before);
    expect(await readAt()).toEqual(at);
  });

  it('is filled for what an earlier version has seen already', async () => {
    const world = await makeDesk();
    world.tenant.put(madeOn(vm1));
    await sweepExemptions(world.desk);
    const { seen } = world.desk.database;
    const known = await seen.find([madeOn(vm1).id]);
    await seen.remove([madeOn(vm1).id]);
    await seen.save(known, world.desk.now());
    expect(await listed(world)).toHaveLength(0);
    await sweepExemptions(world.desk);
    expect(await listed(world)).toHaveLength(1);
  });

  it('is written only where something changed', async () => {
    const world = await makeDesk();
    world.tenant.put(madeOn(vm1));
    world.tenant.put(madeOn(vm10));
    await sweepExemptions(world.desk);
    const written: number[] = [];
    const { listings } = world.desk.database;
    const desk = {
      ...world.desk,
      database: {
        ...world.desk.database,
        listings: {
          ...listings,
          keep: async (all: Parameters<typeof listings.keep>[0]) => void written.push(all.length),
        },
      },
    };
    await sweepExemptions(desk);
    expect(written).toEqual([]);
    world.tenant.change(madeOn(vm1).id, { createdBy: 'carol@contoso.com' });
    await sweepExemptions(desk);
    expect(written).toEqual([1]);
  });
});
