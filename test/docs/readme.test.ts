import { readFileSync, statSync } from 'node:fs';
import { pages, textOf } from './pages.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('the README', () => {
  it('is read in a few minutes: less than 8 KB', () => {
    expect(statSync('README.md').size).toBeLessThan(8192);
  });
});

describe('the commands that pages tell to run', () => {
  it.each(pages)('are scripts of package.json (%s)', (page) => {
    const named = [...textOf([page]).matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, script = '']) => script);

    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});
