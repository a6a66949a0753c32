import type { ExemptionCategory } from '../exemption/exemption.ts';
import type { GovernanceLimits } from './governance-outcome.ts';
import { settingsWith, type GovernanceRules, type GovernanceSettings } from './governance-rules.ts';

/** The limits that the form may offer before the requested scopes are known: nothing that some rule would allow is missing. */
export type WidestLimits = {
  readonly maxDays: Readonly<Record<ExemptionCategory, number>>;
  readonly neverExpires: boolean;
  readonly justificationMinLength: number;
  readonly ticket: 'optional' | 'sometimes' | 'required';
  /** How many approvals may be needed. */
  readonly approvals: { readonly least: number; readonly most: number };
  /** Rules may be stricter than this, depending on the request. */
  readonly varies: boolean;
};

export const widestLimits = ({ defaults, ceiling, rules }: GovernanceRules): WidestLimits => {
  const all = [defaults, ...rules.flatMap(({ then }) => ('deny' in then ? [] : [settingsWith(then, defaults)]))];
  const days = (category: ExemptionCategory): number =>
    Math.min(Math.max(...all.map((each) => each.maxDays[category])), ceiling[category] ?? Infinity);
  const otherwise = ({ approvals }: GovernanceSettings): number =>
    approvals === 0 ? Math.max(1, defaults.approvals) : approvals;
  const withTicket = all.filter((each) => each.ticket !== 'optional').length;
  return {
    maxDays: { Waiver: days('Waiver'), Mitigated: days('Mitigated') },
    neverExpires: Object.values(ceiling).every((days) => days === undefined) && all.some((each) => each.neverExpires),
    justificationMinLength: Math.min(...all.map((each) => each.justificationMinLength)),
    ticket: withTicket === 0 ? 'optional' : withTicket === all.length ? 'required' : 'sometimes',
    approvals: {
      least: Math.min(...all.map(({ approvals }) => approvals)),
      most: Math.max(...all.map((each) => otherwise(each) + (each.blastRadius === 'none' ? 0 : 1))),
    },
    varies: rules.length > 0,
  };
};

/** For a form whose category or scopes are not known yet: nothing that some rule would allow is refused. */
export const loosestLimits = (rules: GovernanceRules): GovernanceLimits => {
  const { maxDays, neverExpires, justificationMinLength } = widestLimits(rules);
  return {
    maxDays: Math.max(maxDays.Waiver, maxDays.Mitigated),
    neverExpires,
    justificationMinLength,
    ticket: { required: false, patterns: [] },
  };
};
