import { rulesHere } from '../../../src/core/governance/rules-here.ts';
import { withoutFile } from '../../../src/core/governance/governance-rules.ts';
import { landingZones, playground, shopGroup, vm1 } from '../contoso.ts';
import { asked, rule, rulesWith } from '../governance-facts.ts';

const security = { kind: 'group', id: '0f8fad5b-d9cb-469f-a165-70867728950e' } as const;
const change = { pattern: 'CHG[0-9]{7}', example: 'CHG0012345' };
const production = rule(
  'production 1',
  { scope: ['mg:landingzones'] },
  { approvals: 2, approvers: [security], maxDays: { Waiver: 30 }, ticket: change },
);

describe('the rules for the chosen scopes', () => {
  it('are those of the file for each category', () => {
    const rules = rulesWith([rule('never 1', { category: ['Mitigated'] }, { deny: 'Nothing is mitigated.' })]);
    expect(rulesHere(rules, asked())).toEqual({
      Waiver: {
        kind: 'allowed',
        maxDays: { value: 90, from: undefined },
        neverExpires: false,
        justificationMinLength: { value: 20, from: undefined },
        ticket: { value: { required: false, patterns: [] }, from: undefined },
        approvals: { value: { ifRequesterCouldDecide: 1, otherwise: 1 }, from: undefined },
        approvers: [],
      },
      Mitigated: { kind: 'denied', reasons: { value: ['Nothing is mitigated.'], from: undefined } },
    });
  });

  it('are the strictest of several scopes, with the scope that they come from', () => {
    const { Waiver } = rulesHere(rulesWith([production]), asked({ scopes: [playground, vm1] }));
    expect(Waiver).toMatchObject({
      maxDays: { value: 30, from: vm1 },
      justificationMinLength: { value: 20, from: undefined },
      ticket: { value: { required: true, patterns: [change] }, from: vm1 },
      approvals: { value: { otherwise: 2 }, from: vm1 },
      approvers: [{ value: [security], from: vm1 }],
    });
  });

  it('name the scope that a refusal comes from', () => {
    const rules = rulesWith([rule('never 1', { scope: ['mg:landingzones'] }, { deny: 'Not here.' })]);
    expect(rulesHere(rules, asked({ scopes: [playground, shopGroup] })).Waiver).toEqual({
      kind: 'denied',
      reasons: { value: ['Not here.'], from: shopGroup },
    });
  });

  it('name no scope for what all say, nor for an approval that only their number makes necessary', () => {
    const scopes = [landingZones, vm1];
    const { Waiver } = rulesHere(rulesWith([production]), asked({ scopes }));
    expect(Waiver).toMatchObject({ maxDays: { value: 30, from: undefined } });
    const many = rulesHere(rulesWith([], { blastRadius: 10 }), asked({ scopes, affectedResources: 11 }));
    expect(many.Waiver).toMatchObject({ approvals: { value: { otherwise: 2 }, from: undefined } });
  });

  it('name the scope among the first 200 where there are more', () => {
    const many = Array.from({ length: 350 }, (_, index) => `${playground}/resourceGroups/rg-${index}`);
    const from = (scopes: readonly string[]) => {
      const { Waiver } = rulesHere(rulesWith([production]), asked({ scopes }));
      return Waiver.kind === 'allowed' ? Waiver.maxDays : undefined;
    };
    expect(from([vm1, ...many])).toEqual({ value: 30, from: vm1 });
    expect(from([...many, vm1])).toEqual({ value: 30, from: undefined });
  });

  it('need no file', () => {
    expect(rulesHere(withoutFile, asked()).Mitigated).toMatchObject({ maxDays: { value: 365 } });
  });
});
