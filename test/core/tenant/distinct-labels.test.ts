import fc from 'fast-check';
import { distinctLabels } from '../../../src/core/tenant/distinct-labels.ts';
import { managementGroupId, subscriptionId } from '../../../src/core/tenant/arm-id.ts';

const [one, two, three] = [
  '11111111-0000-4000-8000-00000000a111',
  '22222222-0000-4000-8000-00000000b222',
  '33333333-0000-4000-8000-0000c000b222',
] as const;
const inGroup = (guid: string, group: string, rest: string): string =>
  `${subscriptionId(guid)}/resourceGroups/${group}/providers/${rest}`;
const labels = (...scopes: readonly (readonly [string, string])[]): string[] =>
  distinctLabels(scopes.map(([id, label]) => ({ id, label }))).map(({ label }) => label);

describe('labels of scopes', () => {
  it('stay as they are where they differ', () => {
    expect(labels([subscriptionId(one), 'shop'], [managementGroupId('shop-mg'), 'Shops'])).toEqual(['shop', 'Shops']);
  });

  it('show the end of the id of subscriptions of one name, in any casing', () => {
    expect(
      labels([subscriptionId(one), 'Azure subscription 1'], [subscriptionId(two), 'azure Subscription 1']),
    ).toEqual(['Azure subscription 1 (…a111)', 'azure Subscription 1 (…b222)']);
  });

  it('show as much of the end as tells them apart', () => {
    expect(labels([subscriptionId(two), 'a'], [subscriptionId(three), 'a'])).toEqual([
      'a (…0000b222)',
      'a (…c000b222)',
    ]);
    const [first, second] = ['10000006', '10000007'].map((start) =>
      subscriptionId(`${start}-0000-4000-8000-000000000000`),
    );
    expect(labels([first!, 'a'], [second!, 'a'])).toEqual(['a (10000006…)', 'a (10000007…)']);
  });

  it('show the name of a management group, which is unique, and the id only of one that is called by a GUID', () => {
    expect(
      labels([managementGroupId('emea'), 'Shop'], [managementGroupId(two), 'Shop'], [subscriptionId(one), 'Shop']),
    ).toEqual(['Shop (emea)', 'Shop (…b222)', 'Shop (…a111)']);
  });

  it('show the parent, the group or the subscription of resources of one name, whichever differs', () => {
    const [sql, vm] = ['Microsoft.Sql/servers', 'Microsoft.Compute/virtualMachines/vm-1'];
    expect(
      labels(
        [inGroup(one, 'rg', `${sql}/sql-1/databases/master`), 'master in rg'],
        [inGroup(one, 'rg', `${sql}/sql-2/databases/master`), 'master in rg'],
        [inGroup(one, 'rg', vm), 'vm-1'],
        [inGroup(one, 'rg-2', vm), 'vm-1'],
        [inGroup(one, 'rg', vm), 'vm-1 in rg'],
        [inGroup(two, 'rg', vm), 'vm-1 in rg'],
      ),
    ).toEqual([
      'master in rg (sql-1)',
      'master in rg (sql-2)',
      'vm-1 (rg)',
      'vm-1 (rg-2)',
      'vm-1 in rg (…a111)',
      'vm-1 in rg (…b222)',
    ]);
  });

  it('differ for all subscriptions and management groups that differ, and never contain a whole GUID of a twin alone', () => {
    const scope = fc.oneof(fc.uuid().map(subscriptionId), fc.stringMatching(/^[a-z]{1,5}$/).map(managementGroupId));
    const name = fc.constantFrom('Azure subscription 1', 'azure subscription 1', 'Shop');
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(scope, name), { selector: ([id]) => id, maxLength: 30 }), (scopes) => {
        const shown = labels(...scopes).map((label) => label.toLowerCase());
        expect(new Set(shown).size).toBe(scopes.length);
      }),
    );
  });
});
