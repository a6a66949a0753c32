/** Oddities of Fabrikam, by name. docs/simulator.md has the same table. */
export const oddities = {
  duplicateNames: 'two subscriptions, management groups, resource groups and machines with one name',
  oddNames: 'commas, quotes, `#`, `%`, blanks, escaped slashes, non-Latin letters and 90 characters in names',
  mixedCaseIds: 'one id in several spellings: resource groups, providers, scopes of roles, assessments',
  pinnedAssignments: 'initiatives pinned to versions, one of them to a preview',
  doubledAssignments: 'the benchmark assigned at a management group, below it again, and on every subscription',
  excludedScopes: 'assignments that leave out subscriptions and resource groups',
  selectors: 'assignments and exemptions that select by type, location, user or group',
  overrides: 'assignments that turn some of their policies off',
  roleConditions: 'role assignments with a condition, as the templates of the portal write them',
  customRoles: 'roles of their own, one of them without an action that its name promises',
  denyAssignments: 'groups that a service manages and denies to everybody else',
  eligibleRoles: 'roles that Privileged Identity Management only offers',
  subscriptionStates: 'subscriptions that are disabled, past due or warned',
  withoutDefender: 'a subscription where Resource Manager answers 409 to Microsoft.Security',
  withoutCspm: 'subscriptions without the free plan of Defender, and so without any assessment or score',
  invisibleToBot: 'a subscription directly below the root, where the bot has no role',
  lighthouse: 'a subscription of another tenant, delegated by Lighthouse',
  severalScores: 'subscriptions with the scores of AWS and GCP connectors beside their own',
  otherClouds: 'assessments of resources in AWS and GCP, which no exemption reaches',
  unusualResources: 'Arc machines, node groups of AKS, instances of scale sets, children of children',
  goneResources: 'assessments of resources that were deleted',
  endlessExemptions: 'exemptions that end at 9999-12-31, and some that never end',
  bareExemptions: 'exemptions without any member that is optional',
  laterMembers: 'exemptions with a member that no published API version has',
  madeByPrograms: 'exemptions of service principals: EPAC, Terraform, a pipeline',
} as const;

export type Oddity = keyof typeof oddities;

/** Which of them are there: all that are not turned off. */
export type Oddities = Readonly<Partial<Record<Oddity, boolean>>>;

export const hasOddity =
  (chosen: Oddities) =>
  (oddity: Oddity): boolean =>
    chosen[oddity] ?? true;
