import { worstFirst, type RecommendationStanding } from '../../../src/core/tenant/recommendation.ts';

const standing = (title: string, severity: RecommendationStanding['severity'], unhealthy: number) => ({
  key: title,
  title,
  severity,
  policyDefinitionId: undefined,
  unhealthy,
  exempted: 0,
});

it('lists recommendations worst first: severity, then how many resources, then the alphabet', () => {
  const list = [
    standing('Enable auditing', 'low', 900),
    standing('Encrypt disks', 'medium', 3),
    standing('Close ports', 'medium', 3),
    standing('Update machines', 'medium', 12),
    standing('Require MFA', 'high', 1),
    standing('Patch OpenSSL', 'critical', 1),
  ];
  const sorted = ['Patch OpenSSL', 'Require MFA', 'Update machines', 'Close ports', 'Encrypt disks', 'Enable auditing'];
  expect(list.toSorted(worstFirst).map(({ title }) => title)).toEqual(sorted);
  expect(
    list
      .toReversed()
      .sort(worstFirst)
      .map(({ title }) => title),
  ).toEqual(sorted);
});
