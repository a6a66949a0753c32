import { ticketFits } from '../../src/governance/ticket-fits.ts';
import type { GovernanceFacts } from '../../src/core/governance/governance-match.ts';
import { withoutFile, type GovernanceRule, type GovernanceRules } from '../../src/core/governance/governance-rules.ts';
import { scopeReferenceIn } from '../../src/core/governance/governance-scope.ts';
import type { RequestGovernance } from '../../src/core/request/request-governance.ts';
import { contoso, vm1 } from './contoso.ts';

/** A high recommendation on one machine, asked to be waived for the first time. */
export const asked = (changes: Partial<GovernanceFacts> = {}): GovernanceFacts => ({
  recommendation: { key: '8a6e9d3b-0000-4000-8000-000000000001', title: 'Disks should be encrypted', severity: 'high' },
  category: 'Waiver',
  scopes: [vm1],
  resourceTypes: ['Microsoft.Compute/virtualMachines'],
  affectedResources: 1,
  firstLasted: undefined,
  hierarchy: contoso,
  ...changes,
});

export type When = Partial<Omit<GovernanceRule['when'], 'scope'>> & { readonly scope?: readonly string[] | undefined };

/** A rule in the words of the file; it begins at line 10 times its number, which is the last word of its name. */
export const rule = (name: string, when: When, then: GovernanceRule['then']): GovernanceRule => ({
  name,
  line: Number(name.split(' ').at(-1)) * 10 || 1,
  when: {
    severity: undefined,
    recommendation: undefined,
    category: undefined,
    resourceType: undefined,
    ...when,
    scope: when.scope?.map((text) => scopeReferenceIn(text)!),
  },
  then,
});

export const rulesWith = (
  rules: readonly GovernanceRule[],
  defaults: Partial<GovernanceRules['defaults']> = {},
): GovernanceRules => ({ ...withoutFile, ticketFits, defaults: { ...withoutFile.defaults, ...defaults }, rules });

/** What a request is held to without a governance file. */
export const builtIn: RequestGovernance = {
  approvals: 1,
  approvers: [],
  limits: { maxDays: 90, neverExpires: false, justificationMinLength: 20, ticket: { required: false, patterns: [] } },
  trace: [],
};
