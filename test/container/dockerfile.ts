import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const lines = readFileSync('Dockerfile', 'utf8').split('\n');

/** What stands behind an instruction, for each time it is given. */
export const instruction = (name: string, among: readonly string[] = lines): string[] =>
  among.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));

/** The words of an instruction that holds a list. */
export const command = (text: string): string[] => JSON.parse(text.slice(text.indexOf('['))) as string[];

const patterns = readFileSync('.dockerignore', 'utf8').trim().split('\n');
const covers = (pattern: string, path: string): boolean =>
  pattern === '*' || path === pattern || path.startsWith(`${pattern}/`);

/** Whether docker sends a file to the build: the last line that matches decides. Understands whole names and `*` alone, and refuses anything else. */
export const isSent = (path: string): boolean => {
  const odd = patterns.find((pattern) => !/^(\*|!?[\w./-]+)$/.test(pattern));
  if (odd !== undefined) throw new Error(`This is not understood in .dockerignore: ${odd}`);
  return patterns.findLast((pattern) => covers(pattern.replace(/^!/, ''), path))?.startsWith('!') ?? true;
};

/** Copies into a folder what the last stage takes from the repository; fails where docker would, which is told of no file that is not sent. */
export const copyAsBuilt = (folder: string): void => {
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  for (const words of instruction('COPY', last)) {
    const [source = '', target = ''] = words.split(' ');
    if (source.startsWith('--from')) continue;
    if (!isSent(source)) throw new Error(`COPY failed: ${source} is left out by .dockerignore.`);
    const place = join(
      folder,
      target.endsWith('/') && !statSync(source).isDirectory() ? join(target, basename(source)) : target,
    );
    mkdirSync(dirname(place), { recursive: true });
    cpSync(source, place, { recursive: true, filter: isSent });
  }
};
