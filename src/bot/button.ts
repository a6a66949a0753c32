import { schemas, type Pressed, type Verb } from '../cards/actions.ts';
import type { Desk } from '../workflow/desk.ts';
import type { Outcome } from './outcome.ts';
import type { GuestUse } from '../core/access/guest-rights.ts';
import type { Turn } from './turn.ts';

export type Button<V extends Verb = Verb> = {
  readonly verb: V;
  /** Checks the data of a press. */
  readonly schema: (typeof schemas)[V];
  /** Whether it requests, decides or takes back something; refused while Exemption Desk is read-only. */
  readonly changes: boolean;
  /** What it is for a guest of the organisation. What a button says with `say` is judged by its command. */
  readonly guests: GuestUse;
  /**
   * opens: shows something to whoever pressed, and from a card that a channel shares to them alone (disclose.ts). acts: does something, and
   * the card that was pressed shows it to everybody.
   */
  readonly does: 'opens' | 'acts';
  /** Whether a dialog may be opened with it. Within a dialog every button works. */
  readonly opensDialog: boolean;
  readonly run: (desk: Desk, turn: Turn, data: Pressed<V>) => Promise<Outcome>;
};

/** The button of a verb, with the schema that cards use to draw it. */
export const button = <V extends Verb>(
  verb: V,
  {
    changes,
    guests,
    does,
    opensDialog = false,
    run,
  }: Pick<Button<V>, 'changes' | 'guests' | 'does' | 'run'> & Partial<Pick<Button<V>, 'opensDialog'>>,
): Button<V> => ({
  verb,
  schema: schemas[verb],
  changes,
  guests,
  does,
  opensDialog,
  run,
});
