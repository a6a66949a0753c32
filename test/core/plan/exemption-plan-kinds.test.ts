import { planExemptions, type PlanInput } from '../../../src/core/plan/exemption-plan.ts';
import { contoso, landingZones, online, playground, shopProd, vm1 } from '../contoso.ts';
import { assignment, benchmark, definition, exemption, now } from '../policies.ts';

const plan = (more: Partial<PlanInput>) =>
  planExemptions({
    recommendation: { title: 'Disks should be encrypted', policyDefinitionId: definition },
    scope: vm1,
    category: 'Waiver',
    expiresAt: new Date('2026-12-21T23:59:59Z'),
    location: undefined,
    assignments: [assignment('mcsb', landingZones, benchmark)],
    initiatives: [benchmark],
    existing: [],
    hierarchy: contoso,
    now,
    hash: (text) => Buffer.from(text).toString('hex').slice(-24),
    ...more,
  });

describe('the unusual kinds of a recommendation and its place', () => {
  it('exempts a subscription that is itself the assessed resource', () => {
    expect(plan({ scope: shopProd }).targets).toMatchObject([{ scope: shopProd, referenceIds: ['diskEncryption'] }]);
  });

  it('finds a custom definition that lives at a management group', () => {
    const custom = `${online}/providers/Microsoft.Authorization/policyDefinitions/contoso-disks`;
    const initiative = { ...benchmark, references: [{ referenceId: 'own', definitionId: custom.toLowerCase() }] };
    const { targets } = plan({
      recommendation: { title: 'Contoso disks', policyDefinitionId: custom },
      initiatives: [initiative],
    });

    expect(targets).toMatchObject([{ scope: vm1, referenceIds: ['own'] }]);
  });

  it('writes nothing for a subscription that was moved out from under the assignment', () => {
    const { targets, obstacles } = plan({ scope: playground });

    expect(targets).toEqual([]);
    expect(obstacles).toMatchObject([{ code: 'no-assignment', kind: 'blocking' }]);
  });

  it('asks anew where the assignment was deleted and made again under another name', () => {
    const before = assignment('mcsb old', landingZones, benchmark);
    const { targets } = plan({ existing: [exemption(before, vm1, ['diskEncryption'])] });

    expect(targets).toHaveLength(1);
  });
});
