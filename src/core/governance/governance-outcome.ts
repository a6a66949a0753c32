import { distinctBy } from '../lists.ts';
import type { Approver } from './approvers.ts';
import type { GovernanceFacts } from './governance-match.ts';
import type { GovernanceRules, GovernanceSettings, TicketPattern } from './governance-rules.ts';

/** The limits on the terms of a request. */
export type GovernanceLimits = {
  /** For the category of the request. */
  readonly maxDays: number;
  readonly neverExpires: boolean;
  readonly justificationMinLength: number;
  readonly ticket: { readonly required: boolean; readonly patterns: readonly TicketPattern[] };
};

/**
 * How many approvals are required. Zero applies only if the requester could decide the request themselves, which the caller must check
 * live: the rules know no roles.
 */
export type ApprovalsNeeded = {
  readonly ifRequesterCouldDecide: number;
  /** At least 1. */
  readonly otherwise: number;
};

export type GovernanceOutcome =
  | { readonly kind: 'denied'; readonly reasons: readonly string[] }
  | {
      readonly kind: 'allowed';
      readonly limits: GovernanceLimits;
      readonly approvals: ApprovalsNeeded;
      /** An approver needs the Azure roles and must be in every list; without lists, the roles are enough. */
      readonly approvers: readonly (readonly Approver[])[];
    };

const approvalsOf = (
  settings: GovernanceSettings,
  { affectedResources }: GovernanceFacts,
  { defaults }: GovernanceRules,
): ApprovalsNeeded => {
  const extra = settings.blastRadius !== 'none' && affectedResources > settings.blastRadius ? 1 : 0;
  const otherwise = settings.approvals === 0 ? Math.max(1, defaults.approvals) : settings.approvals;
  return { ifRequesterCouldDecide: settings.approvals + extra, otherwise: otherwise + extra };
};

const limitsOf = (
  settings: GovernanceSettings,
  { category, firstLasted }: GovernanceFacts,
  { ceiling }: GovernanceRules,
): GovernanceLimits => {
  const first = settings.renewalsNeverLonger && typeof firstLasted === 'number' ? firstLasted : undefined;
  const caps = [ceiling[category], first].filter((days) => days !== undefined);
  const { ticket } = settings;
  return {
    maxDays: Math.min(settings.maxDays[category], ...caps),
    neverExpires: settings.neverExpires && caps.length === 0,
    justificationMinLength: settings.justificationMinLength,
    ticket: { required: ticket !== 'optional', patterns: typeof ticket === 'string' ? [] : [ticket] },
  };
};

const distinct = <Value>(values: readonly Value[]): Value[] => distinctBy(values, (value) => JSON.stringify(value));

/** The strictest combination of settings that were decided for parts of a request; `all` is not empty. */
export const strictest = (
  all: readonly GovernanceSettings[],
  facts: GovernanceFacts,
  rules: GovernanceRules,
): Extract<GovernanceOutcome, { kind: 'allowed' }> => {
  const limits = all.map((settings) => limitsOf(settings, facts, rules));
  const approvals = all.map((settings) => approvalsOf(settings, facts, rules));
  return {
    kind: 'allowed',
    limits: {
      maxDays: Math.min(...limits.map((each) => each.maxDays)),
      neverExpires: limits.every((each) => each.neverExpires),
      justificationMinLength: Math.max(...limits.map((each) => each.justificationMinLength)),
      ticket: {
        required: limits.some((each) => each.ticket.required),
        patterns: distinct(limits.flatMap((each) => each.ticket.patterns)),
      },
    },
    approvals: {
      ifRequesterCouldDecide: Math.max(...approvals.map((each) => each.ifRequesterCouldDecide)),
      otherwise: Math.max(...approvals.map((each) => each.otherwise)),
    },
    approvers: distinct(all.map((each) => each.approvers).filter((each) => each !== 'azure-roles')),
  };
};
