import fc from 'fast-check';
import { changesOf, type ExemptionChange } from '../../../src/core/inventory/exemption-changes.ts';
import { fingerprintOf, type SeenExemption } from '../../../src/core/inventory/seen-exemption.ts';

const assignment =
  '/providers/Microsoft.Management/managementGroups/root/providers/Microsoft.Authorization/policyAssignments/mcsb';
const december = new Date('2026-12-31T22:59:59Z');
const march = new Date('2027-03-01T22:59:59Z');
const selectors = [[{ kind: 'resourceLocation', in: ['westeurope'], notIn: undefined }]];

const seen: SeenExemption = {
  id: '/subscriptions/s/providers/Microsoft.Authorization/policyExemptions/e',
  scope: '/subscriptions/s',
  policyAssignmentId: assignment,
  referenceIds: ['diskEncryption', 'secureBoot'],
  category: 'Waiver',
  displayName: 'Until the migration',
  descriptionHash: 'a',
  expiresAt: december,
  createdAt: new Date('2026-10-01T08:00:00Z'),
  resourceSelectors: [],
};

type Row = readonly [string, Partial<SeenExemption>, Partial<SeenExemption>, ExemptionChange | undefined];

const table: readonly Row[] = [
  ['a later end', {}, { expiresAt: march }, { field: 'expiry', from: december, to: march, beyond: undefined }],
  [
    'an earlier end',
    { expiresAt: march },
    { expiresAt: december },
    { field: 'expiry', from: march, to: december, beyond: undefined },
  ],
  [
    'an end taken away',
    {},
    { expiresAt: undefined },
    { field: 'expiry', from: december, to: undefined, beyond: undefined },
  ],
  ['another category', {}, { category: 'Mitigated' }, { field: 'category', from: 'Waiver', to: 'Mitigated' }],
  ['another name', {}, { displayName: 'x' }, { field: 'name', from: 'Until the migration', to: 'x' }],
  ['another description', {}, { descriptionHash: 'b' }, { field: 'description' }],
  [
    'more and fewer policies',
    {},
    { referenceIds: ['secureBoot', 'vtpm'] },
    { field: 'policies', added: ['vtpm'], removed: ['diskencryption'] },
  ],
  [
    'all policies',
    {},
    { referenceIds: undefined },
    { field: 'policies', added: 'all', removed: ['diskencryption', 'secureboot'] },
  ],
  [
    'no longer all policies',
    { referenceIds: undefined },
    { referenceIds: ['vtpm'] },
    { field: 'policies', added: ['vtpm'], removed: 'all' },
  ],
  [
    'another assignment',
    {},
    { policyAssignmentId: `${assignment}2` },
    { field: 'assignment', from: assignment, to: `${assignment}2` },
  ],
  [
    'selectors that narrow it',
    {},
    { resourceSelectors: selectors },
    { field: 'selectors', narrowed: true, narrowedBefore: false },
  ],
  [
    'selectors taken away',
    { resourceSelectors: selectors },
    {},
    { field: 'selectors', narrowed: false, narrowedBefore: true },
  ],
  ['its assignment in another casing', {}, { policyAssignmentId: assignment.toUpperCase() }, undefined],
  ['its policies in another order and casing', {}, { referenceIds: ['SECUREBOOT', 'diskEncryption'] }, undefined],
  [
    'selectors whose members a database keeps in another order',
    { resourceSelectors: selectors },
    { resourceSelectors: [[{ in: ['westeurope'], notIn: undefined, kind: 'resourceLocation' }]] },
    undefined,
  ],
  ['another time of making', {}, { createdAt: march }, undefined],
];

describe('what somebody changed on an exemption', () => {
  it.each(table)('%s', (_name, before, now, change) => {
    expect(changesOf({ ...seen, ...before }, { ...seen, ...now }, undefined)).toEqual(
      change === undefined ? [] : [change],
    );
  });

  it('is called out where it now ends beyond what was approved, even if it was moved before', () => {
    const approved = { ...seen, expiresAt: new Date('2026-11-30T22:59:59Z') };
    const beyond = approved.expiresAt;
    expect(changesOf(seen, { ...seen, expiresAt: march }, approved)).toEqual([
      { field: 'expiry', from: december, to: march, beyond },
    ]);
    expect(changesOf(seen, { ...seen, expiresAt: undefined }, approved)).toMatchObject([{ beyond }]);
    const earlier = new Date('2026-11-01T22:59:59Z');
    expect(changesOf(seen, { ...seen, expiresAt: earlier }, approved)).toMatchObject([{ beyond: undefined }]);
  });

  it('is nothing where it is now as our request says', () => {
    const approved = { ...seen, expiresAt: march, category: 'Mitigated' as const, resourceSelectors: [] };
    expect(changesOf(seen, approved, approved)).toEqual([]);
    expect(changesOf(seen, { ...approved, displayName: 'x' }, approved)).toEqual([
      { field: 'name', from: 'Until the migration', to: 'x' },
    ]);
  });

  const anySeen: fc.Arbitrary<SeenExemption> = fc.record({
    id: fc.constant(seen.id),
    scope: fc.constant(seen.scope),
    policyAssignmentId: fc.constantFrom(assignment, assignment.toUpperCase(), `${assignment}2`),
    referenceIds: fc.option(fc.subarray(['one', 'two', 'TWO', 'three']), { nil: undefined }),
    category: fc.constantFrom('Waiver' as const, 'Mitigated' as const),
    displayName: fc.constantFrom('a', 'b'),
    descriptionHash: fc.constantFrom('a', 'b'),
    expiresAt: fc.option(fc.constantFrom(december, march), { nil: undefined }),
    createdAt: fc.option(fc.constantFrom(december, march), { nil: undefined }),
    resourceSelectors: fc.constantFrom([], selectors),
  });
  const plain = (text: string): string => text;

  it('is something exactly where the fingerprints differ', () => {
    fc.assert(
      fc.property(anySeen, anySeen, (before, now) => {
        const same = fingerprintOf(before, undefined, plain) === fingerprintOf(now, undefined, plain);
        expect(changesOf(before, now, undefined).length === 0).toBe(same);
      }),
    );
  });

  it('never holds more for knowing what was approved, and nothing after our own writing', () => {
    fc.assert(
      fc.property(anySeen, anySeen, anySeen, (before, now, approved) => {
        const fields = (changes: ExemptionChange[]) => changes.map(({ field }) => field);
        const all = fields(changesOf(before, now, undefined));
        expect(all).toEqual(expect.arrayContaining(fields(changesOf(before, now, approved))));
        expect(changesOf(before, now, now)).toEqual([]);
      }),
    );
  });
});
