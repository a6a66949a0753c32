import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export type BicepFile = {
  readonly path: string;
  readonly text: string;
  /** Comments and descriptions blanked out. */
  readonly code: string;
  /** By name: whether the caller may leave it out. */
  readonly parameters: ReadonlyMap<string, { readonly optional: boolean }>;
  readonly outputs: readonly string[];
  readonly modules: readonly BicepModule[];
};

type BicepModule = { readonly symbol: string; readonly path: string; readonly given: readonly string[] };

const folder = 'infra';

const withoutComments = (text: string): string =>
  text.replaceAll(/^\s*\/\/.*$/gm, '').replaceAll(/^@description\('(?:[^'\\]|\\.)*'\)$/gm, '');

/** The text between the brace at `open` and the one that closes it. */
const block = (code: string, open: number): string => {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    if (code[at] === '{') depth += 1;
    if (code[at] === '}') depth -= 1;
    if (depth === 0) return code.slice(open + 1, at);
  }
  throw new Error(`No brace closes the one at ${open}`);
};

/** The names directly inside a block, without those of blocks in it. */
export const namesIn = (inside: string): string[] => {
  const names: string[] = [];
  let depth = 0;
  for (const line of inside.split('\n')) {
    const [, name] = /^\s*(\w+):/.exec(line) ?? [];
    if (depth === 0 && name !== undefined) names.push(name);
    depth += (line.match(/[{[(]/g)?.length ?? 0) - (line.match(/[}\])]/g)?.length ?? 0);
  }
  return names;
};

/** What follows `name:` and its opening brace. */
export const blockOf = (code: string, name: string): string => {
  const found = new RegExp(`\\b${name}: \\{`).exec(code);
  if (found === null) throw new Error(`There is no ${name}`);
  return block(code, found.index + found[0].length - 1);
};

const read = (path: string): BicepFile => {
  const text = readFileSync(path, 'utf8');
  const code = withoutComments(text);
  const parameters = [...code.matchAll(/^param (\w+) (?:[^={\n]|\{[^}\n]*\})+(=)?/gm)];
  const modules = [...code.matchAll(/^module (\w+) '([^']+)' = \{/gm)];
  return {
    path: relative(folder, path),
    text,
    code,
    parameters: new Map(parameters.map(([, name = '', equals]) => [name, { optional: equals !== undefined }])),
    outputs: [...code.matchAll(/^output (\w+) /gm)].map(([, name = '']) => name),
    modules: modules.map(({ index, 0: head, 1: symbol = '', 2: target = '' }) => ({
      symbol,
      path: relative(folder, join(dirname(path), target)),
      given: namesIn(blockOf(block(code, index + head.length - 1), 'params')),
    })),
  };
};

/** Every Bicep file of the installation. There is no Bicep compiler here: this reads as much as the tests ask for. */
export const bicepFiles: readonly BicepFile[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.bicep'))
  .map((name) => read(join(folder, name)));

export const bicepFile = (path: string): BicepFile => {
  const found = bicepFiles.find((file) => file.path === path);
  if (found === undefined) throw new Error(`There is no infra/${path}`);
  return found;
};
