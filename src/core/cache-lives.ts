/** How long an answer is used before it is asked for again, in minutes: of Azure by lists, of Teams by everything. docs/azure.md prints this table. */
export const cacheLives = {
  'what somebody may read': 5,
  'deny assignments': 5,
  'groups of a person': 5,
  'management groups and subscriptions': 5,
  'policy assignments': 1,
  initiatives: 5,
  'policy exemptions': 0.25,
  'which API versions Azure offers': 5,
  'Defender exemptions': 5,
  'recommendations and their counts': 0.5,
  'the catalogue of recommendations': 5,
  'secure scores and open counts': 5,
  'which parts of the tenant were read': 0.05,
  'roles that allow approving': 5,
  'who belongs to the organisation, from Teams': 5,
  'whether people of other organisations are in a place, from Teams': 5,
} as const satisfies Readonly<Record<string, number>>;

export type CachedAnswer = keyof typeof cacheLives;
