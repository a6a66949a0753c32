import { existsSync, readdirSync } from 'node:fs';
import { pages, textOf } from './pages.ts';

/** What stands at the top of the repository and can begin a path. */
const roots = readdirSync('.').filter((name) => !name.startsWith('.') && name !== 'node_modules');
const beginsHere = (path: string): boolean => roots.some((root) => path === root || path.startsWith(`${root}/`));

/** Made when somebody runs something. */
const made = new Set(['infra/ours.bicepparam', 'appPackage/build/exemption-desk.zip']);

/** The paths that a page writes as code, such as `src/app.ts`; patterns with a star are not looked up. */
const pathsIn = (page: string): string[] =>
  [...textOf([page]).matchAll(/(?<!`)`([\w@.-]+(?:\/[\w@.-]+)+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => beginsHere(path) && !made.has(path));

describe('the files and folders that pages name', () => {
  it.each(pages.filter((page) => page !== 'CHANGELOG.md'))('are there (%s)', (page) => {
    expect(pathsIn(page).filter((path) => !existsSync(path))).toEqual([]);
  });

  it('are many in ARCHITECTURE.md', () => {
    expect(pathsIn('ARCHITECTURE.md').length).toBeGreaterThan(25);
  });
});
