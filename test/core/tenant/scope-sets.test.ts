import fc from 'fast-check';
import { normalId } from '../../../src/core/tenant/arm-id.ts';
import { covers, everything, subscriptionsBelow, subscriptionsInside } from '../../../src/core/tenant/hierarchy.ts';
import { atOrAbove, common, coveredBy, nearTo, queryScopes, widest } from '../../../src/core/tenant/scope-sets.ts';
import {
  contoso,
  inside,
  online,
  place,
  places,
  playground,
  pricing,
  recased,
  root,
  sandbox,
  shopGroup,
  shopProd,
  shopTest,
  vm1,
} from '../contoso.ts';

const somePlaces = fc.array(fc.constantFrom(everything, ...places), { maxLength: 6 });
const held = (scopes: readonly string[]) => places.filter((each) => scopes.some((scope) => inside(each, scope)));

const written = fc.oneof(fc.constant(everything), place.chain(recased));

describe('sets of scopes', () => {
  it('cover what one of them covers, however the ids are cased', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 6 }), written, (scopes, scope) => {
        expect(coveredBy(scopes, contoso)(scope)).toBe(scopes.some((each) => covers(each, scope, contoso)));
      }),
      { numRuns: 500 },
    );
  });

  it('are near to what is inside or above one of them', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 6 }), place, (scopes, scope) => {
        const isNear = scopes.some((each) => covers(each, scope, contoso) || covers(scope, each, contoso));
        expect(nearTo(scopes, contoso)(scope)).toBe(isNear);
      }),
      { numRuns: 500 },
    );
  });

  it('give the items at or above a scope in their order', () => {
    const items = fc.array(
      place.map((scope) => ({ scope })),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(items, place, (all, scope) => {
        const above = all.filter((item) => covers(item.scope, scope, contoso));
        expect(atOrAbove(all, contoso)(scope)).toEqual(above);
      }),
    );
  });

  it('take no empty text for the whole tenant', () => {
    expect(coveredBy([''], contoso)(vm1)).toBe(false);
  });
});

describe('lists of scopes', () => {
  it('keeps of nested scopes the widest, once, in whatever casing', () => {
    expect(widest([vm1, shopGroup, shopGroup.toUpperCase(), sandbox, playground], contoso)).toEqual([
      shopGroup.toUpperCase(),
      sandbox,
    ]);
    expect(widest([vm1, everything, root], contoso)).toEqual([everything]);
    expect(widest([], contoso)).toEqual([]);
  });

  it('keeps the same places with the fewest scopes', () => {
    fc.assert(
      fc.property(somePlaces, (scopes) => {
        const kept = widest(scopes, contoso);
        expect(held(kept)).toEqual(held(scopes));
        for (const a of kept) for (const b of kept) expect(a !== b && inside(a, b)).toBe(false);
      }),
    );
  });

  it('finds in two lists exactly the places that lie in both', () => {
    fc.assert(
      fc.property(somePlaces, somePlaces, (some, others) => {
        const both = held(some).filter((each) => held(others).includes(each));
        expect(held(common(some, others, contoso))).toEqual(both);
      }),
    );
  });

  it('gives an empty channel nothing, whatever the person may read', () => {
    expect(common([everything], [], contoso)).toEqual([]);
    expect(common([everything], [shopGroup], contoso)).toEqual([shopGroup]);
    expect(common([sandbox], [online], contoso)).toEqual([]);
  });
});

describe('where a query looks', () => {
  it('finds the subscriptions below scopes without going through all of them, however the ids are cased', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 6 }), (scopes) => {
        const all = contoso.subscriptions.map(({ id }) => normalId(id));
        const wide = scopes.filter((scope) => scope === everything || subscriptionsInside(scope, contoso) > 0);
        const exact = scopes.map(normalId);
        const found = all.filter((id) => exact.includes(id) || wide.some((scope) => covers(scope, id, contoso)));
        expect(subscriptionsBelow(scopes, contoso)).toEqual(found);
      }),
      { numRuns: 500 },
    );
  });

  it('spreads a management group over its subscriptions', () => {
    expect(queryScopes([online], contoso)).toEqual({ subscriptions: [shopProd, shopTest], narrower: [] });
    expect(queryScopes([everything], contoso).subscriptions).toEqual([shopProd, shopTest, playground]);
  });

  it('keeps narrower scopes only outside the subscriptions, once, in lower case', () => {
    expect(queryScopes([playground.toUpperCase(), vm1, vm1.toUpperCase(), pricing], contoso)).toEqual({
      subscriptions: [playground],
      narrower: [vm1.toLowerCase(), pricing.toLowerCase()],
    });
    expect(queryScopes([shopProd, vm1, shopGroup], contoso)).toEqual({ subscriptions: [shopProd], narrower: [] });
    expect(queryScopes([], contoso)).toEqual({ subscriptions: [], narrower: [] });
  });

  it('looks at all that was asked for inside subscriptions, and at nothing else', () => {
    fc.assert(
      fc.property(somePlaces, (scopes) => {
        const where = queryScopes(scopes, contoso);
        const looked = [...where.subscriptions, ...where.narrower];
        const inSubscriptions = (each: string) => each.startsWith('/subscriptions/');
        const seen = places.filter((each) => looked.some((scope) => covers(scope, each, contoso)));
        expect(seen).toEqual(held(scopes).filter(inSubscriptions));
      }),
    );
  });
});
