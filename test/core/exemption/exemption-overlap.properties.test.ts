import fc from 'fast-check';
import { overlapOf, type Overlap, type OverlapKind } from '../../../src/core/exemption/exemption-overlap.ts';
import type { Exemption } from '../../../src/core/exemption/exemption.ts';
import { contoso, inside, place, places, recased, root, shopGroup, shopProd } from '../contoso.ts';
import { assignment, benchmark, exemption, now } from '../policies.ts';

const mcsb = assignment('mcsb', root, benchmark);
const nist = assignment('nist', root, benchmark);
const context = { hierarchy: contoso, now, location: undefined };

const named = ['disks', 'boot', 'backup'];
/** The references of the initiative: those that exemptions name, and one that is only freed with all of it. */
const all = [...named, 'named by nobody'];
const references = fc.oneof(fc.constant(undefined), fc.subarray(named, { minLength: 1 }));
const moment = (later: number): Date => new Date(now.getTime() + later);
const moments = [0, 1, 2, 3];
const end = fc.constantFrom(undefined, moment(1), moment(2), moment(3));
const category = fc.constantFrom('Waiver' as const, 'Mitigated' as const);
const object = fc.constantFrom('one', 'other');

const exemptions = (ends: fc.Arbitrary<Date | undefined>): fc.Arbitrary<Exemption> =>
  fc
    .record({
      of: fc.constantFrom(mcsb, mcsb, mcsb, nist),
      scope: place,
      references,
      category,
      expiresAt: ends,
      object,
    })
    .map(({ of, scope, references: ids, object: name, ...more }) =>
      exemption(of, scope, ids, { ...more, id: `${scope}/providers/Microsoft.Authorization/policyExemptions/${name}` }),
    );
const active = exemptions(end);
const expired = exemptions(fc.constantFrom(moment(-1), moment(0)));

/** All that an exemption frees, piece by piece: owes nothing to the code under test. */
const freedBy = ({ policyAssignmentId, scope, referenceIds }: Exemption): Set<string> =>
  new Set(
    places
      .filter((each) => inside(each, scope))
      .flatMap((each) => (referenceIds ?? all).map((reference) => `${policyAssignmentId} ${each} ${reference}`)),
  );
const at = (expiresAt: Date | undefined): number => expiresAt?.getTime() ?? Infinity;

/** Everything that is exempt at each moment. */
const exemptOverTime = (exemptionsThere: readonly Exemption[]): Set<string>[] =>
  moments.map(
    (later) =>
      new Set(
        exemptionsThere
          .filter(({ expiresAt }) => at(expiresAt) > moment(later).getTime())
          .flatMap((each) => [...freedBy(each)]),
      ),
  );

const isSubset = (some: Set<string>, others: Set<string>): boolean => [...some].every((each) => others.has(each));
const isDisjoint = (some: Set<string>, others: Set<string>): boolean => ![...some].some((each) => others.has(each));

const kindByHand = (planned: Exemption, existing: Exemption): OverlapKind => {
  const [asked, found] = [freedBy(planned), freedBy(existing)];
  if (isDisjoint(asked, found)) return 'apart';
  const [isCovered, isCovering] = [isSubset(asked, found), isSubset(found, asked)];
  if (isCovered && isCovering) return 'same';
  if (isCovered) return existing.referenceIds === undefined && planned.referenceIds ? 'whole-initiative' : 'wider';
  return isCovering ? 'narrower' : 'partial';
};

/** The same exemption, with other casing and its reference ids in another order. */
const rewritten = (given: Exemption): fc.Arbitrary<Exemption> =>
  fc
    .tuple(
      recased(given.id),
      recased(given.scope),
      recased(given.policyAssignmentId),
      fc
        .tuple(...(given.referenceIds ?? []).map(recased))
        .chain((ids) => fc.shuffledSubarray(ids, { minLength: ids.length })),
    )
    .map(([id, scope, policyAssignmentId, ids]) => ({
      ...given,
      ...{ id, scope, policyAssignmentId },
      referenceIds: given.referenceIds === undefined ? undefined : ids,
    }));

const plain = (overlap: Overlap) => ({ ...overlap, frees: overlap.frees.map((each) => each?.toLowerCase()).sort() });

const mirrored: Readonly<Partial<Record<OverlapKind, readonly OverlapKind[]>>> = {
  apart: ['apart'],
  same: ['same'],
  partial: ['partial'],
  wider: ['narrower'],
  'whole-initiative': ['narrower'],
  narrower: ['wider', 'whole-initiative'],
};

describe('how two exemptions stand to one another', () => {
  it('is what a comparison of all that each of them frees says', () => {
    fc.assert(
      fc.property(active, active, (planned, existing) => {
        const { kind, frees } = overlapOf(planned, existing, context);
        expect(kind).toBe(kindByHand(planned, existing));
        const found = freedBy(existing);
        const isFreed = (reference: string): boolean =>
          places.every(
            (each) => !inside(each, planned.scope) || found.has(`${planned.policyAssignmentId} ${each} ${reference}`),
          );
        const expected = planned.referenceIds?.filter(isFreed) ?? (all.every(isFreed) ? [undefined] : []);
        expect(frees).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same seen from the other side: covered here is covering there, and only what covers both ways is the same', () => {
    fc.assert(
      fc.property(active, active, (one, other) => {
        const [there, back] = [overlapOf(one, other, context), overlapOf(other, one, context)];
        expect(mirrored[there.kind]).toContain(back.kind);
        expect(there.contradicts).toBe(back.contradicts);
        expect(there.isReplaced).toBe(back.isReplaced);
        expect([there.ends, back.ends].sort()).toEqual(
          there.ends === 'together' ? ['together', 'together'] : ['earlier', 'later'],
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on casing, nor on the order of reference ids', () => {
    const pair = fc.tuple(active, fc.oneof(active, expired));
    const twoWays = pair.chain(([one, other]) =>
      fc.tuple(fc.constant([one, other] as const), rewritten(one), rewritten(other)),
    );
    fc.assert(
      fc.property(twoWays, ([[planned, existing], plannedAgain, existingAgain]) => {
        const [first, second] = [
          overlapOf(planned, existing, context),
          overlapOf(plannedAgain, existingAgain, context),
        ];
        expect(plain(second)).toEqual(plain(first));
      }),
      { numRuns: 1000 },
    );
  });

  it('changes nothing at any moment to add one that another covers until its end, and something to add any other', () => {
    fc.assert(
      fc.property(active, active, (planned, existing) => {
        const { kind, ends } = overlapOf(planned, existing, context);
        const isCovered = ['same', 'wider', 'whole-initiative'].includes(kind) && ends !== 'earlier';
        const before = exemptOverTime([existing]);
        const after = exemptOverTime([existing, planned]);
        const changesNothing = after.every((exempt, index) => exempt.size === before[index]?.size);
        expect(changesNothing).toBe(isCovered);
      }),
      { numRuns: 1000 },
    );
  });

  it('lets what has expired free nothing, and knows it again at the same place or under the same id only', () => {
    fc.assert(
      fc.property(active, expired, (planned, existing) => {
        const overlap = overlapOf(planned, existing, context);
        expect(overlap.frees).toEqual([]);
        expect(overlap.contradicts).toBe(false);
        const isTwin = kindByHand(planned, existing) === 'same' || planned.id === existing.id;
        const isSameAssignment = planned.policyAssignmentId === existing.policyAssignmentId;
        expect(overlap.kind).toBe(isTwin && isSameAssignment ? 'expired-twin' : 'apart');
        expect(overlap.isReplaced).toBe(planned.id === existing.id);
      }),
      { numRuns: 1000 },
    );
  });

  it('contradicts exactly where both free something in common under two categories', () => {
    fc.assert(
      fc.property(active, active, (planned, existing) => {
        const isCommon = !isDisjoint(freedBy(planned), freedBy(existing));
        expect(overlapOf(planned, existing, context).contradicts).toBe(
          isCommon && planned.category !== existing.category,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('compares scopes by segment: rg-app has nothing to do with rg-app2', () => {
    const segment = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
    fc.assert(
      fc.property(
        segment,
        segment,
        fc.constantFrom(`${shopProd}/resourceGroups/`, `${shopGroup}/providers/a/b/`),
        (name, more, above) => {
          const [short, long] = [`${above}${name}`, `${above}${name}${more}`].map((scope) =>
            exemption(mcsb, scope, undefined),
          );
          expect(overlapOf(short!, long!, context).kind).toBe('apart');
          expect(overlapOf(long!, short!, context).kind).toBe('apart');
        },
      ),
    );
  });
});
