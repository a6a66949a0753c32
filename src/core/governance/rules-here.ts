import type { ExemptionCategory } from '../exemption/exemption.ts';
import type { Approver } from './approvers.ts';
import type { GovernanceFacts } from './governance-match.ts';
import type { ApprovalsNeeded, GovernanceLimits, GovernanceOutcome } from './governance-outcome.ts';
import type { GovernanceRules } from './governance-rules.ts';
import { evaluate } from './governance.ts';

/** A part of the rules, and the scope that it comes from; undefined where one scope is chosen, or where only all of them together make it so. */
export type Sourced<Value> = { readonly value: Value; readonly from: string | undefined };

/** What the rules say about a category at the chosen scopes. */
export type CategoryRules =
  | { readonly kind: 'denied'; readonly reasons: Sourced<readonly string[]> }
  | {
      readonly kind: 'allowed';
      readonly maxDays: Sourced<number>;
      readonly neverExpires: boolean;
      readonly justificationMinLength: Sourced<number>;
      readonly ticket: Sourced<GovernanceLimits['ticket']>;
      readonly approvals: Sourced<ApprovalsNeeded>;
      /** An approver must be in every list. */
      readonly approvers: readonly Sourced<readonly Approver[]>[];
    };

export type RulesHere = Readonly<Record<ExemptionCategory, CategoryRules>>;

/** Among so many of the scopes, the first ones, it is looked for from which of them a rule comes: somebody waits for the form. */
export const mostSources = 200;

type Part = { readonly scope: string; readonly outcome: GovernanceOutcome };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const ofCategory = (
  rules: GovernanceRules,
  category: ExemptionCategory,
  facts: Omit<GovernanceFacts, 'category'>,
): CategoryRules => {
  const { outcome } = evaluate(rules, { ...facts, category });
  // Alone no scope affects many resources: an approval more for their number belongs to none of them.
  const alone = (scope: string): Part => ({
    scope,
    outcome: evaluate(rules, { ...facts, category, scopes: [scope], affectedResources: 0 }).outcome,
  });
  const parts = facts.scopes.length > 1 ? facts.scopes.slice(0, mostSources).map(alone) : [];
  if (outcome.kind === 'denied') {
    const from = parts.find((part) => part.outcome.kind === 'denied')?.scope;
    return { kind: 'denied', reasons: { value: outcome.reasons, from } };
  }
  type Allowed = typeof outcome;
  const sourced = <Value>(of: (each: Allowed) => Value): Sourced<Value> => {
    const value = of(outcome);
    const agree = parts.filter((part) => part.outcome.kind === 'allowed' && same(of(part.outcome), value));
    // What every scope says comes from none of them in particular.
    return { value, from: agree.length === parts.length ? undefined : agree[0]?.scope };
  };
  const listed = (list: readonly Approver[]): string | undefined => {
    const agree = parts.filter(
      (part) => part.outcome.kind === 'allowed' && part.outcome.approvers.some((each) => same(each, list)),
    );
    return agree.length === parts.length ? undefined : agree[0]?.scope;
  };
  return {
    kind: 'allowed',
    maxDays: sourced(({ limits }) => limits.maxDays),
    neverExpires: outcome.limits.neverExpires,
    justificationMinLength: sourced(({ limits }) => limits.justificationMinLength),
    ticket: sourced(({ limits }) => limits.ticket),
    approvals: sourced(({ approvals }) => approvals),
    approvers: outcome.approvers.map((value) => ({ value, from: listed(value) })),
  };
};

/** What the rules say at some scopes for each category, with the scope from which the strictest part of it comes. Not empty: `scopes`. */
export const rulesHere = (rules: GovernanceRules, facts: Omit<GovernanceFacts, 'category'>): RulesHere => ({
  Waiver: ofCategory(rules, 'Waiver', facts),
  Mitigated: ofCategory(rules, 'Mitigated', facts),
});

/** Whether an answer depends on the resources at the scopes, so that Azure has to be asked for them. */
export const asksForResources = ({ defaults, rules }: GovernanceRules): boolean =>
  defaults.blastRadius !== 'none' ||
  rules.some(
    ({ when, then }) =>
      when.resourceType !== undefined ||
      (!('deny' in then) && then.blastRadius !== undefined && then.blastRadius !== 'none'),
  );
