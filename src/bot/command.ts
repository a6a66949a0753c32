import type { Desk } from '../workflow/desk.ts';
import type { Outcome } from './outcome.ts';
import type { ParsedLine } from './parse-line.ts';
import type { Turn } from './turn.ts';

type CommandInput = ParsedLine & {
  /** What follows the command's name, as typed. */
  readonly rest: string;
};

export type Command = {
  /** One word, or two (`approvals here`). */
  readonly name: string;
  /** How it is written, with its arguments. */
  readonly usage: string;
  readonly description: string;
  /** Where Teams offers it in its menu. */
  readonly menus: readonly ('personal' | 'channel')[];
  /** Whether it asks for, decides or takes back something: refused while the bot only reads. */
  readonly changes: boolean;
  readonly run: (desk: Desk, turn: Turn, input: CommandInput) => Promise<Outcome>;
};
