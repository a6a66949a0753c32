import { readFileSync } from 'node:fs';
import type { Command } from '../../src/bot/command.ts';
import { findCommand } from '../../src/bot/find-command.ts';
import { commands } from '../../src/bot/routes.ts';

type Manifest = {
  readonly bots: readonly {
    readonly commandLists: readonly {
      readonly scopes: readonly string[];
      readonly commands: readonly { readonly title: string; readonly description: string }[];
    }[];
  }[];
};

const manifest = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8')) as Manifest;

/** The rows of a page's tables that begin with code: usage and description, with Markdown's escapes undone. */
const rowsOf = (page: string): (readonly [string, string])[] =>
  [...readFileSync(page, 'utf8').matchAll(/^\| `([^`]+)`\s*\| (.*?)\s*\|$/gm)].map(
    ([, usage = '', description = '']) => [usage.replaceAll('\\|', '|'), description],
  );

const offered = (menu: Command['menus'][number]) =>
  commands.filter(({ menus }) => menus.includes(menu)).map(({ name, description }) => ({ title: name, description }));

const listed = (scope: string) =>
  manifest.bots.flatMap(({ commandLists }) =>
    commandLists.filter(({ scopes }) => scopes.includes(scope)).flatMap((list) => list.commands),
  );

describe('the commands', () => {
  it('stand in docs/commands.md as the bot understands them', () => {
    expect(rowsOf('docs/commands.md')).toEqual(commands.map(({ usage, description }) => [usage, description]));
  });

  it('that the README starts with are six of these', () => {
    const first = rowsOf('README.md').map(([usage]) => findCommand(usage, commands));

    expect(first).toHaveLength(6);
    expect(first.filter(({ kind }) => kind !== 'found')).toEqual([]);
  });

  it.each([
    ['personal', 'personal'],
    ['channel', 'team'],
  ] as const)('offered in the %s menu are those of the Teams package', (menu, scope) => {
    expect(listed(scope)).toEqual(offered(menu));
  });

  it.each(['personal', 'team'])('fit the menu that Teams has for the %s scope', (scope) => {
    expect(listed(scope).length).toBeLessThanOrEqual(12);
    for (const { title, description } of listed(scope)) {
      expect(title.length).toBeLessThanOrEqual(32);
      expect(description.length).toBeLessThanOrEqual(128);
    }
  });

  it('each have a name of their own that their usage begins with', () => {
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
    expect(commands.filter(({ name, usage }) => !`${usage} `.startsWith(`${name} `))).toEqual([]);
  });
});
