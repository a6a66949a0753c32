import fc from 'fast-check';
import { covers, everything, scopeChain, scopeLabel, scopesCalled } from '../../../src/core/tenant/hierarchy.ts';
import {
  contoso,
  inside,
  landingZones,
  online,
  place,
  places,
  pricing,
  recased,
  root,
  shopGroup,
  shopProd,
  shopTest,
  sqlDatabase,
  sqlServer,
  vm1,
  vm10,
} from '../contoso.ts';

describe('what contains what', () => {
  it('follows the tenant from the resource up to its root', () => {
    expect(scopeChain(sqlDatabase, contoso)).toEqual([
      sqlDatabase,
      sqlServer,
      shopGroup,
      shopProd,
      online,
      landingZones,
      root,
    ]);
    expect(scopeChain(online, contoso)).toEqual([online, landingZones, root]);
    expect(scopeChain(everything, contoso)).toEqual([everything]);
  });

  it('agrees with the tenant drawn by hand, however the ids are cased', () => {
    const written = place.chain((id) => recased(id).map((text) => ({ id, text })));
    fc.assert(
      fc.property(written, written, (wide, narrow) => {
        expect(covers(wide.text, narrow.text, contoso)).toBe(inside(narrow.id, wide.id));
      }),
      { numRuns: 400 },
    );
  });

  it('has everything contain every place, and no place contain everything', () => {
    expect(places.filter((each) => !covers(everything, each, contoso))).toEqual([]);
    expect(places.filter((each) => covers(each, everything, contoso))).toEqual([]);
  });

  it('claims no management group for a subscription that it does not know', () => {
    const unknown = '/subscriptions/99999999-0000-4000-8000-000000000009';
    expect(scopeChain(`${unknown}/resourceGroups/rg`, contoso)).toEqual([`${unknown}/resourceGroups/rg`, unknown]);
    expect(covers(root, unknown, contoso)).toBe(false);
  });

  it('does not take shop-prod for its neighbour with a longer number', () => {
    expect(covers(shopProd, shopTest, contoso)).toBe(false);
    expect(covers(vm1, vm10, contoso)).toBe(false);
  });
});

describe('names of scopes', () => {
  it.each([
    [everything, 'everything'],
    [online, 'Online'],
    [root, 'Contoso'],
    [shopProd, 'shop-prod'],
    [shopGroup, 'shop-prod / rg-shop'],
    [vm1, 'shop-prod / rg-shop / vm1'],
    [sqlDatabase, 'shop-prod / rg-shop / orders'],
    [pricing, 'shop-prod / VirtualMachines'],
    ['/providers/Microsoft.Management/managementGroups/elsewhere', 'elsewhere'],
  ])('calls %s “%s”', (scope, label) => {
    expect(scopeLabel(scope, contoso)).toBe(label);
  });

  it('finds the display name of a place in any casing', () => {
    expect(scopeLabel(online.toUpperCase(), contoso)).toBe('Online');
    expect(scopeLabel(`${shopProd.toUpperCase()}/resourcegroups/RG-Shop`, contoso)).toBe('shop-prod / RG-Shop');
  });

  it.each([
    ['everything', everything],
    ['/', everything],
    [' Everything ', everything],
    ['landing ZONES', landingZones],
    ['landingzones', landingZones],
    ['SHOP-prod', shopProd],
    ['10000000-0000-4000-8000-000000000001', shopProd],
    ['rg-shop@shop-prod', shopGroup],
    ['shop-prod / rg-shop', shopGroup],
    ['Resource group SHOP-prod / rg-shop', shopGroup],
    ['RG-Shop @ shop-prod', `${shopProd}/resourceGroups/RG-Shop`],
    [` ${vm1}/ `, vm1],
    [online, online],
  ])('understands “%s”', (words, scope) => {
    expect(scopesCalled(words, contoso)).toEqual([scope]);
  });

  it.each(['', 'shop', 'rg-shop', 'rg-shop@nowhere', '@shop-prod', '/nonsense', '/subscriptions/', `${shopGroup}/vm1`])(
    'knows no scope called “%s”',
    (words) => {
      expect(scopesCalled(words, contoso)).toEqual([]);
    },
  );

  it.each(['100% R&D, "Nord" #2', '100% R&D, Nord #2', '100% r&d, “nord” #2'])(
    'finds a name with quotation marks, which a typed line may lose: %s',
    (words) => {
      const id = '/subscriptions/10000009-0000-4000-8000-000000000000';
      const displayName = '100% R&D, "Nord" #2';
      expect(
        scopesCalled(words, { managementGroups: [], subscriptions: [{ id, displayName, ancestors: [] }] }),
      ).toEqual([id]);
    },
  );

  describe('where names are not unique', () => {
    const [one, two] = ['1', '2'].map(
      (number) => `/subscriptions/1000000${number}-0000-4000-8000-00000000${number}111`,
    );
    const name = 'Azure subscription 1';
    const twins = {
      managementGroups: [{ name: 'emea', displayName: name, ancestors: [] }],
      subscriptions: [one!, two!].map((id) => ({ id, displayName: name, ancestors: ['emea'] })),
    };
    const emea = '/providers/Microsoft.Management/managementGroups/emea';

    it('means every kind of scope, and never only the first', () => {
      expect(scopesCalled('azure SUBSCRIPTION 1', twins)).toEqual([emea, one, two]);
      expect(scopesCalled(`rg-shop@${name}`, twins)).toEqual([
        `${one}/resourceGroups/rg-shop`,
        `${two}/resourceGroups/rg-shop`,
      ]);
    });

    it.each([
      ['Azure subscription 1 (…2111)', two],
      ['subscription azure subscription 1 (…1111)', one],
      ['Azure subscription 1 (emea)', emea],
      ['emea', emea],
      ['10000002-0000-4000-8000-000000002111', two],
    ])('takes “%s”, as a card shows it, for one', (words, scope) => {
      expect(scopesCalled(words, twins)).toEqual([scope]);
    });

    it('labels each with what tells it apart', () => {
      expect([one!, two!, emea].map((scope) => scopeLabel(scope, twins))).toEqual([
        'Azure subscription 1 (…1111)',
        'Azure subscription 1 (…2111)',
        'Azure subscription 1 (emea)',
      ]);
      expect(scopeLabel(`${two}/resourceGroups/rg-shop`, twins)).toBe('Azure subscription 1 (…2111) / rg-shop');
    });
  });
});
