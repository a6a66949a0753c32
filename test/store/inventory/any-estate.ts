import fc from 'fast-check';
import { everything, placeName, scopeLabel } from '../../../src/core/tenant/hierarchy.ts';
import type { Exemption } from '../../../src/core/exemption/exemption.ts';
import { exemptionStateOf } from '../../../src/core/inventory/exemption-state.ts';
import type { ListedExemption } from '../../../src/core/inventory/listed-exemption.ts';
import { listingOf, recommendationSet, type Listing, type MadeIn } from '../../../src/core/inventory/listing.ts';
import type { ListingKind } from '../../../src/core/inventory/listing-filter.ts';
import { seenOf, type Sighting } from '../../../src/core/inventory/seen-exemption.ts';
import {
  contoso,
  landingZones,
  online,
  playground,
  root,
  sandbox,
  shopGroup,
  shopGroup2,
  shopProd,
  sqlDatabase,
  sqlServer,
  vm1,
  vm10,
} from '../../core/contoso.ts';
import { recased } from '../../core/contoso.ts';
import { exemption, now } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { pendingRequest } from '../samples.ts';
import { storeOptions } from '../fresh-database.ts';

const { hash } = storeOptions;
export const timeZone = 'Europe/Berlin';

const places = [
  root,
  landingZones,
  online,
  sandbox,
  shopProd,
  playground,
  shopGroup,
  shopGroup2,
  vm1,
  vm10,
  sqlServer,
  sqlDatabase,
];
const unseen = [
  '/subscriptions/99999999-0000-4000-8000-000000000001',
  '/providers/Microsoft.Management/managementGroups/gone',
];

const known = [
  { key: 'disks', title: 'Disks should be encrypted', severity: 'high' as const },
  { key: 'boot', title: 'Secure boot: 100 % of machines', severity: 'low' as const },
  { key: 'straße', title: 'ΑΣ ΟΔΟΣ Straße', severity: 'critical' as const },
];

const ends = [undefined, 0, -1, 1, 29 * 24, 30 * 24, 31 * 24 + 10, 400 * 24].map((hours) =>
  hours === undefined ? undefined : new Date(now.getTime() + hours * 3_600_000),
);

const drawnExemption = fc.record({
  madeIn: fc.constantFrom<MadeIn>('policy', 'policy', 'defender'),
  scope: fc.constantFrom(...places, ...unseen).chain(recased),
  name: fc.constantFrom<string>('a', 'B', 'ab', 'a-b', 'a_b', 'ä', '🐘', 'z9'),
  displayName: fc.constantFrom('', 'Until the migration', 'MIGRATION', '50%_\\', "O'Neill", 'İstanbul'),
  category: fc.constantFrom('Waiver', 'Mitigated'),
  expiresAt: fc.constantFrom(...ends),
  createdBy: fc.constantFrom(undefined, 'bob@contoso.com', 'carol@contoso.com'),
  recommendations: fc.subarray(known),
  reference: fc.constantFrom(undefined, undefined, 'EX-1', 'EX-2'),
  assignmentName: fc.constantFrom(undefined, 'MCSB', 'MCSB', 'asc', 'Äpfel'),
  wholeInitiative: fc.boolean(),
  needless: fc.boolean(),
});
type Drawn = typeof drawnExemption extends fc.Arbitrary<infer Value> ? Value : never;

const kindOf = {
  policy: 'Microsoft.Authorization/policyExemptions',
  defender: 'Microsoft.Security/standardAssignments',
};

const neverInDefender = { reference: undefined, assignmentName: undefined, wholeInitiative: false, needless: false };

/** The id of the policy assignment that lists show under a name. */
const assignmentCalled = (name = 'gone'): string => `${atRoot.id}-${name}`;

/** One exemption in all the forms that a test needs. */
export type Known = { readonly listed: ListedExemption; readonly listing: Listing; readonly sighting: Sighting };

const formsOf = (any: Drawn, withinDays: number): Known => {
  const drawn = any.madeIn === 'policy' ? any : { ...any, ...neverInDefender };
  const { madeIn, scope, name, reference, assignmentName, wholeInitiative, needless } = drawn;
  const id = `${scope}/providers/${kindOf[madeIn]}/${name}`;
  const { displayName, category, expiresAt, createdBy } = drawn;
  const policyAssignmentId = assignmentCalled(assignmentName);
  const given = { id, name, displayName, category, expiresAt, createdBy, policyAssignmentId };
  const found: Exemption = exemption(atRoot, scope, [], given);
  const assignmentGone = madeIn === 'policy' && assignmentName === undefined;
  const recommendations = assignmentGone ? [] : drawn.recommendations;
  const label = scopeLabel(scope, contoso);
  return {
    listed: {
      exemption: found,
      madeIn,
      recommendations,
      wholeInitiative,
      needless,
      assignmentNames: assignmentName === undefined ? [] : [assignmentName],
      scopeLabel: label,
      state: exemptionStateOf(found, { assignmentGone, now, timeZone, withinDays }),
      request: reference === undefined ? undefined : pendingRequest(reference),
    },
    listing: listingOf(
      {
        madeIn,
        exemption: found,
        fingerprint: 'p',
        placeName: placeName(scope, contoso),
        scopeLabel: label,
        reference,
        recommendations: recommendationSet(recommendations, hash),
        wholeInitiative,
        assignmentName,
      },
      hash,
    ),
    sighting: {
      exemption: seenOf(found, hash),
      fingerprint: 'p',
      unitKey: 'u',
      reference,
      recommendation: undefined,
      version: 1,
      orphaned: false,
      needless,
      missingSince: undefined,
      silentUntil: undefined,
    },
  };
};

const kinds: readonly ListingKind[] = [
  'all',
  'active',
  'expiring',
  'expired',
  'never-expires',
  'orphaned',
  'outside',
  'needless',
  'other-policies',
];
const searches = [
  'migration',
  'MIG',
  'disks',
  '%',
  '_',
  '\\',
  "'",
  'straSSe',
  'σ',
  'ς',
  'i̇s',
  'vm1',
  'b',
  '🐘',
  'shop-prod /',
  'ab',
  'A-b',
  'until the MIGRATION',
];
const somewhere = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...places, ...unseen).chain(recased) },
  fc.constant(everything),
);

const anySight = fc.record({
  scopes: fc.array(somewhere, { maxLength: 4 }),
  hidden: fc.array(somewhere, { maxLength: 1 }),
  hierarchy: fc.constant(contoso),
});

const asked = {
  sights: fc.oneof(
    anySight.map((sight) => ({ policy: sight, defender: sight })),
    fc.record({ policy: anySight, defender: anySight }),
  ),
  place: fc.option(somewhere, { nil: undefined, freq: 2 }),
  text: fc.oneof(fc.constant(''), fc.constantFrom(...searches)),
  isWhole: fc.boolean(),
  kind: fc.constantFrom(...kinds),
  assignment: fc.option(fc.constantFrom('MCSB', 'asc', 'other').map(assignmentCalled), { nil: undefined, freq: 2 }),
  limit: fc.integer({ min: 1, max: 12 }),
  countTo: fc.constantFrom(5, 1001, 5000),
};

/** An estate of exemptions, and somebody who lists it. */
export const anyList = fc.nat(60).chain((withinDays) =>
  fc.record({
    ...asked,
    withinDays: fc.constant(withinDays),
    estate: fc
      .uniqueArray(drawnExemption, { maxLength: 25, selector: ({ scope, name }) => `${scope}|${name}`.toLowerCase() })
      .map((all) => all.map((each) => formsOf(each, withinDays))),
    offset: fc.nat(4),
  }),
);

/** More exemptions than a list sorts by itself. */
export const largeEstate = (): Known[] =>
  fc
    .sample(drawnExemption, { numRuns: 2500, seed: 11 })
    .map((each, at) => formsOf({ ...each, name: `${each.name}-${at}` }, 30));

/** What somebody asks of a large estate. */
export const anyQuestion = fc.record({ ...asked, withinDays: fc.constant(30), offset: fc.nat(1500) });
