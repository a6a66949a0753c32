import { checkGovernance } from '../../scripts/doctor/check-settings.ts';
import { rule, rulesWith } from '../core/governance-facts.ts';

it('the doctor names the successor of a recommendation that a rule names and Microsoft retired', () => {
  const rules = rulesWith([rule('Guests 3', { recommendation: ['fde1c0c9-0fd2-4ecc-87b5-98956cbc1095'] }, {})]);
  const told = checkGovernance(rules, 'rules.yaml').map((finding) => JSON.stringify(finding));
  expect(told.join('\n')).toContain('“Guests 3” names a recommendation that is gone');
  expect(told.join('\n')).toContain('422107c6-5b9a-46a6-bb1d-26ef1cc52d65');
  expect(checkGovernance(rulesWith([]), 'rules.yaml')).toHaveLength(1);
});
