import type { FilterKey } from '../core/typed/filter-problem.ts';
import type { Desk } from '../workflow/desk.ts';
import type { Outcome } from './outcome.ts';
import type { ParsedLine } from './parse-line.ts';
import type { GuestUse } from '../core/access/guest-rights.ts';
import type { Turn } from './turn.ts';

type CommandInput = ParsedLine & {
  /** The text after the name of the command, as typed. */
  readonly rest: string;
};

export type Command = {
  /** One word, or two (`approvals here`). */
  readonly name: string;
  /** The notation with arguments, for help. */
  readonly usage: string;
  readonly description: string;
  /** The filters that it takes; any other is refused with a question. Undefined: its words are free text. */
  readonly filters?: readonly FilterKey[];
  /** Where Teams offers it in its menu. */
  readonly menus: readonly ('personal' | 'channel')[];
  /** Whether it requests, decides or takes back something; refused while Exemption Desk is read-only. */
  readonly changes: boolean;
  /** What it is for a guest of the organisation. */
  readonly guests: GuestUse;
  readonly run: (desk: Desk, turn: Turn, input: CommandInput) => Promise<Outcome>;
};
