import type { ExemptionCategory } from '../exemption/exemption.ts';
import { settingsWith, type GovernanceRules } from './governance-rules.ts';

/** The limits that the form may offer before the requested scopes are known: nothing that some rule would allow is missing. */
export type WidestLimits = {
  readonly maxDays: Readonly<Record<ExemptionCategory, number>>;
  readonly neverExpires: boolean;
  readonly justificationMinLength: number;
  readonly ticket: 'optional' | 'sometimes' | 'required';
  /** Rules may be stricter than this, depending on the request. */
  readonly varies: boolean;
};

export const widestLimits = ({ defaults, ceiling, rules }: GovernanceRules): WidestLimits => {
  const all = [defaults, ...rules.flatMap(({ then }) => ('deny' in then ? [] : [settingsWith(then, defaults)]))];
  const days = (category: ExemptionCategory): number =>
    Math.min(Math.max(...all.map((each) => each.maxDays[category])), ceiling[category] ?? Infinity);
  const withTicket = all.filter((each) => each.ticket !== 'optional').length;
  return {
    maxDays: { Waiver: days('Waiver'), Mitigated: days('Mitigated') },
    neverExpires: Object.values(ceiling).every((days) => days === undefined) && all.some((each) => each.neverExpires),
    justificationMinLength: Math.min(...all.map((each) => each.justificationMinLength)),
    ticket: withTicket === 0 ? 'optional' : withTicket === all.length ? 'required' : 'sometimes',
    varies: rules.length > 0,
  };
};
