import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { languageService, type Analysis } from './language-service.ts';
import type { Column } from './syntax-node.ts';

const folder = fileURLToPath(new URL('../../../node_modules/.cache/exemption-desk/kql/', import.meta.url));

/** All that an analysis depends on besides the query: the parser, what is taken from it, and how it is kept. */
const makers = [
  createRequire(import.meta.url)('@kusto/language-service-next/package.json') as { readonly version: string },
  readFileSync(new URL('./language-service.ts', import.meta.url), 'utf8'),
  process.version,
];

const kept = (path: string): Analysis | undefined => {
  try {
    return deserialize(readFileSync(path)) as Analysis;
  } catch {
    return undefined;
  }
};

/** Others read and write the same files, so one appears as a whole or not at all; where nothing can be written, nothing is kept. */
const keep = (path: string, analysis: Analysis): void => {
  try {
    mkdirSync(folder, { recursive: true });
    const draft = `${path}.${randomUUID()}`;
    writeFileSync(draft, serialize(analysis));
    renameSync(draft, path);
  } catch {
    return;
  }
};

/** What the language service finds in a query. To load it takes seconds, so what it once found is kept on this machine, beside the packages. */
export const analysisOf = (query: string, tables: ReadonlyMap<string, readonly Column[]>): Analysis => {
  const key = createHash('sha256').update(JSON.stringify([makers, query, ...tables]));
  const path = `${folder}${key.digest('hex')}`;
  const known = kept(path);
  if (known !== undefined) return known;
  const analysis = languageService().analyze(query, tables);
  keep(path, analysis);
  return analysis;
};
