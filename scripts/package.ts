import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { teamsPackage } from './package/teams-package.ts';

const usage = `Usage: npm run package [-- --bot-id GUID] [--out FILE]
  makes the package for Teams; without --bot-id the setting MICROSOFT_APP_ID counts,
  without --out it goes to appPackage/build/exemption-desk.zip
Exit code: 0 made, 2 not made.`;

const inRepository = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const make = async (botId: string, path: string): Promise<void> => {
  const { zip } = teamsPackage({
    botId,
    manifest: await readFile(inRepository('appPackage/manifest.json'), 'utf8'),
    color: await readFile(inRepository('appPackage/color.png')),
    outline: await readFile(inRepository('appPackage/outline.png')),
  });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, zip);
  console.log(`${path} is ready for Teams; docs/install.md says where to upload it.`);
};

try {
  const { values } = parseArgs({ options: { 'bot-id': { type: 'string' }, out: { type: 'string' } } });
  const botId = values['bot-id'] ?? process.env.MICROSOFT_APP_ID ?? '';
  if (botId === '') throw new Error('The id of the bot is missing: pass --bot-id GUID, or set MICROSOFT_APP_ID.');
  await make(botId, values.out ?? inRepository('appPackage/build/exemption-desk.zip'));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exitCode = 2;
}
