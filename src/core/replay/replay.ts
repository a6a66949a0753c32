import type { Approver } from '../governance/approvers.ts';
import { brokenLimits } from './broken-limits.ts';
import { differences, type Difference, type DifferenceKind } from './difference.ts';
import { evaluate, type GovernanceDecision, type GovernanceTraceStep } from '../governance/governance.ts';
import type { GovernanceFacts } from '../governance/governance-match.ts';
import type { GovernanceOutcome } from '../governance/governance-outcome.ts';
import type { GovernanceRules } from '../governance/governance-rules.ts';
import { hierarchyThen } from '../governance/governed-facts.ts';
import type { PastRequest } from '../ledger/past-request.ts';
import type { RequestGovernance } from '../request/request-governance.ts';

type Allowed = Extract<GovernanceOutcome, { kind: 'allowed' }>;

/** A past request under other rules. */
export type Replayed = {
  readonly request: PastRequest;
  readonly wouldBe: GovernanceOutcome;
  /** The fewest and the most approvals that it could need, where the deciding fact is not on record. */
  readonly approvals: { readonly least: number; readonly most: number };
  /** The rules that would decide it; the defaults have no line. */
  readonly decidedBy: readonly Pick<GovernanceTraceStep, 'rule' | 'line'>[];
  /** Most serious first; empty: the same result. */
  readonly differences: readonly Difference[];
};

/** The steps of a trace that decided. A request from before there were rules was decided by the defaults. */
export const deciding = (trace: readonly GovernanceTraceStep[]): Pick<GovernanceTraceStep, 'rule' | 'line'>[] => {
  const counted = trace.filter(({ result }) => result === 'matched' || result === 'partly');
  return counted.length === 0 ? [{ rule: 'defaults', line: undefined }] : counted;
};

const nameOf = ({ rule, line }: Pick<GovernanceTraceStep, 'rule' | 'line'>): string =>
  line === undefined ? 'the defaults' : `“${rule}”`;

const namesOf = (trace: readonly GovernanceTraceStep[]): string => deciding(trace).map(nameOf).sort().join();

const listsOf = (approvers: readonly (readonly Approver[])[]): string =>
  approvers
    .map((list) =>
      list
        .map(({ kind, id }) => `${kind}:${id}`)
        .sort()
        .join(' '),
    )
    .sort()
    .join();

/** Facts that are not on record count as a possible match: no resource type, any number of resources, no hierarchy. */
const factsThen = (rules: GovernanceRules, request: PastRequest): GovernanceFacts => {
  const { recommendation, category, reason, scopes, governance } = request;
  const { facts } = governance;
  return {
    recommendation,
    category,
    reason,
    scopes,
    resourceTypes: facts?.resourceTypes ?? [],
    affectedResources: facts?.affectedResources ?? Infinity,
    firstLasted: facts?.firstLasted,
    hierarchy: facts === undefined ? { managementGroups: [], subscriptions: [] } : hierarchyThen(rules, scopes, facts),
  };
};

/** Whether the requester could decide it with other approvers. The record is about the approvers of that time. */
const couldDecide = (was: RequestGovernance, { approvers }: Allowed): boolean | undefined => {
  const could = was.facts?.requesterCouldDecide ?? (was.approvals === 0 ? true : undefined);
  const holds =
    listsOf(was.approvers) === listsOf(approvers) || (could === true ? approvers : was.approvers).length === 0;
  return holds ? could : undefined;
};

const approvalsOf = (was: RequestGovernance, outcome: GovernanceOutcome): Replayed['approvals'] => {
  if (outcome.kind === 'denied') return { least: 0, most: 0 };
  const could = couldDecide(was, outcome);
  const { ifRequesterCouldDecide, otherwise } = outcome.approvals;
  return {
    least: could === false ? otherwise : ifRequesterCouldDecide,
    most: could ? ifRequesterCouldDecide : otherwise,
  };
};

const approvalDifferences = (was: number, { least, most }: Replayed['approvals']): Difference[] => {
  if (least > was) return [{ kind: was === 0 ? 'no-longer-without-approval' : 'more-approvals', why: '' }];
  if (most < was) return [{ kind: 'fewer-approvals', why: '' }];
  return least === most
    ? []
    : [{ kind: 'not-known', why: 'it is not on record whether its requester could have decided it' }];
};

const gravity = Object.keys(differences) as DifferenceKind[];

const differencesOf = (
  request: PastRequest,
  decision: GovernanceDecision,
  approvals: Replayed['approvals'],
  fits: GovernanceRules['ticketFits'],
) => {
  const { outcome, trace } = decision;
  const was = request.governance;
  if (outcome.kind === 'denied') return [{ kind: 'refused', why: '' } as const];
  const found: Difference[] = [
    ...brokenLimits(request, outcome.limits, fits),
    ...approvalDifferences(was.approvals, approvals),
    ...(approvals.most === 0 || listsOf(was.approvers) === listsOf(outcome.approvers)
      ? []
      : [{ kind: 'other-approvers', why: 'other approvers than at that time' } as const]),
  ];
  if (found.length === 0 && namesOf(was.trace) !== namesOf(trace)) return [{ kind: 'another-rule', why: '' } as const];
  return found.sort((a, b) => gravity.indexOf(a.kind) - gravity.indexOf(b.kind));
};

/**
 * Evaluates rules on past requests, with the facts of that time. Uses the requested days, whatever was decided later. A request from before
 * its facts were stored is evaluated with what is known, and every rule that may match counts.
 */
export const replay = (rules: GovernanceRules, requests: readonly PastRequest[]): Replayed[] =>
  requests.map((request) => {
    const decision = evaluate(rules, factsThen(rules, request));
    const denying = rules.rules.filter(({ then }) => 'deny' in then).map(({ name }) => name);
    const decisive = deciding(decision.trace);
    const approvals = approvalsOf(request.governance, decision.outcome);
    return {
      request,
      wouldBe: decision.outcome,
      approvals,
      decidedBy: decision.outcome.kind === 'denied' ? decisive.filter(({ rule }) => denying.includes(rule)) : decisive,
      differences: differencesOf(request, decision, approvals, rules.ticketFits),
    };
  });
