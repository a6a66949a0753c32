import fc from 'fast-check';
import {
  isAtOrUnder,
  isScope,
  managementGroupId,
  nameOf,
  normalId,
  resourceGroupOf,
  resourceTypeOf,
  sameId,
  scopeKind,
  scopeOfExtension,
  scopesAbove,
  subscriptionOf,
} from '../../../src/core/tenant/arm-id.ts';
import {
  online,
  place,
  places,
  pricing,
  recased,
  shopGroup,
  shopProd,
  sqlDatabase,
  sqlServer,
  vm1,
  vm10,
} from '../contoso.ts';

const assessment = `${vm1}/providers/Microsoft.Security/assessments/4fb67663-9ab9-475d-b026-8c544cced439`;
const assessmentOfSubscription = `${shopProd}/providers/Microsoft.Security/assessments/4fb67663-9ab9-475d-b026-8c544cced439`;

describe('comparing ARM ids', () => {
  it('takes an id for the same in every casing, with or without a trailing slash', () => {
    fc.assert(
      fc.property(
        place.chain((id) => fc.tuple(fc.constant(id), recased(id))),
        ([id, other]) => {
          expect(sameId(id, other)).toBe(true);
          expect(sameId(id, `${other}/`)).toBe(true);
          expect(isAtOrUnder(other, id)).toBe(true);
          expect(normalId(normalId(other))).toBe(normalId(id));
        },
      ),
    );
  });

  it.each([
    ['a resource is at itself', vm1, vm1, true],
    ['a resource is under its resource group', vm1, shopGroup, true],
    ['a database is under its server', sqlDatabase, sqlServer, true],
    ['an assessment is under its resource', assessment, vm1, true],
    ['vm10 is not under vm1', vm10, vm1, false],
    ['rg-shop-2 is not under rg-shop', `${shopGroup}-2`, shopGroup, false],
    ['a resource group is not under its resource', shopGroup, vm1, false],
    ['a subscription is not under its management group by path', shopProd, online, false],
  ])('%s', (_, id, scope, expected) => {
    expect(isAtOrUnder(id, scope)).toBe(expected);
  });

  it('never takes a longer name for a child', () => {
    fc.assert(
      fc.property(place, fc.stringMatching(/^[A-Za-z0-9._-]{1,8}$/), (scope, more) => {
        expect(isAtOrUnder(`${scope}${more}`, scope)).toBe(false);
        expect(isAtOrUnder(`${scope}/${more}`, scope)).toBe(true);
      }),
    );
  });
});

describe('reading ARM ids', () => {
  it.each([
    [online, 'management-group'],
    [shopProd, 'subscription'],
    [shopGroup, 'resource-group'],
    [vm1, 'resource'],
    [sqlDatabase, 'resource'],
    [pricing, 'resource'],
    [assessment, 'resource'],
  ])('%s is a %s in any casing', (scope, kind) => {
    fc.assert(fc.property(recased(scope), (other) => scopeKind(other) === kind && scopeKind(`${other}/`) === kind));
  });

  it.each(['', '/', 'shop-prod', '/subscriptions', '/subscriptions/', '/providers/Microsoft.Management'])(
    'refuses “%s”, which is no scope',
    (text) => {
      expect(() => scopeKind(text)).toThrow(RangeError);
    },
  );

  it('knows a scope that is written out in full from a torso', () => {
    expect(places.filter((each) => !isScope(each))).toEqual([]);
    expect(
      [
        '/',
        '',
        'online',
        '/subscriptions/',
        `${shopProd}/resourceGroups`,
        `${shopGroup}/vm1`,
        `${shopGroup}/providers/Microsoft.Compute`,
        `${shopGroup}/providers/Microsoft.Compute/virtualMachines`,
        `${sqlServer}/databases`,
        managementGroupId(''),
      ].filter(isScope),
    ).toEqual([]);
  });

  it.each([
    [vm1, 'vm1', shopProd, shopGroup, 'Microsoft.Compute/virtualMachines'],
    [sqlDatabase, 'orders', shopProd, shopGroup, 'Microsoft.Sql/servers/databases'],
    [pricing, 'VirtualMachines', shopProd, undefined, 'Microsoft.Security/pricings'],
    [assessment, '4fb67663-9ab9-475d-b026-8c544cced439', shopProd, shopGroup, 'Microsoft.Security/assessments'],
    [shopGroup, 'rg-shop', shopProd, shopGroup, undefined],
    [shopProd, nameOf(shopProd), shopProd, undefined, undefined],
    [online, 'online', undefined, undefined, undefined],
  ])('reads name, subscription, resource group and type of %s', (id, name, subscription, group, type) => {
    expect([nameOf(id), nameOf(`${id}/`), subscriptionOf(id), resourceGroupOf(id), resourceTypeOf(id)]).toEqual([
      name,
      name,
      subscription,
      group,
      type,
    ]);
  });

  it('finds the scopes that hold a resource, nearest first', () => {
    expect(scopesAbove(vm1)).toEqual([vm1, shopGroup, shopProd]);
    expect(scopesAbove(`${vm1}/`)).toEqual([vm1, shopGroup, shopProd]);
    expect(scopesAbove(sqlDatabase)).toEqual([sqlDatabase, sqlServer, shopGroup, shopProd]);
    expect(scopesAbove(shopGroup)).toEqual([shopGroup, shopProd]);
    expect(scopesAbove(shopProd)).toEqual([shopProd]);
    expect(scopesAbove(online)).toEqual([]);
  });

  it('finds the scopes above what hangs on the subscription itself', () => {
    expect(scopesAbove(pricing)).toEqual([pricing, shopProd]);
  });

  it('steps from an extension resource to the resource that it hangs on', () => {
    expect(scopesAbove(assessment)).toEqual([assessment, vm1, shopGroup, shopProd]);
    expect(scopesAbove(assessmentOfSubscription)).toEqual([assessmentOfSubscription, shopProd]);
  });

  it('is not misled by a resource group that is called providers', () => {
    const group = `${shopProd}/resourceGroups/providers`;
    const vm = `${group}/providers/Microsoft.Compute/virtualMachines/vm1`;
    expect(scopesAbove(vm)).toEqual([vm, group, shopProd]);
    expect(scopesAbove(group)).toEqual([group, shopProd]);
  });

  it.each([
    ['an assessment of a resource', assessment, vm1],
    ['an assessment of a subscription', assessmentOfSubscription, shopProd],
    [
      'an assignment to a management group',
      `${online}/providers/Microsoft.Authorization/policyAssignments/mcsb`,
      online,
    ],
    [
      'an exemption of a child resource',
      `${sqlDatabase}/PROVIDERS/microsoft.authorization/policyexemptions/ed`,
      sqlDatabase,
    ],
    ['something of the tenant', '/providers/Microsoft.Authorization/policySetDefinitions/mcsb', ''],
    ['a text without providers', shopGroup, ''],
  ])('finds what %s hangs on', (_, id, scope) => {
    expect(scopeOfExtension(id)).toBe(scope);
  });
});

it('names anything by its last segment, whatever stands around it', () => {
  const id = fc.string({ unit: fc.constantFrom('/', 'a', 'b', '%') });
  fc.assert(fc.property(id, (text) => expect(nameOf(text)).toBe(text.replace(/\/+$/, '').split('/').at(-1))));
});
