import {
  bySeverityRank,
  meansSeverity,
  severities,
  severityOf,
  worstSeverity,
} from '../../../src/core/tenant/severity.ts';

describe('a severity', () => {
  it.each([
    ['Critical', 'critical'],
    ['HIGH', 'high'],
    ['medium', 'medium'],
    ['Low', 'low'],
    ['Urgent', 'high'],
    ['', 'high'],
  ])('%s of Defender is %s', (text, expected) => {
    expect(severityOf(text)).toBe(expected);
  });

  it('ranks from critical to low', () => {
    expect(severities.toReversed().sort(bySeverityRank)).toEqual(['critical', 'high', 'medium', 'low']);
  });

  it('is the worst of several', () => {
    expect(worstSeverity(['low', undefined, 'critical', 'high'])).toBe('critical');
    expect(worstSeverity([undefined])).toBeUndefined();
  });

  it('said as high means what is critical too, every other one only itself', () => {
    const meant = severities.map((said) => severities.filter((each) => meansSeverity(said, each)));
    expect(meant).toEqual([['critical'], ['critical', 'high'], ['medium'], ['low']]);
  });
});
