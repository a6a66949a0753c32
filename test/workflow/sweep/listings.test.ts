import { listingFilter, type KeptListing } from '../../../src/core/inventory/listing-filter.ts';
import { everything } from '../../../src/core/tenant/hierarchy.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { contoso, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { askAndWrite } from '../../fakes/story.ts';

const madeOn = (scope: string, more = {}) =>
  exemption(atRoot, scope, ['diskEncryption'], {
    id: `${scope}/providers/Microsoft.Authorization/policyExemptions/outside`,
    ...more,
  });

const listed = ({ desk }: TestDesk, text = ''): Promise<KeptListing[]> => {
  const sight = { scopes: [everything], hidden: [], hierarchy: contoso };
  const filter = listingFilter({
    ...{ sight, place: undefined, hierarchy: contoso, text, kind: 'all' },
    ...{ now: desk.now(), timeZone: desk.timeZone, withinDays: 30 },
  });
  return desk.database.listings.page(filter, { skip: 0, most: 10 });
};

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
