import { readFileSync } from 'node:fs';
import { variableNames } from '../src/config.ts';

describe('the settings in the README', () => {
  it('are those that the configuration reads, no more and no less', () => {
    const [, table = ''] = readFileSync('README.md', 'utf8').split('## Run it for real');
    const rows = table.split('\n').filter((line) => line.startsWith('| `'));
    const named = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
    );

    expect(named.toSorted()).toEqual(variableNames.toSorted());
  });
});
