import type { Target } from '../../../src/core/plan/exemption-plan.ts';
import type { Terms } from '../../../src/core/request/terms.ts';
import { changedParts, changesNothing, endsEarlier } from '../../../src/core/request/terms-change.ts';
import { pendingRequest } from '../../store/samples.ts';
import { vm1, vm10 } from '../contoso.ts';

const { terms: sample, targets } = pendingRequest('EX-AAAA');
const terms: Terms = { ...sample, scopes: [vm1, vm10] };
const reason = sample.reason!;
const end = new Date('2026-12-20T22:59:59Z');

describe('what a change changes', () => {
  it.each<[string, Partial<Terms>, readonly string[]]>([
    ['nothing', {}, []],
    ['nothing, in another order and casing', { scopes: [vm10.toUpperCase(), vm1] }, []],
    [
      'nothing, with the parts of its evidence in another order',
      { reason: { ...reason, evidence: reason.evidence.map(({ id, label, text }) => ({ text, label, id })) } },
      [],
    ],
    ['the evidence', { reason: { ...reason, evidence: [] } }, ['reason']],
    ['that a ready reason says why', { reason: undefined }, ['reason']],
    ['the scopes', { scopes: [vm1] }, ['scopes']],
    ['the end', { expiresAt: new Date('2026-12-01T22:59:59Z') }, ['expiresAt']],
    ['that it ends at all', { expiresAt: undefined }, ['expiresAt']],
    [
      'the words',
      { justification: 'Other words.', name: 'Another name', ticket: 'CHG9' },
      ['name', 'justification', 'ticket'],
    ],
    ['the category', { category: terms.category === 'Waiver' ? 'Mitigated' : 'Waiver' }, ['category']],
  ])('is %s', (_what, changes, parts) => {
    const before = { ...terms, expiresAt: end };
    expect(changedParts(before, { ...before, ...changes })).toEqual(parts);
    expect(changesNothing({ terms: before, targets }, { terms: { ...before, ...changes }, targets })).toBe(
      parts.length === 0,
    );
  });

  it('may be only what would be written', () => {
    const [target] = targets as readonly [Target];
    const fewer = { ...target, referenceIds: ['one'] };
    expect(
      changesNothing({ terms, targets: [fewer] }, { terms, targets: [{ ...fewer, referenceIds: ['one', 'two'] }] }),
    ).toBe(false);
    expect(changesNothing({ terms, targets: [] }, { terms, targets })).toBe(false);
  });
});

describe('a renewal', () => {
  const until = (day: string | undefined) => ({ expiresAt: day === undefined ? undefined : new Date(day) });
  it.each([
    ['2026-12-20', '2026-12-19', 'effective', true],
    ['2026-12-20', '2026-12-20', 'effective', false],
    ['2026-12-20', undefined, 'effective', false],
    [undefined, '2027-12-20', 'applied', true],
    ['2026-12-20', '2026-12-19', 'expired', false],
  ] as const)('of %s until %s (%s) ends earlier: %s', (inForce, asked, status, earlier) => {
    expect(endsEarlier({ status, terms: until(inForce) }, until(asked))).toBe(earlier);
  });
});
