import { stillReading } from '../../../src/core/inventory/listing-age.ts';
import { cleanupKinds } from '../../../src/core/inventory/cleanup.ts';
import type { Exemption } from '../../../src/core/exemption/exemption.ts';
import { planCleanup } from '../../../src/workflow/inventory/plan-cleanup.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { alice, bob, dan, shopGroup, shopProd } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';

const past = new Date('2026-01-01T00:00:00Z');
const gone = (scope: string): string => `${scope}/providers/Microsoft.Authorization/policyAssignments/gone`;

describe('the dry run of a clean-up', () => {
  let world: TestDesk;
  beforeEach(async () => {
    world = await makeDesk();
  });
  const put = (scope: string, name: string, more: Partial<Exemption> = {}): void =>
    world.tenant.put(
      exemption(atRoot, scope, ['diskEncryption'], {
        id: `${scope}/providers/Microsoft.Authorization/policyExemptions/${name}`,
        displayName: name,
        expiresAt: past,
        ...more,
      }),
    );
  const plan = (person = bob, kinds = cleanupKinds as readonly (typeof cleanupKinds)[number][]) =>
    planCleanup(world.desk, person, kinds);

  it('is made of what the last sweep found expired or orphaned, and of nothing else', async () => {
    put(shopGroup, 'expired');
    put(shopGroup, 'in force', { expiresAt: undefined });
    put(shopGroup, 'of another policy', { referenceIds: ['unheard-of'] });
    put(shopGroup, 'orphaned', { policyAssignmentId: gone(shopProd), expiresAt: undefined });
    put(shopGroup, 'hidden', { policyAssignmentId: gone('/subscriptions/99999999-0000-4000-8000-000000000001') });
    await sweepExemptions(world.desk);
    const { rows, more, keptBy, age, whyEmpty } = await plan();
    expect(rows.map(({ name, kind }) => [name, kind])).toEqual([
      ['expired', 'expired'],
      ['orphaned', 'orphaned'],
    ]);
    expect([more, [...keptBy], age, whyEmpty]).toEqual([false, [], '', undefined]);
    expect((await plan(bob, ['orphaned'])).rows.map(({ name }) => name)).toEqual(['orphaned']);
  });

  it('leaves alone what another tool manages, and says how much', async () => {
    for (const name of ['a', 'b']) put(shopGroup, name, { managedBy: 'EPAC' });
    put(shopGroup, 'c');
    await sweepExemptions(world.desk);
    const { rows, keptBy, more } = await plan();
    expect([rows.map(({ name }) => name), [...keptBy], more]).toEqual([['c'], [['EPAC', 2]], false]);
  });

  it('holds no more than fits, and says that there is more', async () => {
    for (let group = 0; group < 21; group += 1)
      for (const name of ['a', 'b']) put(`${shopProd}/resourceGroups/rg-${String(group).padStart(2, '0')}`, name);
    await sweepExemptions(world.desk);
    const { rows, more } = await plan();
    expect([rows.length, more]).toEqual([40, true]);
    expect(rows.some(({ scope }) => scope.endsWith('rg-20'))).toBe(false);
  });

  it('counts what only others may delete, where the asker may read it', async () => {
    put(shopGroup, 'a');
    put(shopGroup, 'b', { managedBy: 'EPAC' });
    await sweepExemptions(world.desk);
    expect(await plan(alice)).toMatchObject({ rows: [], others: { count: 2, placesInAll: 1 } });
    expect(await plan(bob)).toMatchObject({ others: { count: 0, places: [] } });
    expect(await plan(dan)).toMatchObject({ rows: [], others: { count: 0 }, whyEmpty: { kind: 'no-role' } });
  });

  it('says how old it is, and nothing before the first sweep', async () => {
    expect((await plan()).whyEmpty).toEqual({ kind: 'could-not-read', because: stillReading });
    put(shopGroup, 'a');
    await sweepExemptions(world.desk);
    world.clock.forward({ minutes: 31 });
    expect((await plan()).age).toContain('This is as of 21 Nov 2026');
  });
});
