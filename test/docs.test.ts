import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const read = (path: string): string => readFileSync(path, 'utf8');
const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...filesUnder('docs', '.md')];
const source = [...filesUnder('src', '.ts'), ...filesUnder('scripts', '.ts')].map(read).join('\n');

/** Cells of the tables of a page, row by row, without heads and rulers. */
const rowsOf = (page: string): string[][] =>
  read(page)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| --'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe('the documentation', () => {
  it.each(pages)('leads nowhere that does not exist (%s)', (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target ?? '');
    const missing = targets.filter((target) => !/^https?:/.test(target) && !existsSync(join(dirname(page), target)));
    expect(missing).toEqual([]);
  });

  it('is found from the README, every page of it', () => {
    const readme = read('README.md') + read('ARCHITECTURE.md');
    const lost = readdirSync('docs').filter((name) => name.endsWith('.md') && !readme.includes(`docs/${name}`));
    expect(lost).toEqual([]);
  });

  it('explains messages that people really read', () => {
    const messages = rowsOf('docs/troubleshooting.md').flatMap(([cell]) => /^`(.+)`$/.exec(cell ?? '')?.[1] ?? []);
    expect(messages.length).toBeGreaterThan(15);
    expect(messages.filter((message) => !source.includes(message))).toEqual([]);
  });

  it('names for each threat a test that there is', () => {
    const named = rowsOf('docs/security.md').flatMap(([, , cell]) => {
      const [, file, name = ''] = /^`(test\/[^`]+)`(?:: `(.+)`)?$/.exec(cell ?? '') ?? [];
      return file === undefined ? [] : [{ file, name }];
    });
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ file, name }) => !existsSync(file) || !read(file).includes(name))).toEqual([]);
  });

  it('names metrics that there are', () => {
    const metrics = [...read('docs/operate.md').matchAll(/exemption_desk_([a-z_]+)/g)].map(([, name = '']) => name);
    const known = read('src/metrics.ts');
    expect(metrics.filter((name) => !known.includes(`'${name.replace(/_count$/, '')}'`))).toEqual([]);
  });
});
