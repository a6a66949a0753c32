import type { Command } from './command.ts';
import { nearest } from '../core/nearest.ts';

export type FoundCommand =
  | {
      readonly kind: 'found';
      readonly command: Command;
      /** The other words, in order. */ readonly rest: string;
    }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown'; readonly nearest: string | undefined };

const without = (line: string, name: string): string | undefined => {
  const pattern = new RegExp(`(?:^|\\s)${name.replace(' ', '\\s+')}(?=\\s|$)`, 'i');
  return pattern.test(line) ? line.replace(pattern, ' ').replace(/\s+/g, ' ').trim() : undefined;
};

const startsWith = (line: string, name: string): boolean =>
  new RegExp(`^${name.replace(' ', '\\s+')}(?=\\s|$)`, 'i').test(line);

/** The command of a line: the one it begins with, otherwise one anywhere in it; longer names first. */
export const findCommand = (line: string, commands: readonly Command[]): FoundCommand => {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  const longestFirst = [...commands].sort((a, b) => b.name.length - a.name.length);
  const command =
    longestFirst.find(({ name }) => startsWith(text, name)) ??
    longestFirst.find(({ name }) => without(text, name) !== undefined);
  if (command !== undefined) return { kind: 'found', command, rest: without(text, command.name) ?? '' };
  return {
    kind: 'unknown',
    nearest: nearest(
      text.split(/\s+/)[0] ?? '',
      commands.map(({ name }) => name),
    ),
  };
};
