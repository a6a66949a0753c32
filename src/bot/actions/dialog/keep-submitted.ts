import { writtenFields, type ActionData } from '../../../cards/actions.ts';
import { action } from '../../../cards/card-action.ts';
import { refusedCard } from '../../../cards/refused-card.ts';
import { isRefusal } from '../../../core/governance-error.ts';
import { readPress } from '../../answer-turn.ts';
import type { Outcome } from '../../outcome.ts';

/** Everything that somebody wrote into a form, a paragraph each. */
const typedIn = ({ button, data }: NonNullable<ReturnType<typeof readPress>>): string => {
  const texts: Readonly<Record<string, unknown>> = data;
  return writtenFields(button.verb)
    .map((name) => String(texts[name]))
    .filter((text) => text !== '')
    .join('\n\n');
};

/**
 * The answer in a dialog to a press that failed. Whatever a dialog answers takes the place of the form in it, so that everything that was filled in
 * stands on the card, and the button to try again carries it where trying again may help. Undefined: there is nothing to keep.
 */
export const keepSubmitted = (submitted: unknown, error: unknown, sentence: string): Outcome | undefined => {
  const press = readPress(submitted);
  if (press === undefined) return undefined;
  const typed = typedIn(press);
  // A press that was refused has no “Try again”, because it would be refused again. The data is as it came, and is checked again like every press.
  const again = isRefusal(error) ? [] : [action('Try again', submitted as ActionData, { withoutInputs: true })];
  if (typed === '' && again.length === 0) return undefined;
  return {
    kind: 'replace',
    card: refusedCard({ title: 'That did not work', sentence, inputs: [], typed, actions: again }),
  };
};
