import fc from 'fast-check';
import { resourceTypeOf } from '../../../src/core/tenant/arm-id.ts';
import { overlapOf } from '../../../src/core/exemption/exemption-overlap.ts';
import type { ResourceSelector } from '../../../src/core/tenant/resource-selector.ts';
import { contoso, inside, places, pricing, root, sqlDatabase, sqlServer, vm1, vm10 } from '../contoso.ts';
import { assignment, benchmark, exemption, now } from '../policies.ts';

const mcsb = assignment('mcsb', root, benchmark);
/** Each without children: selectors look at the resource itself. */
const resources = [vm1, vm10, sqlDatabase, pricing];
const place = fc.constantFrom(...places.filter((each) => each !== sqlServer));
const named = ['disks', 'boot'];
const locations = ['westeurope', 'northeurope'];
const values: Readonly<Record<string, readonly string[]>> = {
  resourceLocation: locations,
  resourceType: ['Microsoft.Compute/virtualMachines', 'Microsoft.Sql/servers/databases'],
  policyDefinitionReferenceId: named,
  moonPhase: ['full'],
};

const condition = fc.constantFrom(...Object.keys(values)).chain((kind) => {
  const list = fc.option(fc.subarray([...values[kind]!]), { nil: undefined });
  return fc.record({ kind: fc.constant(kind), in: list, notIn: list });
});
const selectors = fc.array(fc.array(condition, { maxLength: 2 }), { maxLength: 2 });
const someReferences = fc.oneof(fc.constant(undefined), fc.subarray(named, { minLength: 1 }));

/** How things really are, which Exemption Desk may not know. */
const truths = fc.record({
  locationOf: fc
    .tuple(...resources.map(() => fc.constantFrom(...locations)))
    .map((found) => new Map(resources.map((each, index) => [each, found[index]!]))),
  isFullMoon: fc.boolean(),
});
type Truth = typeof truths extends fc.Arbitrary<infer Found> ? Found : never;

/** What Azure would select, spelled out by hand. */
const reallySelects = (
  given: readonly ResourceSelector[],
  truth: Truth,
  resource: string,
  reference: string,
): boolean => {
  if (given.length === 0) return true;
  const valueOf = (kind: string): string => {
    if (kind === 'resourceLocation') return truth.locationOf.get(resource)!;
    if (kind === 'resourceType') return resourceTypeOf(resource)!;
    return kind === 'policyDefinitionReferenceId' ? reference : truth.isFullMoon ? 'full' : 'new';
  };
  return given.some((conditions) =>
    conditions.every(
      (each) => (each.in?.includes(valueOf(each.kind)) ?? true) && !(each.notIn?.includes(valueOf(each.kind)) ?? false),
    ),
  );
};

const cases = fc
  .record({
    scope: place,
    above: place,
    asked: someReferences,
    found: someReferences,
    selectors,
    truth: truths,
    isKnown: fc.boolean(),
  })
  .map(({ scope, above, asked, found, selectors: given, truth, isKnown }) => {
    const planned = exemption(mcsb, scope, asked);
    const existing = exemption(mcsb, above, found, { resourceSelectors: given });
    const location = isKnown ? truth.locationOf.get(scope) : undefined;
    const freed = (resource: string, reference: string): boolean =>
      inside(resource, above) &&
      (found === undefined || found.includes(reference)) &&
      reallySelects(given, truth, resource, reference);
    return { overlap: overlapOf(planned, existing, { hierarchy: contoso, now, location }), planned, freed };
  });

describe('selectors of an existing exemption', () => {
  it('let it free only what it really frees, however things are', () => {
    fc.assert(
      fc.property(cases, ({ overlap, planned, freed }) => {
        const concerned = resources.filter((each) => inside(each, planned.scope));
        const references = overlap.frees.flatMap((each) => (each === undefined ? named : [each]));
        expect(references.every((reference) => concerned.every((each) => freed(each, reference)))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('set it apart only where it really frees nothing that is asked', () => {
    fc.assert(
      fc.property(cases, ({ overlap, planned, freed }) => {
        if (overlap.kind !== 'apart') return;
        const concerned = resources.filter((each) => inside(each, planned.scope));
        const references = planned.referenceIds ?? named;
        expect(references.some((reference) => concerned.some((each) => freed(each, reference)))).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('make it narrower only where the planned one really frees all of it', () => {
    fc.assert(
      fc.property(cases, ({ overlap, planned, freed }) => {
        if (overlap.kind !== 'narrower' && overlap.kind !== 'same') return;
        const isAsked = (resource: string, reference: string): boolean =>
          inside(resource, planned.scope) && (planned.referenceIds?.includes(reference) ?? true);
        const beyond = resources.filter((each) =>
          named.some((reference) => freed(each, reference) && !isAsked(each, reference)),
        );
        expect(beyond).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});
