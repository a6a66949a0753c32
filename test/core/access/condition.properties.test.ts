import fc from 'fast-check';
import { writeExemptions } from '../../../src/core/access/access.ts';
import { conditionsHold } from '../../../src/core/access/condition.ts';
import { longestCondition, readCondition } from '../../../src/core/access/read-condition.ts';
import { allTrue, negated, someTrue, type Truth } from '../../../src/core/access/truth.ts';

const truth: fc.Arbitrary<Truth> = fc.constantFrom<Truth>(true, false, 'unknown');

/** An expression as text, and what it is worth: counted in numbers, where true is 1, false 0 and unknown between. */
type Sample = { readonly text: string; readonly worth: number };

const leaf: fc.Arbitrary<Sample> = fc.constantFrom(
  { text: "ActionMatches{'*'}", worth: 1 },
  { text: `ActionMatches{'${writeExemptions}'}`, worth: 1 },
  { text: "ActionMatches{'Microsoft.Storage/*'}", worth: 0 },
  { text: "SubOperationMatches{'Blob.List'}", worth: 0.5 },
  { text: 'Exists @Resource[a/b:c]', worth: 0.5 },
  { text: "@Principal[a/b:c] ForAnyOfAnyValues:StringEquals {'AND', ' OR ( '}", worth: 0.5 },
  { text: '@Request[a:b] GuidEquals 8e3af657-a8ff-443c-a75c-2fe8c4bcb635', worth: 0.5 },
);
const space = fc.constantFrom(' ', '\n', '\t ');
const inside = ({ text }: Sample, gap: string): string => `(${gap}${text}${gap})`;

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc
      .tuple(tie('sample'), fc.constantFrom('!', 'NOT '), space)
      .map(([of, sign, gap]) => ({ text: `${sign}${inside(of, gap)}`, worth: 1 - of.worth })),
    fc
      .tuple(fc.array(tie('sample'), { minLength: 1, maxLength: 3 }), fc.constantFrom('AND', '&&', 'and'), space)
      .map(([of, sign, gap]) => ({
        text: of.map((each) => inside(each, gap)).join(`${gap}${sign}${gap}`),
        worth: Math.min(...of.map(({ worth }) => worth)),
      })),
    fc
      .tuple(fc.array(tie('sample'), { minLength: 1, maxLength: 3 }), fc.constantFrom('OR', '||', 'or'), space)
      .map(([of, sign, gap]) => ({
        text: of.map((each) => inside(each, gap)).join(`${gap}${sign}${gap}`),
        worth: Math.max(...of.map(({ worth }) => worth)),
      })),
  ),
}));

const truthWorth = (worth: number): Truth => (worth === 0.5 ? 'unknown' : worth === 1);

describe('three-valued logic', () => {
  it('keeps the laws of Kleene', () => {
    fc.assert(
      fc.property(truth, truth, truth, (a, b, c) => {
        expect(negated(negated(a))).toBe(a);
        expect(negated(allTrue([a, b]))).toBe(someTrue([negated(a), negated(b)]));
        expect(negated(someTrue([a, b]))).toBe(allTrue([negated(a), negated(b)]));
        expect(allTrue([a, allTrue([b, c])])).toBe(allTrue([allTrue([a, b]), c]));
        expect(allTrue([a, someTrue([b, c])])).toBe(someTrue([allTrue([a, b]), allTrue([a, c])]));
        expect(allTrue([a, b])).toBe(allTrue([b, a]));
        expect(someTrue([a, allTrue([a, b])])).toBe(a);
      }),
    );
    expect([allTrue([]), someTrue([])]).toEqual([true, false]);
    expect(allTrue([false, 'unknown'])).toBe(false);
    expect(someTrue([true, 'unknown'])).toBe(true);
  });

  it('never says more where less is known', () => {
    fc.assert(
      fc.property(fc.array(truth, { minLength: 1 }), fc.nat(), (truths, which) => {
        const known = truths.map((each, index) => (index === which % truths.length ? 'unknown' : each));
        for (const operation of [allTrue, someTrue]) expect([operation(truths), 'unknown']).toContain(operation(known));
      }),
    );
  });
});

describe('any condition', () => {
  it('is worth what its parts are worth', () => {
    fc.assert(
      fc.property(sample, ({ text, worth }) => {
        const condition = readCondition(text, '2.0');
        expect(condition.kind).toBe('read');
        expect(conditionsHold([condition], writeExemptions)).toBe(truthWorth(worth));
      }),
      { numRuns: 1000 },
    );
  });

  it('is never read with one sign missing and worth something else', () => {
    fc.assert(
      fc.property(sample, fc.nat(), ({ text, worth }, at) => {
        const missing = at % text.length;
        if (!'()'.includes(text.charAt(missing))) return;
        const without = text.slice(0, missing) + text.slice(missing + 1);
        expect(['unknown', truthWorth(worth)]).toContain(conditionsHold([readCondition(without)], writeExemptions));
      }),
    );
  });

  it('is read or unread, but never thrown at anybody', () => {
    const signs = fc.constantFrom(
      ...[
        '(',
        ')',
        '{',
        '}',
        "'",
        '\\',
        '!',
        '&&',
        '||',
        'AND',
        'OR',
        'NOT',
        'Exists',
        'ActionMatches',
        '@Request[',
        ']',
      ],
      ...[' ', '\u0000', '*', ',', '[', 'StringEquals', '5'],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(signs, { maxLength: 40 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, fc.option(fc.string()), (any, version) => {
        expect(['read', 'unread']).toContain(readCondition(any, version).kind);
        conditionsHold([readCondition(any)], writeExemptions);
      }),
      { numRuns: 2000 },
    );
  });

  it('costs no more than its length, however hostile', () => {
    const hostile = [
      "'",
      "'\\",
      '(',
      '!',
      '@Request[',
      '{',
      ' ',
      "ActionMatches{'*'} AND ",
      "((((ActionMatches{'*'}))))",
      'a',
    ]
      .map((each) => each.repeat(Math.ceil(longestCondition / each.length)).slice(0, longestCondition))
      .flatMap((each) => [each, each.slice(0, -1), `${each.slice(0, -1)}\u0000`]);
    const started = performance.now();
    for (const text of hostile) conditionsHold([readCondition(text)], writeExemptions);
    // About 15 ms here. A reader that tried things twice would take minutes.
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
