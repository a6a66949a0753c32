import { createHash } from 'node:crypto';
import { gapsOf, type GapInput } from '../../../src/core/inventory/coverage-gaps.ts';
import { planExemptions } from '../../../src/core/plan/exemption-plan.ts';
import type { Exemption } from '../../../src/core/exemption/exemption.ts';
import type { PolicyAssignment } from '../../../src/core/tenant/policy.ts';
import { contoso, landingZones, online, root, sandbox, shopGroup, shopProd, shopTest, vm1 } from '../contoso.ts';
import { assignment, benchmark, definition, exemption, now, ownInitiative } from '../policies.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const approvedOn = assignment('mcsb', root, benchmark);

const input = (assignments: readonly PolicyAssignment[], existing: readonly Exemption[] = []): GapInput => ({
  policyDefinitionId: definition,
  assignments,
  initiatives: [benchmark, ownInitiative],
  existing,
  hierarchy: contoso,
  now,
  category: 'Waiver',
  expiresAt: now,
  location: undefined,
  hash,
});

/** A request for these scopes, as it was planned when only the benchmark was assigned. */
const requestFor = (scopes: readonly string[], leftOut: readonly string[] = []) => ({
  terms: {
    recommendation: { key: 'k', title: 'Disks should be encrypted', severity: 'high' as const },
    scopes,
    name: 'n',
    category: 'Waiver' as const,
    expiresAt: new Date('2026-12-31T22:59:59Z'),
    justification: '',
    ticket: '',
  },
  targets: scopes.flatMap(
    (scope) =>
      planExemptions({
        ...input([approvedOn]),
        recommendation: { title: '', policyDefinitionId: definition },
        scope,
      }).targets,
  ),
  leftOut,
});

const names = (
  scopes: readonly string[],
  assignments: readonly PolicyAssignment[],
  existing: readonly Exemption[] = [],
) =>
  gapsOf(requestFor(scopes), input(assignments, existing)).map(({ scope, assignmentName }) => [scope, assignmentName]);

describe('a coverage gap', () => {
  const later = assignment('contoso baseline', landingZones, ownInitiative);

  it('is an assignment that came later and holds the recommendation there', () => {
    expect(names([vm1], [approvedOn, later])).toEqual([[vm1, 'contoso baseline']]);
    expect(names([vm1], [approvedOn])).toEqual([]);
  });

  it('opens below a scope that was approved as well', () => {
    const below = assignment('on shop-test', shopTest, ownInitiative);
    expect(names([online], [approvedOn, below])).toEqual([[shopTest, 'on shop-test']]);
  });

  it.each<[string, readonly PolicyAssignment[], readonly Exemption[]]>([
    ['elsewhere', [assignment('elsewhere', sandbox, ownInitiative)], []],
    ['excluded there', [{ ...later, excludedScopes: [shopGroup] }], []],
    ['switched off', [{ ...later, switchedOff: ['contosoDisks'] }], []],
    [
      'perhaps not meaning it, by location',
      [{ ...later, resourceSelectors: [[{ kind: 'resourceLocation', in: ['westeurope'], notIn: undefined }]] }],
      [],
    ],
    ['without the policy', [assignment('other', root, { id: '/providers/x/policySetDefinitions/benchmark2' })], []],
    ['covered by another exemption', [later], [exemption(later, shopProd, ['contosoDisks'])]],
  ])('is none that stands %s', (_why, assignments, existing) => {
    expect(names([vm1], [approvedOn, ...assignments], existing)).toEqual([]);
  });

  it('is one where that other exemption has ended, or covers something else', () => {
    const ended = exemption(later, shopProd, ['contosoDisks'], { expiresAt: new Date('2026-11-01T00:00:00Z') });
    expect(names([vm1], [later], [ended])).toHaveLength(1);
    expect(names([vm1], [later], [exemption(later, shopTest, undefined)])).toHaveLength(1);
  });

  it('is none that was left out knowingly, nor one that was approved and deleted since', () => {
    expect(gapsOf(requestFor([vm1], ['contoso baseline']), input([approvedOn, later]))).toEqual([]);
    expect(gapsOf(requestFor([vm1]), input([approvedOn], []))).toEqual([]);
  });

  it('is none where an initiative could not be read', () => {
    expect(gapsOf(requestFor([vm1]), { ...input([later]), initiatives: [benchmark] })).toEqual([]);
  });
});
