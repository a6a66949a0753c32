import { checkApprovers } from '../../scripts/doctor/check-approvers.ts';
import type { ApproverFacts } from '../../src/core/access/approver-count.ts';
import type { Hierarchy } from '../../src/core/tenant/hierarchy.ts';
import { contoso, shopProd } from '../core/contoso.ts';
import { rule, rulesWith } from '../core/governance-facts.ts';

const none: ApproverFacts = {
  question: { needs: [{ people: ['bob'], groups: [] }], refusals: [], mayRefuseMore: false },
  directory: { groups: new Map(), people: new Map([['bob', true]]), names: new Map() },
  unread: 0,
};
const hidden: ApproverFacts = {
  ...none,
  question: { ...none.question, needs: [{ people: [], groups: ['g'] }] },
};

const told = async (facts: ApproverFacts | undefined, governance = rulesWith([]), hierarchy: Hierarchy = contoso) => {
  const approvers = { factsFor: async () => facts };
  const findings = await checkApprovers({
    hierarchy: async () => hierarchy,
    approvers,
    governance,
    delegateGroups: [],
  });
  return findings.map(({ verdict, seen }) => `${verdict}: ${seen}`);
};

describe('the doctor, on those who could approve', () => {
  it('finds it well where there are enough, and says how many scopes it looked at', async () => {
    expect(await told(none)).toEqual(['well: enough at 7 of 7 scopes']);
  });

  it('names the scope, the rule that asks for more, and how many there are', async () => {
    const two = rule('Two 1', { scope: ['sub:shop-prod'] }, { approvals: 2 });
    expect(await told(none, rulesWith([two]))).toEqual([
      `look: Subscription shop-prod (${shopProd}): the rule “Two 1” asks for 2 approvals, 1 person can give one`,
    ]);
  });

  it('names ten and counts the others', async () => {
    const subscriptions = Array.from({ length: 1000 }, (_, at) => ({
      id: `/subscriptions/30000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      displayName: `sub-${at}`,
      ancestors: [],
    }));
    const lines = await told(none, rulesWith([], { approvals: 2 }), { managementGroups: [], subscriptions });
    expect(lines).toHaveLength(11);
    expect(lines[0]).toContain('Subscription sub-0');
    expect(lines[0]).toContain('the defaults ask for 2 approvals');
    expect(lines[10]).toBe('look: and 990 more scopes with too few');
  });

  it('does not take a group that it cannot read for nobody, nor nothing read for enough', async () => {
    expect(await told(hidden)).toEqual(['unknown: could not be counted at 7 of 7 scopes']);
    expect(await told(undefined)).toEqual(['unknown: not read yet, or too long ago']);
  });
});
