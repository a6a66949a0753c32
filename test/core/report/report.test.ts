import fc from 'fast-check';
import type { ListedExemption } from '../../../src/core/inventory/listed-exemption.ts';
import { isEmptyReport, reportNumbers as numbersOf, type ReportFacts } from '../../../src/core/report/report.ts';
import type { ReportPeriod } from '../../../src/core/report/report-period.ts';
import { tallyOf } from '../../store/inventory/lists-in-memory.ts';
import { isCounted, median, tallyInMemory, type Counted } from '../../store/request/tally-in-memory.ts';
import { alice, bob, pendingRequest } from '../../store/samples.ts';
import { contoso, landingZones, shopProd, shopTest } from '../contoso.ts';
import { builtIn } from '../governance-facts.ts';

const now = new Date('2026-11-28T12:00:00Z');
const hour = 3_600_000;
const before = (hours: number): Date => new Date(now.getTime() - hours * hour);

let made = 0;
const exemption = (
  state: ListedExemption['state'],
  changes: Partial<Omit<ListedExemption, 'exemption'>> & { readonly scope?: string } = {},
): ListedExemption => {
  const { scope = `${shopProd}/resourceGroups/shop`, ...others } = changes;
  made += 1;
  return {
    exemption: {
      id: `${scope}/providers/Microsoft.Authorization/policyExemptions/${made}`,
      name: String(made),
      scope,
      category: 'Waiver',
      displayName: '',
      expiresAt: undefined,
      createdBy: undefined,
      createdAt: undefined,
    },
    madeIn: 'policy',
    recommendations: [{ key: 'mfa', title: 'MFA', severity: 'high' }],
    wholeInitiative: false,
    needless: false,
    assignmentNames: [],
    scopeLabel: '',
    state,
    request: undefined,
    ...others,
  };
};

const request = (reference: string, changes: Partial<Counted> = {}): Counted => {
  const sample = pendingRequest(reference);
  return {
    ...sample,
    createdAt: before(5),
    waitingSince: before(5),
    terms: { ...sample.terms, scopes: [shopProd] },
    targets: [],
    isRenewal: false,
    ...changes,
  };
};
const answer = (hours: number) => ({ by: bob, at: before(hours), comment: '' });
const approved = (reference: string, sent: number, decided: number, changes: Partial<Counted> = {}) =>
  request(reference, { status: 'applied', createdAt: before(sent), decision: answer(decided), ...changes });

type Facts = Omit<ReportFacts, 'requests' | 'exemptions'> & {
  readonly period: ReportPeriod;
  readonly now: Date;
  readonly timeZone: string;
  readonly requests: readonly Counted[];
  readonly exemptions: readonly ListedExemption[];
};

const facts = (changes: Partial<Facts>): Facts => ({
  exemptions: [],
  requests: [],
  hierarchy: contoso,
  period: { fromDay: '2026-11-01', toDay: '2026-11-28' },
  now,
  timeZone: 'Europe/Berlin',
  ...changes,
});

const reportNumbers = ({ exemptions, requests, hierarchy, ...counting }: Facts) =>
  numbersOf({ hierarchy, exemptions: tallyOf(exemptions), requests: tallyInMemory(requests, counting) });
const decisions = (...requests: readonly Counted[]) => reportNumbers(facts({ requests })).decisions;

describe('the numbers of a report', () => {
  it('counts each exemption in its state, and those made outside in whatever state', () => {
    const ours = { request: request('EX-AAAA') };
    const exemptions = [
      exemption('active', ours),
      exemption('expiring', ours),
      exemption('expiring'),
      exemption('never-expires'),
      exemption('expired', ours),
      exemption('orphaned', { recommendations: [] }),
    ];
    expect(reportNumbers(facts({ exemptions })).exemptions).toEqual({
      inForce: 4,
      expiring: 2,
      neverExpires: 1,
      expired: 1,
      orphaned: 1,
      outside: 3,
    });
  });

  it.each([
    [47.9, 0],
    [48, 1],
    [100, 1],
  ])('calls a request overdue that has waited past its last reminder (%s hours: %s)', (hours, overdue) => {
    const requests = [request('EX-AAAA', { createdAt: before(2000), waitingSince: before(hours) })];
    expect(reportNumbers(facts({ requests }))).toMatchObject({ open: 1, overdue });
  });

  it('counts an emergency as open until somebody else has approved it, and not as a decision', () => {
    const emergency = request('EX-AAAA', {
      status: 'applied',
      emergency: { ratifyBy: now },
      decision: { by: alice, at: before(1), comment: '' },
    });
    expect(reportNumbers(facts({ requests: [emergency] }))).toMatchObject({
      open: 1,
      decisions: { approved: 0, rejected: 0, unneeded: 0, medianMs: undefined },
    });
  });

  it('counts an emergency that somebody else took back as rejected then, and one that nobody looked at not at all', () => {
    const taken = (by: typeof bob | undefined) =>
      request('EX-AAAA', {
        status: 'revoked',
        createdAt: before(10),
        decision: { by: alice, at: before(10), comment: '' },
        revocation: { by, at: before(4), reason: 'No.' },
      });
    expect(decisions(taken(bob))).toMatchObject({ rejected: 1, medianMs: 6 * hour });
    expect(decisions(taken(undefined))).toMatchObject({ approved: 0, rejected: 0, unneeded: 0 });
    expect(decisions(taken(alice))).toMatchObject({ approved: 0, rejected: 0, unneeded: 0 });
  });

  it('times what somebody decided; what lapsed, was withdrawn or needed nobody takes no part', () => {
    const requests = [
      approved('EX-AAAA', 10, 8),
      approved('EX-AAAB', 30, 20, { status: 'revoked' }),
      request('EX-AAAC', { status: 'rejected', createdAt: before(9), decision: answer(8) }),
      request('EX-AAAD', { status: 'lapsed' }),
      request('EX-AAAE', { status: 'withdrawn' }),
      request('EX-AAAF', {
        status: 'effective',
        governance: { ...builtIn, approvals: 0 },
        decision: { by: alice, at: before(5), comment: '' },
      }),
    ];
    expect(decisions(...requests)).toEqual({
      sent: 6,
      lapsed: 1,
      withdrawn: 1,
      approved: 2,
      rejected: 1,
      unneeded: 1,
      renewals: 0,
      medianMs: 2 * hour,
    });
  });

  it('counts a decision in the period in which it fell, by the calendar of the time zone', () => {
    const lateEvening = new Date('2026-10-31T23:30:00Z');
    const early = approved('EX-AAAA', 900, 0, { createdAt: before(2000), decision: { ...answer(0), at: lateEvening } });
    const period = { fromDay: '2026-11-01', toDay: '2026-11-28' };
    const approvals = (timeZone: string) =>
      reportNumbers(facts({ requests: [early], period, timeZone })).decisions.approved;

    expect(approvals('Europe/Berlin')).toBe(1);
    expect(approvals('UTC')).toBe(0);
    expect(isCounted(early, { period, timeZone: 'UTC' })).toBe(false);
  });

  it('counts renewals among those that were approved or needed nobody', () => {
    const renewal = approved('EX-AAAB', 20, 10, { isRenewal: true });

    expect(decisions(renewal, approved('EX-AAAC', 20, 10)).renewals).toBe(1);
    expect(decisions({ ...renewal, status: 'rejected' }).renewals).toBe(0);
    expect(decisions({ ...renewal, decision: answer(9000) }).renewals).toBe(0);
  });

  it('names subscriptions as people know them, the fullest first, and counts a request in each that it lies in', () => {
    const requests = [
      request('EX-AAAA', { terms: { ...request('EX-AAAA').terms, scopes: [shopProd, shopTest, `${shopTest}/x`] } }),
    ];
    const exemptions = [
      exemption('never-expires', { scope: shopTest }),
      exemption('active', { scope: shopTest.toUpperCase() }),
      exemption('orphaned', { scope: landingZones }),
    ];
    const groups = reportNumbers(facts({ exemptions, requests })).bySubscription;

    expect(groups.map(({ label, exemptions: count, open }) => [label, count, open])).toEqual([
      ['shop-test', 2, 1],
      ['Landing zones', 1, 0],
      ['shop-prod', 0, 1],
    ]);
    expect(groups[0]).toMatchObject({ neverExpires: 1, outside: 2 });
  });

  it('counts an exemption of several recommendations under the worst of them', () => {
    const of = (...severities: readonly ('critical' | 'high' | 'medium' | 'low')[]) =>
      exemption('active', { recommendations: severities.map((severity) => ({ key: severity, title: '', severity })) });
    const exemptions = [of('low', 'medium'), of('low'), of(), of('medium', 'critical')];

    expect(
      reportNumbers(facts({ exemptions })).bySeverity.map(({ label, exemptions: count }) => [label, count]),
    ).toEqual([
      ['critical', 1],
      ['medium', 1],
      ['low', 1],
      ['', 1],
    ]);
  });

  it('is empty only where there is nothing to tell', () => {
    const isEmpty = (changes: Partial<Facts>) => isEmptyReport(reportNumbers(facts(changes)));

    expect(isEmpty({})).toBe(true);
    expect(isEmpty({ requests: [approved('EX-AAAA', 9000, 8000)] })).toBe(true);
    expect(isEmpty({ requests: [request('EX-AAAA')] })).toBe(false);
    expect(isEmpty({ exemptions: [exemption('orphaned')] })).toBe(false);
  });

  it.each([
    [[], undefined],
    [[3], 3],
    [[9, 1, 5], 5],
    [[9, 1, 5, 6], 5.5],
  ])('has for %j the median %s', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  const states = fc.constantFrom('active', 'expiring', 'expired', 'never-expires', 'orphaned' as const);
  const anyExemption = fc
    .record({ state: states, scope: fc.constantFrom(shopProd, shopTest, landingZones), severe: fc.boolean() })
    .map(({ state, scope, severe }) =>
      exemption(state, { scope, recommendations: severe ? [{ key: 'k', title: '', severity: 'low' }] : [] }),
    );
  const anyRequest = fc
    .record({ sent: fc.integer({ min: 1, max: 900 }), took: fc.integer({ min: 0, max: 900 }), yes: fc.boolean() })
    .map(({ sent, took, yes }) =>
      approved('EX-AAAA', sent, Math.max(sent - took, 0), { status: yes ? 'applied' : 'rejected' }),
    );

  it('adds up: the groups hold what the whole holds, and the order of the facts changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyExemption), fc.array(anyRequest), (exemptions, requests) => {
        const numbers = reportNumbers(facts({ exemptions, requests }));
        const backwards = reportNumbers(
          facts({ exemptions: exemptions.toReversed(), requests: requests.toReversed() }),
        );
        const sum = (groups: typeof numbers.bySeverity, name: 'exemptions' | 'orphaned' | 'outside' | 'expiring') =>
          groups.reduce((total, group) => total + group[name], 0);

        for (const groups of [numbers.bySeverity, numbers.bySubscription]) {
          expect(sum(groups, 'exemptions')).toBe(exemptions.length);
          expect(sum(groups, 'orphaned')).toBe(numbers.exemptions.orphaned);
          expect(sum(groups, 'outside')).toBe(numbers.exemptions.outside);
          expect(sum(groups, 'expiring')).toBe(numbers.exemptions.expiring);
        }
        expect(backwards).toEqual(numbers);
        const { medianMs, approved: yes, rejected: no } = numbers.decisions;
        expect(medianMs === undefined).toBe(yes + no === 0);
      }),
    );
  });

  it('has half of the values on each side of the median', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values)!;
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});
