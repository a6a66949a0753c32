import fc from 'fast-check';
import { versionFor } from '../../../src/core/tenant/initiative-version.ts';

const all = ['1.2.9', '1.10.0', '1.9.5', '2.0.0', '1.11.0-preview', '1.3.0-preview', '1.3.1-deprecated'];

describe('the version of an initiative that an assignment uses', () => {
  it.each([
    ['1.*.*', '1.10.0'],
    ['1.*', '1.10.0'],
    ['1.9.*', '1.9.5'],
    ['1.9', '1.9.5'],
    ['1.*.*-preview', '1.11.0-preview'],
    ['1.3.*-PREVIEW', '1.3.1-deprecated'],
    ['1.3.*', '1.3.1-deprecated'],
    ['2.*.*', '2.0.0'],
    ['1.2.9', '1.2.9'],
    ['3.*.*', undefined],
    ['1.11.*', undefined],
    ['*.*.*', undefined],
    ['', undefined],
    ['newest', undefined],
  ])('%s is %s', (definitionVersion, expected) => {
    expect(versionFor(definitionVersion, all)).toBe(expected);
    expect(versionFor(definitionVersion, all.toReversed())).toBe(expected);
  });

  it('is a finished one before a preview of the same number, and never what has no known form', () => {
    expect(versionFor('1.3.*-preview', ['1.3.0', '1.3.0-preview', '1.3', 'x'])).toBe('1.3.0');
    expect(versionFor('1.3.*-preview', ['1.2.0', '1.3.0-preview'])).toBe('1.3.0-preview');
  });

  it('is the highest by numbers, not by letters', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(120), fc.nat(120)).map((numbers) => numbers.join('.'));
    const weight = (text: string) => text.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
    fc.assert(
      fc.property(fc.array(version), fc.nat(3), (versions, major) => {
        const found = versions.filter((each) => each.startsWith(`${major}.`)).map(weight);
        const chosen = versionFor(`${major}.*.*`, versions);
        expect(chosen === undefined ? -Infinity : weight(chosen)).toBe(Math.max(...found));
      }),
    );
  });
});
