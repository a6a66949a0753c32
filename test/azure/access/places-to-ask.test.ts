import { concerns, placesToAsk } from '../../../src/azure/access/places-to-ask.ts';

const shop = '/subscriptions/11111111-1111-4111-8111-111111111111';
const data = '/subscriptions/22222222-2222-4222-8222-222222222222';
const group = `${shop}/resourceGroups/rg-shop`;
const machine = (name: string, of = group) => `${of}/providers/Microsoft.Compute/virtualMachines/${name}`;
const landingZones = '/providers/Microsoft.Management/managementGroups/landing-zones';

describe('where Azure is asked about some scopes', () => {
  it.each([
    ['one resource', [machine('a')], [{ scope: machine('a'), below: false }]],
    ['one resource in two spellings', [machine('a'), machine('A')], [{ scope: machine('A'), below: false }]],
    ['resources of a group', [machine('a'), machine('b')], [{ scope: group, below: true }]],
    ['groups in two spellings', [machine('a'), machine('b', group.toUpperCase())], [{ scope: group, below: true }]],
    [
      'resources of two groups whose names begin alike',
      [machine('a'), machine('a', `${group}2`)],
      [{ scope: shop, below: true }],
    ],
    ['a subscription and a resource in it', [shop, machine('a')], [{ scope: shop, below: true }]],
    [
      'two subscriptions and a management group',
      [machine('a'), data, landingZones],
      [
        { scope: machine('a'), below: false },
        { scope: data, below: false },
        { scope: landingZones, below: false },
      ],
    ],
  ])('%s: once', (_, scopes, places) => {
    expect(placesToAsk(scopes)).toEqual(places);
  });

  it('what is assigned beside them is left out, and what is assigned above them stays', () => {
    const isMeant = concerns([machine('a'), machine('b')]);
    const scopes = [machine('B'), machine('c'), group, `${group}2`, shop, data, landingZones, '/'];
    expect(scopes.filter((scope) => isMeant({ scope }))).toEqual([machine('B'), group, shop, landingZones, '/']);
  });
});
