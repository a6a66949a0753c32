import { formatDay } from '../calendar.ts';
import { differences, type DifferenceKind } from './difference.ts';
import type { GovernanceRules } from '../governance/governance-rules.ts';
import { isKnown } from '../governance/governance-scope.ts';
import { scopesNamed } from '../governance/governed-facts.ts';
import { scopeLabel } from '../tenant/hierarchy.ts';
import type { PastRequest } from '../ledger/past-request.ts';
import { deciding, type Replayed } from './replay.ts';
import type { RequestGovernance } from '../request/request-governance.ts';
import { visibleText } from '../visible-text.ts';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const rulesWords = (steps: Replayed['decidedBy']): string =>
  steps.map(({ rule, line }) => (line === undefined ? 'the defaults' : `“${rule}” (line ${line})`)).join(' and ');

const answerWords = (
  { least, most }: Replayed['approvals'],
  { approvers, limits }: Pick<RequestGovernance, 'approvers' | 'limits'>,
): string =>
  [
    least === most ? counted(most, 'approval') : `${least} to ${counted(most, 'approval')}`,
    ...(approvers.length === 0 || most === 0 ? [] : ['by approvers named in the file']),
    limits.neverExpires
      ? `at most ${counted(limits.maxDays, 'day')} or with no expiry date`
      : `at most ${counted(limits.maxDays, 'day')}`,
  ].join(', ');

const placeWords = ({ scopes, governance }: PastRequest): string => {
  const hierarchy = governance.facts?.hierarchy ?? { managementGroups: [], subscriptions: [] };
  const [first, second, ...more] = scopes.map((scope) => scopeLabel(scope, hierarchy));
  return [first, second, more.length === 0 ? undefined : `${more.length} more`]
    .filter((each) => each !== undefined)
    .join(' and ');
};

/** The line for a request that would end differently: its terms, the answer then, the answer now, by which rules, and why. */
const differenceLine = (replayed: Replayed, timeZone: string): string => {
  const { request, wouldBe, approvals, decidedBy } = replayed;
  const { reference, sentAt, recommendation, governance } = request;
  const same = { least: governance.approvals, most: governance.approvals };
  const whys = [
    ...replayed.differences.map(({ why }) => why).filter((why) => why !== ''),
    ...(governance.facts === undefined ? ['its facts were not kept, so every rule that may match counts'] : []),
  ];
  const parts = [
    `${reference}, ${formatDay(sentAt, timeZone)}, ${recommendation.title}, at ${placeWords(request)}: ` +
      `was ${answerWords(same, governance)}, by ${rulesWords(deciding(governance.trace))}`,
    `would be ${wouldBe.kind === 'denied' ? 'refused' : answerWords(approvals, wouldBe)}, by ${rulesWords(decidedBy)}`,
    ...whys,
  ];
  return visibleText(parts.join('; ')).replaceAll('\n', ' ');
};

/** Numbers about requests under other rules, so that the requests need not be kept. */
export type ReplayTally = {
  readonly requests: number;
  /** When the first and the last of them was sent, in milliseconds. */
  readonly first: number;
  readonly last: number;
  /** By the most serious difference; undefined: the same result. */
  readonly byKind: ReadonlyMap<DifferenceKind | undefined, number>;
  readonly withoutFacts: number;
  /** Scopes that the file names and in which one of them lies, by their texts. */
  readonly met: ReadonlySet<string>;
};

export const nothingReplayed: ReplayTally = {
  requests: 0,
  first: Infinity,
  last: -Infinity,
  byKind: new Map(),
  withoutFacts: 0,
  met: new Set(),
};

/** The numbers with those of some more requests. */
export const withReplayed = (
  before: ReplayTally,
  rules: GovernanceRules,
  replayed: readonly Replayed[],
): ReplayTally => {
  const days = replayed.map(({ request }) => request.sentAt.getTime());
  const kept = replayed.flatMap(({ request }) => request.governance.facts ?? []);
  const byKind = new Map(before.byKind);
  for (const { differences: found } of replayed) byKind.set(found[0]?.kind, (byKind.get(found[0]?.kind) ?? 0) + 1);
  const met = scopesNamed(rules).filter((each) => kept.some(({ hierarchy }) => isKnown(each, hierarchy)));
  return {
    requests: before.requests + replayed.length,
    first: days.reduce((a, b) => Math.min(a, b), before.first),
    last: days.reduce((a, b) => Math.max(a, b), before.last),
    byKind,
    withoutFacts: before.withoutFacts + replayed.length - kept.length,
    met: new Set([...before.met, ...met.map(({ text }) => text)]),
  };
};

const summary = ({ requests, first, last, byKind }: ReplayTally, timeZone: string): string => {
  const numberOf = (kind: DifferenceKind | undefined): number => byKind.get(kind) ?? 0;
  const kinds = (Object.keys(differences) as DifferenceKind[]).filter((kind) => numberOf(kind) > 0);
  const period = [first, last].map((each) => formatDay(new Date(each), timeZone)).join(' to ');
  return `${counted(requests, 'request')} from ${period}: ${[
    `${numberOf(undefined)} as before`,
    ...kinds.map((kind) => `${numberOf(kind)} ${differences[kind]}`),
  ].join(', ')}.`;
};

const caveats = (rules: GovernanceRules, { requests, withoutFacts, met }: ReplayTally): string[] => {
  const strange = scopesNamed(rules)
    .map(({ text }) => text)
    .filter((text) => withoutFacts < requests && !met.has(text));
  return [
    'Requests that the rules of that time refused were never sent, so they are not among these.',
    ...(withoutFacts === 0
      ? []
      : [
          `${withoutFacts} of them ${withoutFacts === 1 ? 'was' : 'were'} sent before the facts that rules look at were kept: there, every rule that may match counts.`,
        ]),
    ...(strange.length === 0
      ? []
      : [
          `None of them lies in ${strange.join(', ')}. Check the spelling: once the file is in force, an unknown scope takes part in every decision; here it does not.`,
        ]),
  ];
};

/** The result of a simulation in words: a summary and remarks, and a blank line if `differenceLines` follow. */
export const summaryLines = (rules: GovernanceRules, tally: ReplayTally, timeZone: string): string[] => {
  if (tally.requests === 0) return ['The ledger contains no request to try the file on.'];
  const isSame = (tally.byKind.get(undefined) ?? 0) === tally.requests;
  return [summary(tally, timeZone), ...caveats(rules, tally), ...(isSame ? [] : [''])];
};

/** One line for each request that would end differently. */
export const differenceLines = (replayed: readonly Replayed[], timeZone: string): string[] =>
  replayed.filter((each) => each.differences.length > 0).map((each) => differenceLine(each, timeZone));
