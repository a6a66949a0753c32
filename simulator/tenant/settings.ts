/** Behaviour that a test or the demo may change while the tenant lives; delays are ISO 8601 durations. */
export type TenantSettings = {
  /** Delay from the write of an exemption until Defender's assessments show it. */
  effectDelay: string;
  /** Delay from the write of an exemption until Resource Graph shows it. */
  resourceGraphDelay: string;
  /** Resource Graph answers 429 after 15 queries of one caller in 5 seconds. */
  throttling: boolean;
  /** Which answers of Resource Graph have further pages: those with a text column `id`, or those with any text column. */
  pagesContinue: 'by-id' | 'by-any-column';
  /** Resource Graph has the column that says when something was made and last changed (`systemData`); Microsoft documents it for no table. */
  changesDated: boolean;
  /** The largest answer of Resource Graph, in characters; a larger one is refused with 400. */
  largestAnswer: number;
  /** The most rows in one page of Resource Graph: what a larger tenant needs several pages for, a small one does too if this is small. */
  largestPage: number;
  /** Above this number of groups, Microsoft Graph refuses to list those of a person in one answer. */
  mostGroups: number;
  /** The caller's permissions can also be read at subscriptions and management groups, for which Microsoft specifies nothing. */
  permissionsEverywhere: boolean;
  /** Microsoft Graph tells the bot who is in which group. */
  groupsReadable: boolean;
  /** Microsoft Graph tells the bot more of people than their ids: User.Read.All was granted. */
  usersReadable: boolean;
  /** Object ids of groups whose members Microsoft Graph shows to nobody without Member.Read.Hidden. */
  hiddenGroups: readonly string[];
  /** Object ids of people whose accounts are disabled. */
  disabledAccounts: readonly string[];
  /** Object ids of people whose accounts were deleted; their role assignments stay. */
  deletedAccounts: readonly string[];
  /** The number of values in an ARM list before a nextLink. */
  pageSize: number;
  /** Members of an exemption that no published api-version has, each with the api-version that knows it. */
  laterProperties: Readonly<Record<string, string>>;
  /** The same for the kinds of its selectors. */
  laterSelectorKinds: Readonly<Record<string, string>>;
};

/** The behaviour of a tenant that nobody has changed. */
export const usualSettings: TenantSettings = {
  effectDelay: 'PT30S',
  resourceGraphDelay: 'PT0S',
  throttling: false,
  pagesContinue: 'by-id',
  changesDated: true,
  largestAnswer: 16_777_216,
  largestPage: 1000,
  mostGroups: 11_000,
  groupsReadable: true,
  usersReadable: true,
  hiddenGroups: [],
  disabledAccounts: [],
  deletedAccounts: [],
  pageSize: 100,
  permissionsEverywhere: false,
  laterProperties: {},
  laterSelectorKinds: {},
};
