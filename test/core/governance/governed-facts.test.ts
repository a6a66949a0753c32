import { factsToKeep } from '../../../src/core/governance/governed-facts.ts';
import { contoso, online, playground, shopProd, shopTest, vm1 } from '../contoso.ts';
import { asked, rule, rulesWith } from '../governance-facts.ts';

const keptFor = (scopes: readonly string[], ...named: string[]) =>
  factsToKeep(rulesWith(named.length === 0 ? [] : [rule('only 1', { scope: named }, {})]), asked({ scopes }));
const groups = (kept: ReturnType<typeof keptFor>) =>
  kept.hierarchy.managementGroups.map(({ displayName }) => displayName);
const subscriptions = (kept: ReturnType<typeof keptFor>) => kept.hierarchy.subscriptions.map(({ id }) => id);

describe('what is kept of the facts that rules looked at', () => {
  it('is of the hierarchy only what is above, at or below the scopes', () => {
    expect(groups(keptFor([vm1]))).toEqual(['Contoso', 'Landing zones', 'Online']);
    expect(subscriptions(keptFor([vm1]))).toEqual([shopProd]);
    expect(groups(keptFor([online]))).toEqual(['Contoso', 'Landing zones', 'Online']);
    expect(subscriptions(keptFor([online.toUpperCase()]))).toEqual([shopProd, shopTest]);
    expect(subscriptions(keptFor([vm1, playground]))).toEqual([shopProd, playground]);
    expect(keptFor(['/']).hierarchy).toEqual(contoso);
  });

  it('is which scopes of the file nobody could place, and no other', () => {
    expect(keptFor([vm1], 'mg:sandbox', 'mg:sandbx', 'sub:playground', 'rg:x@shop', shopTest).unknownScopes).toEqual([
      'mg:sandbx',
      'rg:x@shop',
    ]);
    expect(keptFor([online], 'sub:30000000-0000-4000-8000-000000000003', playground).unknownScopes).toEqual([
      'sub:30000000-0000-4000-8000-000000000003',
    ]);
  });

  it('is the rest as it was looked at', () => {
    expect(factsToKeep(rulesWith([]), asked({ affectedResources: 7, firstLasted: 14 }))).toMatchObject({
      affectedResources: 7,
      firstLasted: 14,
      resourceTypes: ['Microsoft.Compute/virtualMachines'],
    });
    expect(keptFor([vm1])).not.toHaveProperty('firstLasted');
  });
});
