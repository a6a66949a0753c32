import type { Approver } from './approvers.ts';
import { matchOf, type GovernanceFacts } from './governance-match.ts';
import { strictest, type GovernanceOutcome } from './governance-outcome.ts';
import { settingsWith, type GovernanceRules, type GovernanceSettings } from './governance-rules.ts';
import { covers } from '../tenant/hierarchy.ts';
import { widest } from '../tenant/scope-sets.ts';

/** One line of the answer to "why?": each rule of the file in order, the defaults last. */
export type GovernanceTraceStep = {
  readonly rule: string;
  /** Line of the file, from 1; undefined for the defaults. */
  readonly line: number | undefined;
  /** `partly`: the rule decides a part of the request, or may do so. */
  readonly result: 'matched' | 'partly' | 'no match' | 'not tried';
  /** A clause without a full stop. */
  readonly why: string;
};

export type GovernanceDecision = {
  readonly outcome: GovernanceOutcome;
  readonly trace: readonly GovernanceTraceStep[];
};

/** Narrowed to those among these as well. */
const withApprovers = (
  allowed: Extract<GovernanceOutcome, { kind: 'allowed' }>,
  approvers: readonly Approver[] | undefined,
): GovernanceOutcome =>
  approvers === undefined ? allowed : { ...allowed, approvers: [...allowed.approvers, approvers] };

/**
 * Decides a request by the rules. At each requested scope the first matching rule decides, and a request over several scopes gets the
 * strictest of the answers: asking for more at once, or for a wider scope, never makes it easier. Unknown facts (a scope or resource type
 * that nobody knows) count as a possible match and decide nothing for rules below. Grants nothing by itself; Azure roles are checked as
 * well. A ready reason with a route of its own only narrows further.
 */
export const evaluate = (rules: GovernanceRules, facts: GovernanceFacts): GovernanceDecision => {
  const { hierarchy } = facts;
  const trace: GovernanceTraceStep[] = [];
  const denials: string[] = [];
  const allowed: GovernanceSettings[] = [];
  const settled: string[] = [];
  let open = widest(facts.scopes, hierarchy);

  for (const { name: rule, line, when, then } of rules.rules) {
    if (open.length === 0) {
      trace.push({ rule, line, result: 'not tried', why: 'a rule above already decided' });
      continue;
    }
    const { places, unsure, why } = matchOf(when, open, settled, facts);
    if (places.length + unsure.length === 0) {
      trace.push({ rule, line, result: 'no match', why });
      continue;
    }
    if ('deny' in then) denials.push(then.deny);
    else allowed.push(settingsWith(then, rules.defaults));
    settled.push(...places);
    open = open.filter((scope) => !settled.some((place) => covers(place, scope, hierarchy)));
    const whole = facts.scopes.every((scope) => places.some((place) => covers(place, scope, hierarchy)));
    trace.push({ rule, line, result: whole ? 'matched' : 'partly', why });
  }

  const byDefaults = open.length > 0 || denials.length + allowed.length === 0;
  if (byDefaults) allowed.push(rules.defaults);
  trace.push({
    rule: 'defaults',
    line: undefined,
    result: byDefaults ? (allowed.length + denials.length === 1 ? 'matched' : 'partly') : 'not tried',
    why: byDefaults ? 'no rule above covers the whole request' : 'the rules above cover the whole request',
  });
  const route = rules.reasons.find(({ id, category }) => id === facts.reason && category === facts.category);
  if (route?.instead !== undefined) denials.push(route.instead);
  if (route !== undefined && (route.instead ?? route.approvers) !== undefined)
    trace.push({
      rule: `Reason ${route.id}`,
      line: route.line,
      result: 'matched',
      why: 'the requester chose this reason, which has its own route',
    });
  const outcome: GovernanceOutcome =
    denials.length > 0
      ? { kind: 'denied', reasons: [...new Set(denials)] }
      : withApprovers(strictest(allowed, facts, rules), route?.approvers);
  return { outcome, trace };
};
