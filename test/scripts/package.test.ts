import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import draft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { strFromU8, unzipSync } from 'fflate';
import { teamsPackage } from '../../scripts/package/teams-package.ts';
import { runScript } from './run-script.ts';

const botId = '22222222-2222-4222-8222-222222222222';
const manifest = readFileSync('appPackage/manifest.json', 'utf8');
const color = readFileSync('appPackage/color.png');
const outline = readFileSync('appPackage/outline.png');
const make = (changes: Partial<Parameters<typeof teamsPackage>[0]> = {}) =>
  teamsPackage({ manifest, color, outline, botId, ...changes });

/** Only this file of the package is used: its code does not load without a package that it does not name. */
const require = createRequire(import.meta.url);
const schema = require('@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json') as object;

/** What Teams itself would say of a manifest; empty when it is good. */
const complaints = (text: string): unknown[] => {
  const validator = new draft4.default({ strict: false, allErrors: true });
  formats.default(validator);
  const validate = validator.compile(schema);
  validate(JSON.parse(text));
  return validate.errors ?? [];
};

/** What the head of a PNG says: size, and whether it has an alpha channel (colour types 4 and 6). */
const picture = (png: Buffer) => ({
  signature: png.subarray(1, 4).toString('latin1'),
  width: png.readUInt32BE(16),
  height: png.readUInt32BE(20),
  alpha: [4, 6].includes(png.readUInt8(25)),
});

describe('the package for Teams', () => {
  it('holds the manifest and both icons at its root, and nothing else', () => {
    const files = unzipSync(make().zip);

    expect(Object.keys(files).toSorted()).toEqual(['color.png', 'manifest.json', 'outline.png']);
    expect(Buffer.from(files['color.png']!).equals(color)).toBe(true);
    expect(Buffer.from(files['outline.png']!).equals(outline)).toBe(true);
    expect(strFromU8(files['manifest.json']!)).toBe(make().manifest);
  });

  it('has a manifest that the published schema 1.29 accepts, with the id of the bot in it', () => {
    const made = JSON.parse(make().manifest) as { id: string; manifestVersion: string; bots: { botId: string }[] };

    expect(made).toMatchObject({ id: botId, manifestVersion: '1.29', bots: [{ botId }] });
    expect(complaints(make().manifest)).toEqual([]);
  });

  it.each([
    ['the manifest as it is in the repository', manifest],
    ['an unknown member', make().manifest.replace('"accentColor"', '"accentColour"')],
    [
      'an unknown scope',
      make().manifest.replace('"scopes": ["personal", "team", "groupChat"]', '"scopes": ["everywhere"]'),
    ],
  ])('would not pass with %s, so the schema is really asked', (_what, text) => {
    expect(complaints(text)).not.toEqual([]);
  });

  it('names the icons that it brings, in the sizes that Teams wants', () => {
    expect((JSON.parse(manifest) as { icons: unknown }).icons).toEqual({ color: 'color.png', outline: 'outline.png' });
    expect(picture(color)).toMatchObject({ signature: 'PNG', width: 192, height: 192 });
    expect(picture(outline)).toEqual({ signature: 'PNG', width: 32, height: 32, alpha: true });
  });

  it('carries the version of the product', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

    expect(JSON.parse(manifest)).toMatchObject({ version });
  });

  it('is the same file whenever it is made', () => {
    const modified = Buffer.from(make().zip).readUInt32LE(10);

    expect({ year: (modified >>> 25) + 1980, month: (modified >>> 21) & 15, time: modified & 0xffff }).toEqual({
      year: 2020,
      month: 1,
      time: 0,
    });
  });

  it('is not made without a real id, or with a hole left in the manifest', () => {
    expect(() => make({ botId: 'exemption-desk' })).toThrow('must be a GUID');
    expect(() => make({ manifest: `${manifest}\${{DOMAIN}}` })).toThrow('without a value: ${{DOMAIN}}');
  });
});

describe('npm run package', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemption-desk-package-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['an argument', ['--bot-id', botId], {}],
    ['the settings of the bot', [], { MICROSOFT_APP_ID: botId }],
  ])('takes the id of the bot from %s', async (_where, words, settings) => {
    const out = join(folder, 'made', 'desk.zip');
    const { code, said } = await runScript('package', [...words, '--out', out], settings);

    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining(`${out} is ready for Teams`) as unknown });
    expect(Buffer.from(make().zip).equals(await readFile(out))).toBe(true);
    await rm(join(folder, 'made'), { recursive: true });
  });

  it.each([
    ['no id', [], 'The id of the bot is missing'],
    ['a wrong id', ['--bot-id', 'desk'], 'must be a GUID'],
    ['an argument nobody knows', ['--bot', botId], "Unknown option '--bot'"],
  ])('says what is wrong with %s and makes nothing', async (_what, words, sentence) => {
    const { code, said } = await runScript('package', words, {});

    expect(code).toBe(2);
    expect(said).toContain(sentence);
    expect(said).toContain('Usage: npm run package');
  });
});
