import type { Finding, Verdict } from './finding.ts';

const marks: Readonly<Record<Verdict, string>> = {
  well: 'ok     ',
  look: 'look   ',
  unknown: 'unknown',
  wrong: 'WRONG  ',
};

const count = (findings: readonly Finding[], verdict: Verdict): number =>
  findings.filter((each) => each.verdict === verdict).length;

/** One line for each finding, its remedy below, and the totals. */
export const renderFindings = (findings: readonly Finding[]): string =>
  [
    ...findings.flatMap(({ verdict, about, seen, remedy }) => [
      `${marks[verdict]}  ${about}: ${seen}`,
      ...(remedy === '' ? [] : [`         ${remedy}`]),
    ]),
    '',
    count(findings, 'wrong') > 0
      ? `${count(findings, 'wrong')} wrong, ${count(findings, 'look')} to look at, ${count(findings, 'unknown')} unknown.`
      : `Nothing is wrong; ${count(findings, 'look')} to look at, ${count(findings, 'unknown')} unknown.`,
  ].join('\n');
