import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Exemption } from '../../../src/core/exemption/exemption.ts';
import { planExemptions, type PlanInput, type Target } from '../../../src/core/plan/exemption-plan.ts';
import { isBlocking } from '../../../src/core/plan/obstacle.ts';
import { overlapObstacles } from '../../../src/core/plan/overlap-obstacles.ts';
import type { PolicyAssignment } from '../../../src/core/tenant/policy.ts';
import { contoso, inside, place } from '../contoso.ts';
import { assignment, benchmark, definition, exemption, guardrails, now, ownInitiative } from '../policies.ts';

const initiatives = [benchmark, ownInitiative, guardrails];
const kinds = [...initiatives, { id: definition }];
const referencesOf: Readonly<Record<string, readonly string[] | undefined>> = {
  [benchmark.id]: ['diskEncryption'],
  [ownInitiative.id]: ['contosoDisks'],
  [guardrails.id]: ['disksDeny', 'disksAudit'],
  [definition]: undefined,
};

const moments = [1, 2, 3].map((later) => new Date(now.getTime() + later));
const end = fc.constantFrom(undefined, ...moments);
const category = fc.constantFrom('Waiver' as const, 'Mitigated' as const);
/** An end as a number; never is the latest. */
const at = (expiresAt: Date | undefined): number => expiresAt?.getTime() ?? Infinity;

const somePolicies = fc
  .array(
    fc.record({ scope: place, kind: fc.constantFrom(...kinds), excludedScopes: fc.array(place, { maxLength: 1 }) }),
    {
      maxLength: 4,
    },
  )
  .map((made) =>
    made.map(({ scope, kind, excludedScopes }, number) => assignment(`a${number}`, scope, kind, { excludedScopes })),
  );

const someExemptions = (assignments: readonly PolicyAssignment[]): fc.Arbitrary<Exemption[]> =>
  assignments.length === 0
    ? fc.constant([])
    : fc.array(
        fc
          .record({
            of: fc.constantFrom(...assignments),
            scope: place,
            referenceIds: fc.constantFrom(undefined, ['diskEncryption'], ['disksDeny'], ['disksDeny', 'disksAudit']),
            expiresAt: fc.oneof(end, fc.constant(new Date(now.getTime() - 1))),
            category,
          })
          .map(({ of, scope, referenceIds, ...more }) => exemption(of, scope, referenceIds, more)),
        { maxLength: 3 },
      );

const asked = fc.record({ scope: place, category, expiresAt: end });
const inputs: fc.Arbitrary<PlanInput> = fc.tuple(asked, somePolicies).chain(([terms, assignments]) =>
  someExemptions(assignments).map((existing) => ({
    recommendation: { title: 'Disks should be encrypted', policyDefinitionId: definition },
    ...terms,
    assignments,
    initiatives,
    existing,
    hierarchy: contoso,
    location: undefined,
    now,
    hash: (text: string) => createHash('sha256').update(text).digest('hex'),
  })),
);

/** Whether an exemption frees a reference of an assignment at a place, at a moment. */
const frees = (old: Exemption, assignmentId: string, place: string, reference: string | undefined, moment: number) =>
  old.policyAssignmentId === assignmentId &&
  inside(place, old.scope) &&
  at(old.expiresAt) > moment &&
  (old.referenceIds === undefined || old.referenceIds.some((name) => name === reference));

/** Every single thing that is not exempt until the asked end, found by hand: which assignment, where, under which reference id. */
const expectedPieces = (input: PlanInput): string[] =>
  input.assignments.flatMap((each) => {
    const above = inside(input.scope, each.scope);
    const below = inside(each.scope, input.scope);
    if (!above && !below) return [];
    const placed = above ? input.scope : each.scope;
    if (each.excludedScopes.some((excluded) => inside(placed, excluded))) return [];
    const lastMoment = Math.min(at(input.expiresAt), at(moments.at(-1)) + 1) - 1;
    return (referencesOf[each.definitionId] ?? [undefined])
      .filter((reference) => !input.existing.some((old) => frees(old, each.id, placed, reference, lastMoment)))
      .map((reference) => [each.id, placed, reference ?? 'whole'].join(' '));
  });

const piecesOf = (targets: readonly Target[]): string[] =>
  targets.flatMap((target) =>
    (target.referenceIds ?? ['whole']).map((reference) => [target.assignmentId, target.scope, reference].join(' ')),
  );

const asWritten = (target: Target, { assignments, category, expiresAt }: PlanInput): Exemption => {
  const of = assignments.find(({ id }) => id === target.assignmentId)!;
  return exemption(of, target.scope, target.referenceIds, { category, expiresAt });
};

describe('any plan', () => {
  it('exempts exactly what is in force at the scope and not exempt until the asked end yet', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(piecesOf(planExemptions(input).targets).sort()).toEqual(expectedPieces(input).sort());
      }),
      { numRuns: 1000 },
    );
  });

  it('never exempts a whole initiative: its targets always carry reference ids, and only of this definition', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        for (const { assignmentId, referenceIds } of planExemptions(input).targets) {
          const { definitionId } = input.assignments.find(({ id }) => id === assignmentId)!;
          const own = referencesOf[definitionId];
          if (own === undefined) expect(referenceIds).toBeUndefined();
          else expect(own).toEqual(expect.arrayContaining([...(referenceIds ?? ['none at all'])]));
          expect(referenceIds).not.toEqual([]);
        }
      }),
    );
  });

  it('blocks exactly when there is nothing to write, and always says why', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { targets, findings, ...plan } = planExemptions(input);
        const obstacles = [...plan.obstacles, ...overlapObstacles(findings, { ...input, timeZone: 'UTC' })];
        expect(obstacles.some(isBlocking)).toBe(targets.length === 0);
        expect(obstacles.every(({ sentence }) => sentence.endsWith('.'))).toBe(true);
      }),
    );
  });

  it('writes no exemption twice, and once written has nothing left to write', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { targets } = planExemptions(input);
        expect(new Set(targets.map(({ exemptionId }) => exemptionId.toLowerCase())).size).toBe(targets.length);
        const written = targets.map((target) => asWritten(target, input));
        expect(planExemptions({ ...input, existing: [...input.existing, ...written] }).targets).toEqual([]);
      }),
    );
  });
});
