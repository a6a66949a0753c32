import { evaluator, textOf } from './evaluator.ts';
import type { Evaluator } from './evaluator.ts';
import { regularExpressions } from './regular-expression.ts';

type TextTest = (text: string, wanted: string) => boolean;

const isTermCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** True when `term` occurs and no letter or digit continues it on either side. */
const hasTerm: TextTest = (text, term) => {
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const end = at + term.length;
    const startsInside = isTermCharacter(text[at - 1]) && isTermCharacter(term[0]);
    const endsInside = isTermCharacter(text[end]) && isTermCharacter(term.at(-1));
    if (!startsInside && !endsInside) return true;
  }
  return false;
};

const ignoringCase =
  (test: TextTest): TextTest =>
  (text, wanted) =>
    test(text.toLowerCase(), wanted.toLowerCase());

const contains: TextTest = (text, wanted) => text.includes(wanted);
const startsWith: TextTest = (text, wanted) => text.startsWith(wanted);
const endsWith: TextTest = (text, wanted) => text.endsWith(wanted);

const matches = (): TextTest => {
  const read = regularExpressions();
  return (text, pattern) => read(pattern).test(text);
};

const tests: Readonly<Record<string, () => TextTest>> = {
  Has: () => ignoringCase(hasTerm),
  HasCs: () => hasTerm,
  Contains: () => ignoringCase(contains),
  ContainsCs: () => contains,
  StartsWith: () => ignoringCase(startsWith),
  StartsWithCs: () => startsWith,
  EndsWith: () => ignoringCase(endsWith),
  EndsWithCs: () => endsWith,
  EqualTilde: () => ignoringCase((text, wanted) => text === wanted),
  BangTilde: () => ignoringCase((text, wanted) => text !== wanted),
  MatchesRegex: matches,
};

const parse = (kind: string): { readonly test: (() => TextTest) | undefined; readonly wanted: boolean } => {
  const name = kind.replace(/Expression$/, '');
  const wanted = !name.startsWith('Not');
  const key = wanted ? name : name.slice('Not'.length);
  return { test: Object.hasOwn(tests, key) ? tests[key] : undefined, wanted };
};

export const isTextOperator = (kind: string): boolean => parse(kind).test !== undefined;

/** The string operators; like Kusto they read a dynamic operand as its text. */
export const textOperator = (kind: string, left: Evaluator, right: Evaluator): Evaluator => {
  const { test, wanted } = parse(kind);
  if (test === undefined) throw new Error(`${kind} is no string operator`);
  const holds = test();
  const [leftText, rightText] = [textOf(left), textOf(right)];
  return evaluator('bool', [left, right], (row) => holds(leftText(row), rightText(row)) === wanted);
};
