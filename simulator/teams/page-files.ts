import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import type { Answer, Routes } from './router.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'";

const pageFolder = new URL('page/', import.meta.url);
const require = createRequire(import.meta.url);

const file = async (path: string | URL): Promise<Answer> => {
  const contentType = contentTypes[extname(path.toString())] ?? 'application/octet-stream';
  const headers = {
    'content-type': contentType,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  };
  return { headers, content: await readFile(path) };
};

const pageFile = async (folder: string, name: string): Promise<Answer> =>
  /^[a-z-]+\.(js|css|svg)$/.test(name) ? file(new URL(`${folder}${name}`, pageFolder)) : { status: 404 };

/** The chat page itself: its few files, and the Adaptive Cards renderer out of node_modules. */
export const pageFiles: Routes = {
  'GET /': () => file(new URL('index.html', pageFolder)),
  'GET /page/:name': ({ param }) => pageFile('', param('name')),
  'GET /page/card/:name': ({ param }) => pageFile('card/', param('name')),
  'GET /page/theme/:name': ({ param }) => pageFile('theme/', param('name')),
  'GET /adaptivecards/adaptivecards.min.js': () => file(require.resolve('adaptivecards/dist/adaptivecards.min.js')),
  'GET /adaptivecards/adaptivecards.css': () => file(require.resolve('adaptivecards/dist/adaptivecards.css')),
};
