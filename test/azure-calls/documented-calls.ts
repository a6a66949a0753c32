import { readFileSync } from 'node:fs';
import type { SeenCall } from './calls-folder.ts';

type DocumentedCall = SeenCall & { readonly permissions: readonly string[] };

const page = readFileSync(new URL('../../docs/azure.md', import.meta.url), 'utf8');

const codes = (cell: string | undefined): string[] =>
  [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

const rowsUnder = (heading: string): string[][] => {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  const lines = table.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) => line.split('|').slice(1, -1));
};

/** The rows of docs/azure.md's table of calls. */
export const documentedCalls = (): DocumentedCall[] =>
  rowsUnder('The calls').map(([call, apiVersion, , permissions]) => ({
    call: codes(call)[0] ?? '',
    apiVersion: codes(apiVersion)[0] ?? '',
    permissions: codes(permissions),
  }));

/** The rows of docs/azure.md's table of Resource Graph queries. */
export const documentedQueries = (): { file: string; permissions: readonly string[] }[] =>
  rowsUnder('The questions to Resource Graph').map(([file, , , permissions]) => ({
    file: codes(file)[0] ?? '',
    permissions: codes(permissions),
  }));

/** The role that docs/azure.md quotes. */
export const documentedRole = (): unknown => JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? 'null');

// ARM does not care about casing, nor do we in ids that Azure itself answered; a tenant-wide scope is an empty one.
export const nameOf = ({ call, apiVersion }: SeenCall): string =>
  `${call.replace('{scope}/', '/')} ${apiVersion}`.toLowerCase();

/** The calls of one list that another one has not, in words. */
export const missingFrom = (there: readonly SeenCall[], here: readonly SeenCall[]): string[] => {
  const known = new Set(there.map(nameOf));
  return [
    ...new Map(
      here.filter((each) => !known.has(nameOf(each))).map((each) => [nameOf(each), `${each.call} ${each.apiVersion}`]),
    ).values(),
  ];
};

/** A call at a version later than every documented one is one at the newest, where the page says that the product asks for that. */
export const atDocumentedVersion = <Call extends SeenCall>(call: Call, documented: readonly SeenCall[]): Call => {
  const alike = documented.filter(
    (each) => nameOf({ ...each, apiVersion: '' }) === nameOf({ ...call, apiVersion: '' }),
  );
  const isLater = alike.every(({ apiVersion }) => apiVersion === 'newest' || apiVersion < call.apiVersion);
  return isLater && alike.some(({ apiVersion }) => apiVersion === 'newest') ? { ...call, apiVersion: 'newest' } : call;
};
