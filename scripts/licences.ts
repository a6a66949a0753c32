import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { licencePage, shippedPackages } from './licences/shipped-packages.ts';

const page = licencePage(shippedPackages(await readFile('package-lock.json', 'utf8')));
await writeFile('docs/licences.md', await format(page, { parser: 'markdown' }));
