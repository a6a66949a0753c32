import { ticketFits } from '../../../src/governance/ticket-fits.ts';
import fc from 'fast-check';
import { resourceTypeOf } from '../../../src/core/tenant/arm-id.ts';
import type { ExemptionCategory } from '../../../src/core/exemption/exemption.ts';
import type { GovernanceFacts } from '../../../src/core/governance/governance-match.ts';
import type { GovernanceRule, GovernanceRules } from '../../../src/core/governance/governance-rules.ts';
import type { Severity } from '../../../src/core/tenant/severity.ts';
import { online, place, places, playground, shopGroup, shopProd } from '../contoso.ts';
import { asked, rule, type When } from '../governance-facts.ts';

/** The ways to write a scope in the file, each with the place it means. */
const written: readonly (readonly [string, string])[] = [
  ...places.map((each) => [each, each] as const),
  ['mg:online', online],
  ['mg:Online', online],
  ['sub:shop-prod', shopProd],
  ['sub:playground', playground],
  ['rg:rg-shop@shop-prod', shopGroup],
];
/** The place that a scope in the rules means. */
export const meaning = new Map(written);
const types = [...new Set(places.map((each) => resourceTypeOf(each)).filter((type) => type !== undefined))];

const oneOrTwo = <Value>(...values: readonly Value[]) => fc.subarray([...values], { minLength: 1, maxLength: 2 });
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const days = fc.integer({ min: 1, max: 400 });
const approvers = fc.constantFrom(
  'azure-roles' as const,
  [{ kind: 'group', id: '0f8fad5b-d9cb-469f-a165-70867728950e' }] as const,
  [{ kind: 'person', id: 'bbbbbbbb-0000-4000-8000-000000000001' }] as const,
);
const ticket = fc.constantFrom('optional' as const, 'required' as const, { pattern: 'A[0-9]', example: 'A1' });
const settings = {
  neverExpires: fc.boolean(),
  renewalsNeverLonger: fc.boolean(),
  justificationMinLength: fc.integer({ min: 1, max: 500 }),
  ticket,
  approvals: fc.integer({ min: 0, max: 5 }),
  approvers,
  blastRadius: fc.oneof(fc.constant('none' as const), fc.integer({ min: 1, max: 100 })),
};

const whenNaming = (scopes: readonly string[]): fc.Arbitrary<When> =>
  fc.record({
    scope: perhaps(fc.array(fc.constantFrom(...scopes), { minLength: 1, maxLength: 2 })),
    severity: perhaps(oneOrTwo<Severity>('critical', 'high', 'medium', 'low')),
    category: perhaps(oneOrTwo<ExemptionCategory>('Waiver', 'Mitigated')),
    recommendation: perhaps(fc.constantFrom(['Disks*'], ['MFA*', '*encrypted'], ['*'])),
  });
const someThen: fc.Arbitrary<GovernanceRule['then']> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom({ deny: 'Never.' }, { deny: 'Not here.' }) },
  {
    weight: 4,
    arbitrary: fc.record(
      { ...settings, maxDays: fc.record({ Waiver: days, Mitigated: days }, { requiredKeys: [] }) },
      { requiredKeys: [] },
    ),
  },
);

const rulesOf = (when: fc.Arbitrary<When>): fc.Arbitrary<GovernanceRules> =>
  fc.record({
    ticketFits: fc.constant(ticketFits),
    productionTags: fc.constant({ names: ['env'], values: ['prod'] }),
    ownerTags: fc.constant(['owner']),
    reasons: fc.constant([]),
    defaults: fc.record({ ...settings, maxDays: fc.record({ Waiver: days, Mitigated: days }) }),
    ceiling: fc.record({ Waiver: days, Mitigated: days }, { requiredKeys: [] }),
    rules: fc
      .array(fc.tuple(when, someThen), { maxLength: 5 })
      .map((made) => made.map(([conditions, then], at) => rule(`rule ${at + 1}`, conditions, then))),
  });
const withTypes = (when: fc.Arbitrary<When>): fc.Arbitrary<When> =>
  fc
    .tuple(when, perhaps(fc.constantFrom(['Microsoft.Compute/*'], ['microsoft.sql/servers', 'none/*'])))
    .map(([conditions, resourceType]) => ({ ...conditions, resourceType }));

const known = written.map(([text]) => text);
export const someRules = rulesOf(whenNaming(known));
export const rulesWithTypes = rulesOf(withTypes(whenNaming(known)));
/** Rules that may also name what nobody here knows. */
export const rulesWithStrangers = rulesOf(
  withTypes(
    whenNaming([
      ...known,
      'mg:Landing zones',
      'mg:sandbox',
      'mg:nowhere',
      'sub:shop-prd',
      'rg:rg-shop@nobody',
      'sub:30000000-0000-4000-8000-000000000003',
      '/providers/Microsoft.Management/managementGroups/nowhere',
    ]),
  ),
);

export const someFacts: fc.Arbitrary<GovernanceFacts> = fc
  .record({
    severity: fc.constantFrom<Severity>('critical', 'high', 'medium', 'low'),
    category: fc.constantFrom('Waiver' as const, 'Mitigated' as const),
    scopes: fc.uniqueArray(place, { minLength: 1, maxLength: 3 }),
    resourceTypes: fc.constantFrom<readonly string[]>(types, []),
    affectedResources: fc.nat(120),
    firstLasted: fc.oneof(fc.constant(undefined), fc.constant('for ever' as const), days),
  })
  .map(({ severity, ...facts }) => asked({ ...facts, recommendation: { ...asked().recommendation, severity } }));
