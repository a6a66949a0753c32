import { distinctTitles } from '../../../src/core/tenant/distinct-titles.ts';

const one = (key: string, title: string, policyDefinitionId?: string) => ({
  key: `${key}-0000`,
  title,
  severity: 'high' as const,
  policyDefinitionId,
});

it('tells recommendations of one title apart, as simply as it can', () => {
  expect(distinctTitles([one('11111111', 'Encrypt'), one('22222222', 'Encrypt', '/p'), one('3', 'Patch')])).toEqual([
    'Encrypt (cannot be exempted by policy)',
    'Encrypt (can be exempted by policy)',
    'Patch',
  ]);
  expect(distinctTitles([one('11111111', 'Encrypt'), { ...one('22222222', 'Encrypt'), severity: 'low' }])).toEqual([
    'Encrypt (high severity)',
    'Encrypt (low severity)',
  ]);
  expect(distinctTitles([one('11111111', 'Encrypt'), one('22222222', 'Encrypt')])).toEqual([
    'Encrypt (11111111)',
    'Encrypt (22222222)',
  ]);
});
