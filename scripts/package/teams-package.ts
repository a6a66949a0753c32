import { strToU8, zipSync } from 'fflate';

export type TeamsPackage = { readonly manifest: string; readonly zip: Uint8Array };

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The clock of a zip has no time zone; one fixed time makes equal packages equal byte by byte. */
const always = new Date(2020, 0, 1);

/** Inserts the id of the bot into the manifest and zips it with its icons as Teams requires. Throws Error with a sentence for the operator. */
export const teamsPackage = (parts: {
  readonly manifest: string;
  readonly color: Uint8Array;
  readonly outline: Uint8Array;
  readonly botId: string;
}): TeamsPackage => {
  if (!guid.test(parts.botId))
    throw new Error('The id of the bot must be a GUID: the application id of the Azure Bot.');
  const manifest = parts.manifest.replaceAll('${{MICROSOFT_APP_ID}}', parts.botId.toLowerCase());
  const [left] = /\$\{\{[^}]*\}\}/.exec(manifest) ?? [];
  if (left !== undefined) throw new Error(`The manifest has a placeholder without a value: ${left}.`);
  return {
    manifest,
    zip: zipSync(
      { 'manifest.json': strToU8(manifest), 'color.png': parts.color, 'outline.png': parts.outline },
      { mtime: always },
    ),
  };
};
