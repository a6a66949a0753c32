import { evaluate } from '../../../src/core/governance/governance.ts';
import type { GovernanceFacts } from '../../../src/core/governance/governance-match.ts';
import type { GovernanceOutcome } from '../../../src/core/governance/governance-outcome.ts';
import { withoutFile, type GovernanceRules } from '../../../src/core/governance/governance-rules.ts';
import { contoso, landingZones, playground, root, shopGroup, shopProd, shopTest, sqlServer, vm1 } from '../contoso.ts';
import { asked, rule, rulesWith } from '../governance-facts.ts';

const allowed = (rules: GovernanceRules, facts: GovernanceFacts) => {
  const { outcome } = evaluate(rules, facts);
  if (outcome.kind === 'denied') throw new Error(outcome.reasons.join());
  return outcome;
};
const results = (rules: GovernanceRules, facts: GovernanceFacts): string[] =>
  evaluate(rules, facts).trace.map((step) => step.result);

const security = { kind: 'group', id: '0f8fad5b-d9cb-469f-a165-70867728950e' } as const;
const production = rule(
  'production 1',
  { scope: ['mg:landingzones'], severity: ['high'] },
  { approvals: 2, approvers: [security], maxDays: { Waiver: 30 }, ticket: 'required' },
);
const sandboxes = rule('sandboxes 2', { scope: ['mg:sandbox'] }, { approvals: 0, maxDays: { Waiver: 60 } });
const never = rule('never 3', { recommendation: ['Disks*'] }, { deny: 'Disks are not negotiable.' });

describe('without a governance file', () => {
  it('asks for one approval by anybody with the Azure roles, and says that the defaults decided', () => {
    expect(evaluate(withoutFile, asked())).toEqual({
      outcome: {
        kind: 'allowed',
        limits: {
          maxDays: 90,
          neverExpires: false,
          justificationMinLength: 20,
          ticket: { required: false, patterns: [] },
        },
        approvals: { ifRequesterCouldDecide: 1, otherwise: 1 },
        approvers: [],
      } satisfies GovernanceOutcome,
      trace: [{ rule: 'defaults', line: undefined, result: 'matched', why: 'no rule above covers the whole request' }],
    });
  });
});

describe('a rule that matches', () => {
  it('decides, and takes from the defaults what it does not say', () => {
    const outcome = allowed(rulesWith([production], { justificationMinLength: 33 }), asked());
    expect(outcome.approvals).toEqual({ ifRequesterCouldDecide: 2, otherwise: 2 });
    expect(outcome.approvers).toEqual([[security]]);
    expect(outcome.limits).toMatchObject({ maxDays: 30, justificationMinLength: 33, ticket: { required: true } });
  });

  it('keeps the default days for the category it does not name', () => {
    expect(allowed(rulesWith([production]), asked({ category: 'Mitigated' })).limits.maxDays).toBe(365);
  });

  it('ends the search, even before a refusal further down', () => {
    expect(results(rulesWith([production, never]), asked())).toEqual(['matched', 'not tried', 'not tried']);
    expect(evaluate(rulesWith([never, production]), asked()).outcome).toEqual({
      kind: 'denied',
      reasons: ['Disks are not negotiable.'],
    });
  });
});

describe('a rule that does not match says why', () => {
  it.each([
    [{ severity: ['low', 'medium'] as const }, 'the severity is high, not low or medium'],
    [{ category: ['Mitigated'] as const }, 'the category is waiver, not mitigated'],
    [{ recommendation: ['MFA*'] }, 'the recommendation is not “MFA*”'],
    [{ scope: ['mg:sandbox', 'sub:shop-test'] }, 'none of the requested scopes lies in mg:sandbox or sub:shop-test'],
    [{ resourceType: ['Microsoft.Storage/*'] }, 'the resources are not of type Microsoft.Storage/*'],
  ])('%j', (when, why) => {
    const { trace } = evaluate(rulesWith([rule('only 4', when, { deny: 'No.' })]), asked());
    expect(trace[0]).toEqual({ rule: 'only 4', line: 40, result: 'no match', why });
  });
});

describe('a severity in a rule', () => {
  const critical = asked({ recommendation: { ...asked().recommendation, severity: 'critical' } });
  const never = (severity: 'critical' | 'high' | 'medium') =>
    rulesWith([rule('only 4', { severity: [severity] }, { deny: 'No.' })]);

  it('means what is critical too where it says high, as before there was such a severity', () => {
    expect(evaluate(never('high'), critical).outcome.kind).toBe('denied');
  });

  it('means only what is critical where it says so', () => {
    expect(evaluate(never('critical'), critical).outcome.kind).toBe('denied');
    expect(evaluate(never('critical'), asked()).outcome.kind).toBe('allowed');
    expect(evaluate(never('medium'), critical).outcome.kind).toBe('allowed');
  });
});

describe('a scope in a rule', () => {
  it.each([
    'mg:LandingZones',
    'mg:Landing zones',
    landingZones,
    'sub:shop-prod',
    `sub:${shopProd.split('/')[2]!}`,
    'rg:RG-shop@shop-prod',
    shopGroup.toUpperCase(),
    vm1,
  ])('%s means what lies at or under it', (scope) => {
    expect(results(rulesWith([rule('only 1', { scope: [scope] }, {})]), asked())[0]).toBe('matched');
  });

  it.each([
    'rg:rg-sho@shop-prod',
    'rg:rg-shop@shop-test',
    `${shopGroup}/providers/Microsoft.Compute/virtualMachines/vm`,
  ])('%s is no match by half a name', (scope) => {
    expect(results(rulesWith([rule('only 1', { scope: [scope] }, {})]), asked())[0]).toBe('no match');
  });

  it('counts everywhere when nobody here knows its name, so that renaming a subscription escapes no rule', () => {
    const misspelt = rule('misspelt 1', { scope: ['sub:shop-prd'] }, { approvals: 3 });
    const easy = rule('misspelt 2', { scope: ['mg:sandbx'] }, { approvals: 0 });
    expect(allowed(rulesWith([misspelt, easy]), asked()).approvals.ifRequesterCouldDecide).toBe(3);
    expect(allowed(rulesWith([easy]), asked()).approvals.ifRequesterCouldDecide).toBe(1);
    expect(evaluate(rulesWith([easy]), asked()).trace[0]).toMatchObject({
      result: 'partly',
      why: expect.stringContaining('may apply to shop-prod / rg-shop / vm1') as string,
    });
  });

  it('may be the name of a subscription that cannot be seen, even when another has it', () => {
    const hierarchy = { ...contoso, subscriptions: contoso.subscriptions.filter(({ id }) => id !== shopProd) };
    const rules = rulesWith([rule('tests 1', { scope: ['sub:shop-test'] }, { deny: 'No.' })]);
    expect(evaluate(rules, asked({ hierarchy })).outcome.kind).toBe('denied');
    expect(evaluate(rules, asked()).outcome.kind).toBe('allowed');
  });

  it('means every subscription of that name, when there are two', () => {
    const hierarchy = {
      ...contoso,
      subscriptions: contoso.subscriptions.map((each) => ({ ...each, displayName: 'shop' })),
    };
    const both = rulesWith([rule('both 1', { scope: ['sub:shop'] }, { deny: 'No.' })]);
    for (const scope of [shopProd, shopTest, playground])
      expect(evaluate(both, asked({ hierarchy, scopes: [scope] })).outcome.kind).toBe('denied');
  });
});

describe('a request over several places', () => {
  const rules = rulesWith([production, sandboxes]);

  it('gets the strictest answer of all of them, not the first', () => {
    const outcome = allowed(rules, asked({ scopes: [playground, vm1] }));
    expect(outcome.approvals).toEqual({ ifRequesterCouldDecide: 2, otherwise: 2 });
    expect(outcome.limits.maxDays).toBe(30);
    expect(results(rules, asked({ scopes: [playground, vm1] }))).toEqual(['partly', 'partly', 'not tried']);
  });

  it('cannot get round a rule by asking for what contains its scope', () => {
    const outcome = allowed(rules, asked({ scopes: [root] }));
    expect(outcome.approvals.otherwise).toBe(2);
    expect(evaluate(rules, asked({ scopes: [root] })).trace[0]?.why).toMatch(/for Landing zones$/);
  });

  it('leaves to a lower rule only what a higher one did not settle', () => {
    const open = rule('open 1', { scope: ['sub:shop-prod'] }, { approvals: 0 });
    const closed = rule('closed 2', { scope: ['mg:landingzones'] }, { deny: 'No.' });
    expect(evaluate(rulesWith([open, closed]), asked()).outcome.kind).toBe('allowed');
    expect(evaluate(rulesWith([open, closed]), asked({ scopes: [vm1, shopTest] })).outcome.kind).toBe('denied');
  });

  it('needs an approver who stands in every list', () => {
    const own = rule(
      'own 2',
      { scope: ['mg:sandbox'] },
      { approvers: [{ kind: 'person', id: 'bbbbbbbb-0000-4000-8000-000000000001' }] },
    );
    expect(allowed(rulesWith([production, own]), asked({ scopes: [playground, vm1] })).approvers).toHaveLength(2);
  });
});

describe('a resource type in a rule', () => {
  const machines = rule('machines 1', { resourceType: ['microsoft.compute/*'] }, { approvals: 3 });
  const approvalsFor = (facts: Partial<GovernanceFacts>) =>
    allowed(rulesWith([machines]), asked(facts)).approvals.otherwise;

  it('is the type of the resource itself, and of the resources known under a wider scope', () => {
    expect(approvalsFor({ scopes: [vm1] })).toBe(3);
    expect(approvalsFor({ scopes: [sqlServer], resourceTypes: ['Microsoft.Compute/virtualMachines'] })).toBe(1);
    expect(approvalsFor({ scopes: [shopProd], resourceTypes: ['Microsoft.Compute/virtualMachines'] })).toBe(3);
    expect(approvalsFor({ scopes: [shopProd], resourceTypes: ['Microsoft.Sql/servers'] })).toBe(1);
  });

  it('counts besides other rules for a resource that holds others', () => {
    const servers = rule('servers 1', { resourceType: ['Microsoft.Sql/servers'] }, { approvals: 0 });
    const databases = rule('databases 2', { resourceType: ['Microsoft.Sql/servers/databases'] }, { deny: 'No.' });
    const rules = rulesWith([servers, databases]);
    const facts = asked({ scopes: [sqlServer], resourceTypes: ['Microsoft.Sql/servers'] });
    expect(evaluate(rules, facts).outcome.kind).toBe('allowed');
    const more = ['Microsoft.Sql/servers', 'Microsoft.Sql/servers/databases'];
    expect(evaluate(rules, { ...facts, resourceTypes: more }).outcome.kind).toBe('denied');
  });

  it('counts when no resource is known yet under the scope', () => {
    expect(approvalsFor({ scopes: [shopProd], resourceTypes: [] })).toBe(3);
  });
});

describe('approvals', () => {
  it('are zero only on the condition that the requester could decide; anybody else needs the default, at least one', () => {
    const inSandbox = asked({ scopes: [playground] });
    expect(allowed(rulesWith([sandboxes]), inSandbox).approvals).toEqual({ ifRequesterCouldDecide: 0, otherwise: 1 });
    expect(allowed(rulesWith([sandboxes], { approvals: 2 }), inSandbox).approvals.otherwise).toBe(2);
    expect(allowed(rulesWith([], { approvals: 0 }), inSandbox).approvals.otherwise).toBe(1);
  });

  it('grow by one above the blast radius', () => {
    const rules = rulesWith([sandboxes], { blastRadius: 50 });
    const over = (affectedResources: number) =>
      allowed(rules, asked({ scopes: [playground], affectedResources })).approvals;
    expect(over(50)).toEqual({ ifRequesterCouldDecide: 0, otherwise: 1 });
    expect(over(51)).toEqual({ ifRequesterCouldDecide: 1, otherwise: 2 });
  });
});

describe('a renewal', () => {
  const endless = { neverExpires: true } as const;

  it('may not last longer than the first exemption did, nor for ever', () => {
    expect(allowed(rulesWith([], endless), asked({ firstLasted: 14 })).limits).toMatchObject({
      maxDays: 14,
      neverExpires: false,
    });
  });

  it('may last as long as any other where the file says so, or where the first had no end', () => {
    const longer = rulesWith([], { ...endless, renewalsNeverLonger: false });
    expect(allowed(longer, asked({ firstLasted: 14 })).limits).toMatchObject({ maxDays: 90, neverExpires: true });
    expect(allowed(rulesWith([], endless), asked({ firstLasted: 'for ever' })).limits.neverExpires).toBe(true);
  });
});
