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

const summary = (replayed: readonly Replayed[], timeZone: string): string => {
  const days = replayed.map(({ request }) => request.sentAt.getTime()).sort((a, b) => a - b);
  const [first = 0, last = first] = [days[0], days.at(-1)];
  const numberOf = (kind: DifferenceKind | undefined): number =>
    replayed.filter((each) => each.differences[0]?.kind === kind).length;
  const kinds = (Object.keys(differences) as DifferenceKind[]).filter((kind) => numberOf(kind) > 0);
  const period = [first, last].map((each) => formatDay(new Date(each), timeZone)).join(' to ');
  return `${counted(replayed.length, 'request')} from ${period}: ${[
    `${numberOf(undefined)} as before`,
    ...kinds.map((kind) => `${numberOf(kind)} ${differences[kind]}`),
  ].join(', ')}.`;
};

const caveats = (rules: GovernanceRules, replayed: readonly Replayed[]): string[] => {
  const kept = replayed.flatMap(({ request }) => request.governance.facts ?? []);
  const without = replayed.length - kept.length;
  const strange = scopesNamed(rules)
    .filter((each) => kept.length > 0 && !kept.some(({ hierarchy }) => isKnown(each, hierarchy)))
    .map(({ text }) => text);
  return [
    'Requests that the rules of that time refused were never sent, so they are not among these.',
    ...(without === 0
      ? []
      : [
          `${without} of them ${without === 1 ? 'was' : 'were'} sent before the facts that rules look at were kept: there, every rule that may match counts.`,
        ]),
    ...(strange.length === 0
      ? []
      : [
          `None of them lies in ${strange.join(', ')}. Check the spelling: once the file is in force, an unknown scope takes part in every decision; here it does not.`,
        ]),
  ];
};

/** The result of a simulation in words: a summary, remarks, and one line for each request that would end differently. */
export const replayWords = (rules: GovernanceRules, replayed: readonly Replayed[], timeZone: string): string[] => {
  if (replayed.length === 0) return ['The ledger contains no request to try the file on.'];
  const differing = replayed.filter(({ differences: found }) => found.length > 0);
  return [
    summary(replayed, timeZone),
    ...caveats(rules, replayed),
    ...(differing.length === 0 ? [] : ['', ...differing.map((each) => differenceLine(each, timeZone))]),
  ];
};
