import { readFileSync } from 'node:fs';
import { mirrorLives } from '../../src/core/mirror/mirror-lives.ts';
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

describe('the table of kept parts in docs/azure.md', () => {
  it('names every part, how often it is read and how long it is used', () => {
    const [, section = ''] = readFileSync('docs/azure.md', 'utf8').split('## What is kept for lists\n');
    const rows = [...section.split('\n## ')[0]!.matchAll(/^\| (?!part|-)(.+?) *\| (.+?) *\| (.+?) *\|$/gm)];
    expect(rows.map(([, ...cells]) => cells)).toEqual(
      Object.values(mirrorLives).map(({ what, every, usable }) => [what, inWords(every), inWords(usable)]),
    );
  });

  it('reads every part again before it is too old', () => {
    for (const { every, usable } of Object.values(mirrorLives)) expect(usable).toBeGreaterThan(every);
  });
});
