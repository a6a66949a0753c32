import { evaluate } from '../../../src/core/governance/governance.ts';
import { givenReason, reasonInWords, type ReadyReason } from '../../../src/core/governance/reasons.ts';
import { asked, rule, rulesWith } from '../governance-facts.ts';

const security = { kind: 'group', id: '0f8fad5b-d9cb-469f-a165-70867728950e' } as const;
const cloud = { kind: 'group', id: '7c9e6679-7425-40de-944b-e07fc1f90ae7' } as const;
const noFix: ReadyReason = {
  id: 'no-fix',
  line: 7,
  category: 'Waiver',
  text: 'There is no fix yet',
  evidence: [
    { id: 'advisory', label: 'Advisory of the vendor', required: true },
    { id: 'review', label: 'Next review', required: false },
  ],
  approvers: undefined,
  instead: undefined,
};
const wrong: ReadyReason = { ...noFix, id: 'false-positive', text: 'The finding is wrong', evidence: [] };
const reasons = [noFix, { ...wrong, approvers: [cloud] }];
const filled = { 'no-fix/advisory': ' https://vendor.example/7 ', 'no-fix/review': '' };
const sentences = (typed: Parameters<typeof givenReason>[0], category: 'Waiver' | 'Mitigated' = 'Waiver') =>
  givenReason(typed, reasons, category).problems.map(({ sentence }) => sentence);

describe('a ready reason', () => {
  it('is kept with what was filled in, under the names of its fields', () => {
    expect(givenReason({ reason: 'no-fix', evidence: filled }, reasons, 'Waiver')).toEqual({
      reason: {
        id: 'no-fix',
        text: 'There is no fix yet',
        evidence: [{ id: 'advisory', label: 'Advisory of the vendor', text: 'https://vendor.example/7' }],
      },
      problems: [],
    });
  });

  it.each([undefined, '', 'own'])('is not needed: %s', (reason) => {
    expect(givenReason({ reason }, reasons, 'Waiver')).toEqual({ reason: undefined, problems: [] });
  });

  it('is asked for its evidence before it counts, also where all of that may stay empty', () => {
    expect(sentences({ reason: 'no-fix' })).toEqual([expect.stringContaining('asks for what stands here')]);
    expect(sentences({ reason: 'no-fix', evidence: { 'no-fix/advisory': 'x' } })).toHaveLength(1);
    expect(sentences({ reason: 'no-fix', evidence: { 'no-fix/advisory': '\u200B ', 'no-fix/review': '' } })).toEqual([
      '“Advisory of the vendor” is missing.',
    ]);
  });

  it('takes no id that is not offered, no other category, no field of another reason and no long text', () => {
    for (const forged of ['no-fix-yet', '__proto__', 'constructor', 'x'.repeat(10_000)])
      expect(sentences({ reason: forged })).toEqual(['That reason is not offered. Choose again.']);
    expect(sentences({ reason: 'no-fix', evidence: filled }, 'Mitigated')).toEqual([
      expect.stringContaining('is a reason for a waiver'),
    ]);
    const others = { 'no-fix/advisory': 'a', 'no-fix/review': 'b', 'no-fix/salary': 'c', 'other/advisory': 'd' };
    expect(
      givenReason({ reason: 'no-fix', evidence: others }, reasons, 'Waiver').reason?.evidence.map(({ id }) => id),
    ).toEqual(['advisory', 'review']);
    expect(sentences({ reason: 'no-fix', evidence: { ...filled, 'no-fix/review': 'x'.repeat(10_000) } })).toEqual([
      '“Next review” has 10,000 characters; at most 300 are allowed.',
    ]);
  });

  it('is named by words that begin with its id, alone or before a colon', () => {
    expect(reasonInWords('no-fix', reasons)).toEqual({ reason: noFix, rest: '' });
    expect(reasonInWords(' No-Fix: see the advisory', reasons)).toEqual({ reason: noFix, rest: 'see the advisory' });
    for (const words of ['no-fix is there', 'there is no-fix', 'no', '', 'own'])
      expect(reasonInWords(words, reasons)).toBeUndefined();
  });
});

describe('a ready reason with its own route', () => {
  const rules = { ...rulesWith([rule('all 1', {}, { approvers: [security] })]), reasons };

  it('only narrows who may approve, and says so', () => {
    const { outcome, trace } = evaluate(rules, asked({ reason: 'false-positive' }));
    expect(outcome).toMatchObject({ kind: 'allowed', approvers: [[security], [cloud]] });
    expect(trace.at(-1)).toMatchObject({ rule: 'Reason false-positive', line: 7, result: 'matched' });
    expect(evaluate(rules, asked()).outcome).toMatchObject({ approvers: [[security]] });
    expect(evaluate(rules, asked({ reason: 'no-fix' })).outcome).toMatchObject({ approvers: [[security]] });
  });

  it('may refuse with what to do instead, and opens nothing that a rule refuses', () => {
    const instead = { ...rules, reasons: [{ ...wrong, instead: 'Suppress it.' }] };
    expect(evaluate(instead, asked({ reason: 'false-positive' })).outcome).toEqual({
      kind: 'denied',
      reasons: ['Suppress it.'],
    });
    const never = { ...rulesWith([rule('never 1', {}, { deny: 'Never.' })]), reasons };
    expect(evaluate(never, asked({ reason: 'false-positive' })).outcome).toMatchObject({ kind: 'denied' });
  });
});
