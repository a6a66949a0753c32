import { readdirSync } from 'node:fs';
import { textOf } from './pages.ts';

const decisions = readdirSync('docs/decisions').filter((name) => name !== 'README.md');
const [, ...rows] = textOf(['docs/decisions/README.md'])
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| --'));
const listed = rows.map((row) => /^\| \[[^\]]+\]\(([^)]+)\) \| \S.* \|$/.exec(row)?.[1]);

describe('the decisions', () => {
  it('stand in the index with one line each, the newest day first', () => {
    expect(listed.toSorted()).toEqual(decisions.toSorted());
    const days = listed.map((name) => name?.slice(0, 10));
    expect(days).toEqual(days.toSorted().toReversed());
  });

  it.each(decisions)('say their day first (%s)', (name) => {
    const [heading = ''] = textOf([`docs/decisions/${name}`]).split('\n');
    expect(heading).toMatch(/^# \d{4}-\d{2}-\d{2}: \S/);
    expect(heading.slice(2, 12)).toBe(name.slice(0, 10));
  });
});
