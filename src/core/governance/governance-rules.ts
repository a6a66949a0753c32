import type { Approvers } from './approvers.ts';
import type { ExemptionCategory } from '../exemption/exemption.ts';
import type { ScopeReference } from './governance-scope.ts';
import type { Severity } from '../tenant/recommendation.ts';

export type TicketPattern = {
  /** A regular expression for the whole ticket number. */
  readonly pattern: string;
  /** A ticket number that fits, to show to people. */
  readonly example: string;
};

/** Everything a rule can set. */
export type GovernanceSettings = {
  /** Calendar days, the last one included. */
  readonly maxDays: Readonly<Record<ExemptionCategory, number>>;
  readonly neverExpires: boolean;
  /** A renewal may not last longer than the first exemption did. */
  readonly renewalsNeverLonger: boolean;
  /** Characters. */
  readonly justificationMinLength: number;
  readonly ticket: 'optional' | 'required' | TicketPattern;
  /** 0 counts only for a requester who could decide it themselves. */
  readonly approvals: number;
  readonly approvers: Approvers;
  /** Above so many resources one more approval is needed. */
  readonly blastRadius: number | 'none';
};

/** What a rule says; for all else the defaults hold. */
export type SaidSettings = {
  readonly [Name in Exclude<keyof GovernanceSettings, 'maxDays'>]?: GovernanceSettings[Name] | undefined;
} & { readonly maxDays?: MaxDays | undefined };

/** Days for some of the categories. */
export type MaxDays = Readonly<Partial<Record<ExemptionCategory, number | undefined>>>;

/** What a request must be like; a list matches when one of its entries does, undefined matches everything. */
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
  /** Where it begins in the file, counted from 1. */
  readonly line: number;
  readonly when: GovernanceConditions;
  readonly then: { readonly deny: string } | SaidSettings;
};

/** Tried from the top; the first rule that matches decides. */
export type GovernanceRules = {
  readonly defaults: GovernanceSettings;
  /** No rule gets beyond these days; where there is a number, nothing lasts for ever. */
  readonly ceiling: MaxDays;
  readonly rules: readonly GovernanceRule[];
};

/** What holds without a governance file. */
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
  rules: [],
};

/** What a rule says, with the rest from the defaults. */
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
