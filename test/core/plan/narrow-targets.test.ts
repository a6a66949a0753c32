import type { Target } from '../../../src/core/plan/exemption-plan.ts';
import { narrowTargets } from '../../../src/core/plan/narrow-targets.ts';
import { root, shopGroup, vm1, vm10 } from '../contoso.ts';

const target = (name: string, referenceIds: readonly string[] | undefined, scope = vm1): Target => ({
  exemptionId: `${scope}/providers/Microsoft.Authorization/policyExemptions/ED-${name}`,
  scope,
  assignmentId: `${root}/providers/Microsoft.Authorization/policyAssignments/${name}`,
  assignmentName: name,
  referenceIds,
});
const mcsb = target('mcsb', ['one', 'two']);
const direct = target('direct', undefined);

describe('what was approved, looked at again when it is written', () => {
  it('stays as it is while nothing changed', () => {
    const today = [direct, { ...mcsb, referenceIds: ['TWO', 'one'], scope: vm1.toUpperCase() }];
    expect(narrowTargets([mcsb, direct], today)).toEqual({ targets: [mcsb, direct], obsolete: [], notCovered: [] });
  });

  it('loses the target whose assignment is gone or that something else covers', () => {
    expect(narrowTargets([mcsb, direct], [direct])).toEqual({ targets: [direct], obsolete: [mcsb], notCovered: [] });
  });

  it('never grows by an initiative assigned meanwhile, which is named', () => {
    const { targets, notCovered } = narrowTargets([mcsb], [mcsb, target('nist', ['x']), target('mcsb', ['one'], vm10)]);
    expect(targets).toEqual([mcsb]);
    expect(notCovered).toEqual(['nist', 'mcsb']);
  });

  it('never grows by a reference added to the initiative meanwhile', () => {
    const today = [{ ...mcsb, referenceIds: ['two', 'three'] }];
    expect(narrowTargets([mcsb], today).targets).toEqual([{ ...mcsb, referenceIds: ['two'] }]);
    expect(narrowTargets([mcsb], [{ ...mcsb, referenceIds: ['three'] }]).targets).toEqual([]);
  });

  it('never exempts a whole initiative that took the place of a single policy, nor the other way round', () => {
    expect(narrowTargets([direct], [{ ...direct, referenceIds: ['one'] }])).toMatchObject({
      targets: [],
      obsolete: [direct],
    });
    expect(narrowTargets([mcsb], [{ ...mcsb, referenceIds: undefined }])).toMatchObject({
      targets: [],
      obsolete: [mcsb],
    });
  });

  it('does not take a wider scope for the approved one', () => {
    expect(narrowTargets([mcsb], [{ ...mcsb, scope: shopGroup }]).targets).toEqual([]);
  });
});
