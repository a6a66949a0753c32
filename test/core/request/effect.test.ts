import {
  causesOf,
  isInEffect,
  isOverdue,
  progressOf,
  standingOf,
  whyUnseen,
} from '../../../src/core/request/effect.ts';
import type { Exemption } from '../../../src/core/exemption/exemption.ts';
import { vm1 } from '../contoso.ts';
import { assignment, benchmark, exemption } from '../policies.ts';

const end = new Date('2026-12-21T22:59:59Z');
const mcsb = assignment('mcsb', vm1, benchmark);
const target = {
  exemptionId: `${vm1}/providers/Microsoft.Authorization/policyExemptions/ED-1`,
  scope: vm1,
  assignmentId: mcsb.id,
  assignmentName: 'mcsb',
  referenceIds: ['one', 'two'],
};
const request = { reference: 'EX-12AB', terms: { expiresAt: end } } as Parameters<typeof standingOf>[1];
const ours = exemption(mcsb, vm1, ['TWO', 'one'], { requestReference: 'EX-12AB', expiresAt: end });
const now = new Date('2026-11-23T00:00:00Z');

describe('how far an exemption shows', () => {
  it('counts what was held against the recommendation', () => {
    const statuses = ['exempt', 'unhealthy', 'healthy', 'not-applicable', 'exempt', 'exempt', 'unhealthy'] as const;
    expect(progressOf(statuses.map((status) => ({ status })))).toEqual({ exempt: 3, of: 5 });
  });

  it.each([
    [['exempt', 'healthy'], true],
    [['healthy'], true],
    [[], false],
    [['exempt', 'unhealthy'], false],
  ] as const)('%j: in effect is %s', (statuses, answer) => {
    expect(
      isInEffect(
        'aaaa',
        statuses.map((status) => ({ status })),
      ),
    ).toBe(answer);
  });
});

describe('what a retired recommendation shows', () => {
  const retired = '1195afff-c881-495e-9bc5-1486211ae03f';

  it('is never an effect, even while rows of it are left', () => {
    expect(isInEffect(retired, [])).toBe(false);
    expect(isInEffect(retired, [{ status: 'exempt' }])).toBe(false);
  });

  it('is told with its successor', () => {
    expect(whyUnseen(retired, [])).toContain('category SoftwareUpdate');
    expect(whyUnseen('aaaa', [])).toContain('shows no assessment');
    expect(whyUnseen('aaaa', [{}])).toBeUndefined();
  });
});

describe('when an effect is overdue', () => {
  const appliedAt = new Date(now.getTime() - 26 * 3_600_000);

  it.each(['applied', 'partly-applied'] as const)('26 hours after it was %s', (status) => {
    expect(isOverdue({ status, appliedAt }, now)).toBe(true);
    expect(isOverdue({ status, appliedAt }, new Date(now.getTime() - 1))).toBe(false);
  });

  it.each(['effective', 'expired', 'approved'] as const)('never while it is %s', (status) => {
    expect(isOverdue({ status, appliedAt }, now)).toBe(false);
  });
});

describe('how an exemption stands against what was written', () => {
  it.each<[string, Exemption | undefined, string]>([
    ['as it was', ours, 'as-written'],
    ['widened to the whole initiative', { ...ours, referenceIds: undefined }, 'as-written'],
    ['away', undefined, 'gone'],
    ['without one of its references', { ...ours, referenceIds: ['one'] }, 'changed'],
    ['with another end', { ...ours, expiresAt: now }, 'changed'],
    ['without an end', { ...ours, expiresAt: undefined }, 'changed'],
    ['of another assignment', { ...ours, policyAssignmentId: `${mcsb.id}2` }, 'changed'],
    ['replaced by somebody else', { ...ours, requestReference: undefined }, 'changed'],
    [
      'narrowed by a selector',
      { ...ours, resourceSelectors: [[{ kind: 'resourceType', in: ['a/b'], notIn: undefined }]] },
      'changed',
    ],
  ])('%s', (_, found, standing) => {
    expect(standingOf(target, request, found, now)).toBe(standing);
  });
});

describe('the likely causes, in order', () => {
  const standings = [
    { name: 'mcsb', standing: 'as-written' },
    { name: 'nist', standing: 'as-written' },
  ] as const;

  it('are four, and say what was looked at', () => {
    expect(causesOf({ unseen: undefined, notCovered: [], leftOut: [], standings })).toEqual([
      expect.stringContaining('No other initiative'),
      expect.stringContaining('as they were written'),
      expect.stringContaining('12 to 24 hours'),
      expect.stringContaining('Environment settings > Exemptions'),
    ]);
  });

  it('begin with an initiative that was assigned meanwhile or left out', () => {
    const [first] = causesOf({ unseen: undefined, notCovered: ['pci', 'cis'], leftOut: ['cis'], standings });
    expect(first).toContain('has no exemption: cis, pci.');
    expect(causesOf({ unseen: undefined, notCovered: undefined, leftOut: [], standings })[0]).toContain(
      'Azure did not say',
    );
  });

  it('go on with an exemption that is gone or changed', () => {
    const [mcsb, nist] = standings;
    const second = (...found: Parameters<typeof causesOf>[0]['standings']) =>
      causesOf({ unseen: undefined, notCovered: [], leftOut: [], standings: found })[1];
    expect(second({ ...mcsb, standing: 'gone' }, nist)).toContain('from mcsb was deleted');
    expect(second(mcsb, { ...nist, standing: 'changed' })).toContain('from nist was changed in Azure');
  });
});
