import { objectLines } from '../../../src/cards/request/target-words.ts';
import { objectsToWrite } from '../../../src/core/plan/objects-to-write.ts';
import type { Target } from '../../../src/core/plan/exemption-plan.ts';

const group = '/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/rg-web';
const target = (index: number, referenceIds: readonly string[] | undefined): Target => ({
  exemptionId: `${group}/providers/Microsoft.Authorization/policyExemptions/ED-${index}`,
  scope: group,
  assignmentId: `${group}/providers/Microsoft.Authorization/policyAssignments/asc`,
  assignmentName: 'Contoso baseline',
  referenceIds,
});
const hierarchy = {
  managementGroups: [],
  subscriptions: [
    { id: '/subscriptions/10000000-0000-4000-8000-000000000001', displayName: 'shop-prod', ancestors: [] },
  ],
};
const linesOf = (targets: readonly Target[]) =>
  objectLines(objectsToWrite(targets, hierarchy), targets.length, 'until 31 Dec 2026');

describe('what will be written', () => {
  it('names each object, its place, its assignment, its policies and its end', () => {
    expect(linesOf([target(0, ['a', 'b', 'c', 'd', 'e']), target(1, undefined)])).toEqual([
      { name: 'ED-0', about: 'shop-prod / rg-web · Contoso baseline · a, b and 3 more · until 31 Dec 2026' },
      { name: 'ED-1', about: 'shop-prod / rg-web · Contoso baseline · the whole policy · until 31 Dec 2026' },
    ]);
  });

  it('says how many objects it has no room for', () => {
    const lines = linesOf(Array.from({ length: 1012 }, (_, index) => target(index, undefined)));
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toEqual({ name: 'and 1,009 more', about: '' });
  });

  it('is silent where nothing is written', () => {
    expect(linesOf([])).toEqual([]);
  });
});
