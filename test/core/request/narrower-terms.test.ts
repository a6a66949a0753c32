import fc from 'fast-check';
import type { Target } from '../../../src/core/plan/exemption-plan.ts';
import { covers } from '../../../src/core/tenant/hierarchy.ts';
import { narrowerTerms, targetsWithin } from '../../../src/core/request/narrower-terms.ts';
import { pendingRequest } from '../../store/samples.ts';
import { contoso, online, shopGroup, vm1, vm10 } from '../contoso.ts';

const context = { hierarchy: contoso, now: new Date('2026-11-21T12:00:00Z'), timeZone: 'Europe/Berlin' };
const asked = { ...pendingRequest('EX-AAAA').terms, expiresAt: new Date('2026-12-20T22:59:59Z') };
const invalid = (sentence: string) =>
  expect.objectContaining({ code: 'invalid', message: expect.stringContaining(sentence) as string }) as Error;
const less = (lastDay: string, scopes: readonly string[] | undefined, terms = asked) =>
  narrowerTerms(terms, { lastDay, scopes }, context);

describe('less than was asked for', () => {
  it('is a shorter time, to the end of the last day', () => {
    const terms = { ...asked, expiresAt: new Date('2026-12-01T22:59:59Z') };
    for (const lastDay of ['2026-12-01', '1.12.2026', '1 Dec', 'Dec 1st'])
      expect(less(lastDay, undefined)).toEqual(terms);
    const withoutEnd = { ...asked, expiresAt: undefined };
    expect(narrowerTerms(withoutEnd, { lastDay: '2026-12-01', scopes: undefined }, context)).toEqual(terms);
  });

  it.each([
    ['2026-12-21', 'was requested until 20 Dec 2026'],
    ['2026-11-20', 'must not be in the past'],
    ['31.12.2026', 'was requested until 20 Dec 2026'],
    ['10/12/2026', '10 Dec 2026 or 12 Oct 2026'],
    ['the audit', 'no date that Exemption Desk can read'],
  ])('is never a longer time, nor one that is over (%s)', (lastDay, sentence) => {
    expect(() => less(lastDay, undefined)).toThrow(invalid(sentence));
  });

  it('is some of several scopes, or something inside one', () => {
    expect(less('', [vm10], { ...asked, scopes: [vm1, vm10] }).scopes).toEqual([vm10]);
    expect(less('', [vm1], { ...asked, scopes: [online] }).scopes).toEqual([vm1]);
  });

  it('is never another scope, nor none of several', () => {
    expect(() => less('', [vm10], { ...asked, scopes: [vm1] })).toThrow(invalid('can only narrow the scope'));
    expect(() => less('', [shopGroup], { ...asked, scopes: [vm1] })).toThrow(invalid('can only narrow the scope'));
    expect(() => less('', [], { ...asked, scopes: [vm1, vm10] })).toThrow(invalid('Choose what to approve'));
  });

  it('is all that was asked for where nothing was chosen', () => {
    expect(less('', undefined)).toEqual(asked);
    expect(less('', [], { ...asked, scopes: [online] }).scopes).toEqual([online]);
  });
});

describe('the targets of a narrower plan', () => {
  const target = fc.record({
    exemptionId: fc.constant('id'),
    scope: fc.constantFrom(vm1, vm10, shopGroup, online),
    assignmentId: fc.constantFrom('/providers/a', '/providers/B'),
    assignmentName: fc.constant('name'),
    referenceIds: fc.option(fc.subarray(['one', 'Two', 'three'], { minLength: 1 }), { nil: undefined }),
  }) satisfies fc.Arbitrary<Target>;

  it('never reach an assignment, a place or a reference that was not asked for', () => {
    fc.assert(
      fc.property(fc.array(target), fc.array(target), (wide, planned) => {
        for (const each of targetsWithin(wide, planned, contoso)) {
          const around = wide.filter(
            ({ assignmentId, scope }) => assignmentId === each.assignmentId && covers(scope, each.scope, contoso),
          );
          expect(planned).toContain(each);
          expect(
            around.some(({ referenceIds }) =>
              each.referenceIds === undefined
                ? referenceIds === undefined
                : each.referenceIds.every((id) => referenceIds?.includes(id)),
            ),
          ).toBe(true);
        }
        expect(targetsWithin(wide, wide, contoso)).toEqual(wide);
      }),
    );
  });
});
