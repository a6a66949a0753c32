import { readFileSync } from 'node:fs';
import { textOf } from './pages.ts';

const changelog = textOf(['CHANGELOG.md']);
const versionIn = (path: string): unknown =>
  (JSON.parse(readFileSync(path, 'utf8')) as Record<'version', unknown>).version;
/** Heading and content of each release, the newest first. */
const [, unreleased = '', ...releases] = changelog.split(/^## /m);

describe('the changelog', () => {
  it('has what is not released yet first, then releases with a version and a day, the newest first', () => {
    expect(unreleased).toMatch(/^\[Unreleased\]\n/);
    const headings = releases.map((text) => /^\[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})\n/.exec(text));
    expect(headings).not.toContain(null);
    const versions = headings.map((heading) => heading?.[1] ?? '');
    expect(versions).toEqual(versions.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })));
  });

  it('sorts changes by the kinds of Keep a Changelog', () => {
    const kinds = [...changelog.matchAll(/^### (.+)$/gm)].map(([, kind = '']) => kind);
    expect(kinds.length).toBeGreaterThan(3);
    expect(kinds.filter((kind) => !/^(Added|Changed|Deprecated|Removed|Fixed|Security)$/.test(kind))).toEqual([]);
  });

  it('begins with the version of the package and of the Teams package', () => {
    const [newest = ''] = releases;
    for (const file of ['package.json', 'package-lock.json', 'appPackage/manifest.json'])
      expect(newest).toContain(`[${String(versionIn(file))}]`);
  });
});
