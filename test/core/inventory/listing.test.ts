import fc from 'fast-check';
import { exemptionStateOf, expiringUntil } from '../../../src/core/inventory/exemption-state.ts';
import { listingOf, recommendationSet, searchable } from '../../../src/core/inventory/listing.ts';
import { placeName, scopeLabel } from '../../../src/core/tenant/hierarchy.ts';
import { contoso, landingZones, root, shopProd, vm1 } from '../contoso.ts';
import { exemption, now } from '../policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { storeOptions } from '../../store/fresh-database.ts';

const { hash } = storeOptions;
const disks = [{ key: 'disks', title: 'Disks should be encrypted', severity: 'high' as const }];
const facts = {
  madeIn: 'policy' as const,
  exemption: exemption(atRoot, vm1, ['diskEncryption']),
  fingerprint: 'print',
  placeName: 'shop-prod',
  scopeLabel: 'shop-prod / rg-shop / vm1',
  reference: undefined,
  recommendations: recommendationSet(disks, hash),
  wholeInitiative: false,
  assignmentName: 'MCSB',
};
const plain = listingOf(facts, hash);

const changes: readonly [string, Partial<typeof facts>][] = [
  ['what the sweep compares', { fingerprint: 'other' }],
  ['who made it', { exemption: { ...facts.exemption, createdBy: 'carol@contoso.com' } }],
  ['when it was made', { exemption: { ...facts.exemption, createdAt: now } }],
  ['the name of its place', { placeName: 'shop' }],
  ['a recommendation', { recommendations: recommendationSet([{ ...disks[0]!, title: 'Other' }], hash) }],
  ['that it is for the whole initiative', { wholeInitiative: true }],
  ['the name of its assignment', { assignmentName: 'Benchmark' }],
];

describe('what lists show of an exemption', () => {
  it.each(changes)('differs after a change of %s', (_, change) => {
    expect(listingOf({ ...facts, ...change }, hash).digest).not.toBe(plain.digest);
  });

  it('differs after a change of any letter of who made it', () => {
    const digestOf = (createdBy: string): string =>
      listingOf({ ...facts, exemption: { ...facts.exemption, createdBy } }, hash).digest;
    const digests = Array.from({ length: 5000 }, (_, at) => digestOf(`person${at}@contoso.com`));
    expect(new Set(digests).size).toBe(5000);
  });

  it.each([vm1.toUpperCase(), vm1, shopProd, landingZones, root])(
    'depends on all that may change in the name of the place %s',
    (scope) => {
      const name = placeName(scope, contoso);
      const renamed = JSON.parse(JSON.stringify(contoso).replaceAll(`"${name}"`, '"Renamed"')) as typeof contoso;
      expect(name).not.toBe('');
      expect(placeName(scope, renamed)).toBe('Renamed');
      expect(scopeLabel(scope, renamed)).toBe(scopeLabel(scope, contoso).replace(name, 'Renamed'));
    },
  );

  it('stays the same for the same facts', () => {
    expect(listingOf(structuredClone(facts), hash)).toEqual(plain);
  });

  it('puts those together that were made together, unless an assignment or the recommendations are missing', () => {
    const other = { ...facts, exemption: { ...facts.exemption, id: `${facts.exemption.id}-2` } };
    const occasion = (more: object): string => listingOf({ ...other, ...more }, hash).occasion;
    expect(occasion({})).toBe(plain.occasion);
    expect(occasion({ reference: 'EX-1' })).not.toBe(plain.occasion);
    expect(occasion({ madeIn: 'defender' })).not.toBe(plain.occasion);
    const gone = { assignmentName: undefined };
    expect(occasion(gone)).not.toBe(listingOf({ ...facts, ...gone }, hash).occasion);
    const nothing = { recommendations: recommendationSet([], hash) };
    expect(occasion(nothing)).not.toBe(listingOf({ ...facts, ...nothing }, hash).occasion);
  });

  it('is searched text by text, in lower case', () => {
    expect(plain.search).toBe(searchable(['Until the migration', 'made-before', facts.scopeLabel]));
    expect(searchable(['Ab', 'Cd'])).not.toContain('abcd');
  });
});

describe('the instant until which an end counts as near', () => {
  it('tells the same as the state', () => {
    const instant = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    const nearby = fc.integer({ min: -100, max: 4000 });
    fc.assert(
      fc.property(
        fc.record({ now: instant, hours: nearby, at: fc.option(instant, { nil: undefined }), withinDays: fc.nat(400) }),
        fc.constantFrom('Europe/Berlin', 'America/Los_Angeles', 'Pacific/Kiritimati', 'UTC'),
        ({ now: today, hours, at, withinDays }, timeZone) => {
          const end = at ?? new Date(today.getTime() + hours * 3_600_000);
          const context = { now: today, timeZone, withinDays };
          const state = exemptionStateOf({ expiresAt: end }, { ...context, assignmentGone: false });
          const soon = expiringUntil(context);
          const isSoon = soon === undefined || end < soon;
          if (state !== 'expired') expect(isSoon ? 'expiring' : 'active').toBe(state);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
