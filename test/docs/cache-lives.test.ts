import { readFileSync } from 'node:fs';
import { cacheLives } from '../../src/core/cache-lives.ts';
import { filesUnder, textOf } from './pages.ts';

const inWords = (minutes: number): string =>
  minutes < 1 ? `${minutes * 60} seconds` : minutes === 1 ? '1 minute' : `${minutes} minutes`;

describe('the table of cached answers in docs/azure.md', () => {
  it('names every cache with its life', () => {
    const [, section = ''] = readFileSync('docs/azure.md', 'utf8').split('## How long lists use an answer\n');
    const rows = [...section.split('\n## ')[0]!.matchAll(/^\| (?!answer|-)(.+?) *\| (.+?) *\|$/gm)].map(
      ([, answer, life]) => [answer, life],
    );
    expect(rows).toEqual(Object.entries(cacheLives).map(([answer, minutes]) => [answer, inWords(minutes)]));
  });

  it('promises that no list is older than five minutes', () => {
    expect(Math.max(...Object.values(cacheLives))).toBeLessThanOrEqual(5);
  });

  it('holds every cache of the adapters: each life is used, and none is given elsewhere', () => {
    const source = textOf([...filesUnder('src/azure', '.ts'), ...filesUnder('src/bot', '.ts')]);
    const used = [...source.matchAll(/\bwhat: '([^']+)',\s+now/g)].map(([, what]) => what);
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(cacheLives).toSorted());
    expect(source.match(/\w+Minutes = /g)).toBeNull();
  });
});
