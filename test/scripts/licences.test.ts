import { readFileSync } from 'node:fs';
import { shippedPackages } from '../../scripts/licences/shipped-packages.ts';

/** Free to use, change and pass on in a product of whatever licence. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

describe('the packages that are shipped', () => {
  const packages = shippedPackages(readFileSync('package-lock.json', 'utf8'));

  it('are all on the page about licences, and no others', () => {
    const page = readFileSync('docs/licences.md', 'utf8');
    expect(page).toContain(`installs ${packages.length} packages`);
    expect(packages.filter(({ name, version }) => !page.includes(`${name} ${version}`))).toEqual([]);
  });

  it('may be passed on with a product', () => {
    const doubtful = packages.filter(({ licence }) => {
      const choices = licence.replace(/[()]/g, '').split(/ OR /);
      return !choices.some((choice) => choice.split(/ AND /).every((each) => permissive.has(each)));
    });
    expect(doubtful).toEqual([]);
  });
});
