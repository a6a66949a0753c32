import type { GovernanceConditions, GovernanceRule } from './governance-rules.ts';
import { meansSeverity } from '../tenant/severity.ts';
import { matchesWildcard } from '../wildcard.ts';

type Texts = readonly string[] | undefined;

/** Whether each wanted text is among the offered ones or matches one of their wildcards. */
const holds = (offered: Texts, wanted: Texts): boolean =>
  offered === undefined ||
  (wanted?.every((text) => offered.some((pattern) => pattern === text || matchesWildcard(pattern, text))) ?? false);

const holdsSeverity = (offered: GovernanceConditions['severity'], wanted: GovernanceConditions['severity']): boolean =>
  offered === undefined ||
  (wanted?.every((severity) => offered.some((said) => meansSeverity(said, severity))) ?? false);

const scopes = ({ scope }: GovernanceConditions): Texts => scope?.map((each) => each.text);

const includes = (wide: GovernanceConditions, narrow: GovernanceConditions): boolean =>
  holds(scopes(wide), scopes(narrow)) &&
  holdsSeverity(wide.severity, narrow.severity) &&
  holds(wide.recommendation, narrow.recommendation) &&
  holds(wide.category, narrow.category) &&
  holds(wide.resourceType, narrow.resourceType);

/** An earlier rule that matches everything this rule would match, so that this one can never decide. Looks only at the conditions themselves. */
export const shadowedBy = (rule: GovernanceRule, rules: readonly GovernanceRule[]): GovernanceRule | undefined =>
  rules.slice(0, rules.indexOf(rule)).find((above) => includes(above.when, rule.when));
