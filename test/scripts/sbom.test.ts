import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { shippedPackages } from '../../scripts/licences/shipped-packages.ts';

type Component = {
  readonly name: string;
  readonly version: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
};

const run = promisify(execFile);
const documented = /`npm (sbom [^`]+)`/.exec(readFileSync('docs/licences.md', 'utf8'))?.[1] ?? '';

describe('the list of packages for machines, as docs/licences.md says how to get it', () => {
  let components: readonly Component[];
  const isForDevelopment = ({ properties = [] }: Component): boolean =>
    properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
  const named = ({ name, version }: Component): string => `${name} ${version}`;

  beforeAll(async () => {
    const { stdout } = await run('npm', documented.split(' '), { maxBuffer: 64 * 1024 * 1024 });
    const list = JSON.parse(stdout) as { readonly bomFormat: string; readonly components: readonly Component[] };
    expect(list.bomFormat).toBe('CycloneDX');
    components = list.components;
  });

  it('names every package that is shipped, and does not mark it as one for development', () => {
    const shipped = new Set(components.filter((component) => !isForDevelopment(component)).map(named));
    const packages = shippedPackages(readFileSync('package-lock.json', 'utf8')).map(named);

    expect(packages.length).toBeGreaterThan(200);
    expect(packages.filter((name) => !shipped.has(name))).toEqual([]);
  });

  it('marks what only development needs', () => {
    const forDevelopment = components.filter(isForDevelopment).map(({ name }) => name);

    expect(forDevelopment).toEqual(expect.arrayContaining(['jest', 'typescript', 'eslint']));
    expect(forDevelopment).not.toContain('zod');
  });
});
