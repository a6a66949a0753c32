import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length));

const written = ['src', 'simulator', 'scripts'].flatMap(filesIn);
const tests = filesIn('test');
const isData = (file: string): boolean => /\.(json|sql|png|svg)$/.test(file);

/** The tool writes one for each migration, and nobody looks for anything there. */
const isMigration = (file: string): boolean => file.startsWith('src/store/migrations/');

it('keeps every folder small enough to be seen at a glance', () => {
  const folders = Map.groupBy(
    [...written, ...tests].filter((file) => !isMigration(file)),
    dirname,
  );
  expect([...folders].filter(([, files]) => files.length > 25).map(([folder]) => folder)).toEqual([]);
});

it.each([
  { what: 'what is shipped or simulated', files: written, most: 250 },
  { what: 'tests', files: tests, most: 300 },
])('keeps files of $what at $most lines or fewer', ({ files, most }) => {
  const linesOf = (file: string): number => readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;
  expect(files.filter((file) => !isData(file) && linesOf(file) > most)).toEqual([]);
});

it('gives no two files of src one name, but for commands and buttons, which are called as what they do', () => {
  const named = written.filter((file) => file.startsWith('src/') && file.endsWith('.ts'));
  const others = named.filter((file) => !/^src\/bot\/(commands|actions)\//.test(file));
  const twins = [...Map.groupBy(others, (file) => basename(file)).values()].filter((files) => files.length > 1);
  expect(twins).toEqual([]);
});
