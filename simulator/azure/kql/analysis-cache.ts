import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { languageService, type Analysis } from './language-service.ts';
import type { Column } from './syntax-node.ts';

const folder = fileURLToPath(new URL('../../../node_modules/.cache/exemption-desk/kql/', import.meta.url));

/** Everything that an analysis depends on besides the query: the parser, the extracted parts, and the file format. */
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

/** Several processes share these files, so each is written as a whole or not at all. If nothing can be written, nothing is cached. */
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

/** The analysis of a query by the language service. Loading that takes seconds, so analyses are cached on this machine, next to the packages. */
export const analysisOf = (query: string, tables: ReadonlyMap<string, readonly Column[]>): Analysis => {
  const key = createHash('sha256').update(JSON.stringify([makers, query, ...tables]));
  const path = `${folder}${key.digest('hex')}`;
  const known = kept(path);
  if (known !== undefined) return known;
  const analysis = languageService().analyze(query, tables);
  keep(path, analysis);
  return analysis;
};
