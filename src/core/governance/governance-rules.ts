import type { Approvers } from './approvers.ts';
import type { ExemptionCategory } from '../exemption/exemption.ts';
import type { ScopeReference } from './governance-scope.ts';
import type { ReadyReason } from './reasons.ts';
import type { Severity } from '../tenant/severity.ts';

export type TicketPattern = {
  /** A regular expression for the complete ticket number. */
  readonly pattern: string;
  /** A ticket number that matches, to show to people. */
  readonly example: string;
  /** Where a ticket is looked up, with `{ticket}` in the place of its number; undefined: nowhere. */
  readonly url?: string | undefined;
};

/**
 * Whether a complete ticket number matches a pattern of the governance file. Its time must not grow faster than the ticket number, because
 * operators write the pattern and anybody the number.
 */
export type TicketFits = (ticket: string, pattern: string) => boolean;

/** Everything a rule can set. */
export type GovernanceSettings = {
  /** Calendar days, including the last one. */
  readonly maxDays: Readonly<Record<ExemptionCategory, number>>;
  readonly neverExpires: boolean;
  /** A renewal may not last longer than the first exemption did. */
  readonly renewalsNeverLonger: boolean;
  /** Characters. */
  readonly justificationMinLength: number;
  readonly ticket: 'optional' | 'required' | TicketPattern;
  /** 0 applies only to a requester who could decide the request themselves. */
  readonly approvals: number;
  readonly approvers: Approvers;
  /** Above this number of resources one more approval is required. */
  readonly blastRadius: number | 'none';
};

/** The settings that a rule makes; the defaults apply to the others. */
export type SaidSettings = {
  readonly [Name in Exclude<keyof GovernanceSettings, 'maxDays'>]?: GovernanceSettings[Name] | undefined;
} & { readonly maxDays?: MaxDays | undefined };

/** Days, for some of the categories. */
export type MaxDays = Readonly<Partial<Record<ExemptionCategory, number | undefined>>>;

/** The conditions of a rule. A list matches if one of its entries does; undefined matches everything. */
export type GovernanceConditions = {
  readonly scope: readonly ScopeReference[] | undefined;
  readonly severity: readonly Severity[] | undefined;
  /** Titles, with `*` for any characters, or assessment keys. */
  readonly recommendation: readonly string[] | undefined;
  readonly category: readonly ExemptionCategory[] | undefined;
  /** ARM types such as `Microsoft.Storage/storageAccounts`, with `*` for any characters. */
  readonly resourceType: readonly string[] | undefined;
};

export type GovernanceRule = {
  readonly name: string;
  /** Line of the file where the rule begins, from 1. */
  readonly line: number;
  readonly when: GovernanceConditions;
  readonly then: { readonly deny: string } | SaidSettings;
};

/** The tags that mark production, in lower case: one of the names with one of the values. Cards count them; no rule looks at them. */
type ProductionTags = { readonly names: readonly string[]; readonly values: readonly string[] };

/** Rules are tried from the top; the first that matches decides. */
export type GovernanceRules = {
  readonly defaults: GovernanceSettings;
  /** No rule may exceed these days. A category with a number here has no exemption without an expiry date. */
  readonly ceiling: MaxDays;
  readonly ticketFits: TicketFits;
  readonly productionTags: ProductionTags;
  /** The names of tags that name the owner of a resource, in lower case. Lists look at them; no rule does. */
  readonly ownerTags: readonly string[];
  readonly rules: readonly GovernanceRule[];
  /** The reasons that the form offers, in the order of the file. */
  readonly reasons: readonly ReadyReason[];
};

/** The rules without a governance file. */
export const withoutFile: GovernanceRules = {
  defaults: {
    maxDays: { Waiver: 90, Mitigated: 365 },
    neverExpires: false,
    renewalsNeverLonger: true,
    justificationMinLength: 20,
    ticket: 'optional',
    approvals: 1,
    approvers: 'azure-roles',
    blastRadius: 'none',
  },
  ceiling: {},
  // It has no patterns either.
  ticketFits: () => false,
  productionTags: { names: ['env', 'environment'], values: ['prod', 'production'] },
  ownerTags: ['owner', 'contact'],
  rules: [],
  reasons: [],
};

/** The settings of a rule, completed from the defaults. */
export const settingsWith = (said: SaidSettings, defaults: GovernanceSettings): GovernanceSettings => ({
  maxDays: {
    Waiver: said.maxDays?.Waiver ?? defaults.maxDays.Waiver,
    Mitigated: said.maxDays?.Mitigated ?? defaults.maxDays.Mitigated,
  },
  neverExpires: said.neverExpires ?? defaults.neverExpires,
  renewalsNeverLonger: said.renewalsNeverLonger ?? defaults.renewalsNeverLonger,
  justificationMinLength: said.justificationMinLength ?? defaults.justificationMinLength,
  ticket: said.ticket ?? defaults.ticket,
  approvals: said.approvals ?? defaults.approvals,
  approvers: said.approvers ?? defaults.approvers,
  blastRadius: said.blastRadius ?? defaults.blastRadius,
});
