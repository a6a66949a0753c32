import { shadowedBy } from '../../../src/core/governance/governance-shadow.ts';
import { rule, type When } from '../governance-facts.ts';

const above = (first: When, second: When): string | undefined => {
  const rules = [rule('first 1', first, {}), rule('second 2', second, {})];
  return shadowedBy(rules[1]!, rules)?.name;
};

describe('a rule that can never decide', () => {
  it.each<[When, When]>([
    [{}, { severity: ['high'] }],
    [{ severity: ['high'] }, { severity: ['critical'] }],
    [{ severity: ['high'] }, { severity: ['critical', 'high'] }],
    [{ severity: ['high', 'low'] }, { severity: ['low'], scope: ['mg:sandbox'] }],
    [{ scope: ['mg:sandbox'] }, { scope: ['mg:Sandbox'] }],
    [{ recommendation: ['*MFA*'] }, { recommendation: ['MFA should be enabled'] }],
  ])('stands below one with the same or wider conditions: %j above %j', (first, second) => {
    expect(above(first, second)).toBe('first 1');
  });

  it.each<[When, When]>([
    [{ severity: ['high'] }, {}],
    [{ severity: ['critical'] }, { severity: ['high'] }],
    [{ severity: ['high'] }, { severity: ['high', 'low'] }],
    [{ category: ['Waiver'] }, { severity: ['high'] }],
    [{ recommendation: ['MFA should be enabled'] }, { recommendation: ['*MFA*'] }],
  ])('is not suspected without need: %j above %j', (first, second) => {
    expect(above(first, second)).toBeUndefined();
  });
});
