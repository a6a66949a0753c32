import { schemas, type Pressed, type Verb } from '../cards/actions.ts';
import type { Desk } from '../workflow/desk.ts';
import type { Outcome } from './outcome.ts';
import type { Turn } from './turn.ts';

export type Button<V extends Verb = Verb> = {
  readonly verb: V;
  /** Checks what a press brings. */
  readonly schema: (typeof schemas)[V];
  /** Whether it asks for, decides or takes back something: refused while the bot only reads. */
  readonly changes: boolean;
  readonly run: (desk: Desk, turn: Turn, data: Pressed<V>) => Promise<Outcome>;
};

/** The button of a verb, with the schema that the cards draw it by. */
export const button = <V extends Verb>(verb: V, { changes, run }: Pick<Button<V>, 'changes' | 'run'>): Button<V> => ({
  verb,
  schema: schemas[verb],
  changes,
  run,
});
