import type { ActionData } from '../../../cards/actions.ts';
import { action } from '../../../cards/card-action.ts';
import { refusedCard } from '../../../cards/refused-card.ts';
import { isRefusal } from '../../../core/governance-error.ts';
import { readPress } from '../../answer-turn.ts';
import type { Outcome } from '../../outcome.ts';

/** The fields of our forms that hold what people wrote themselves. */
const written = ['justification', 'reason', 'note', 'comment', 'said', 'why', 'purpose'];

const typedIn = (data: object): string => {
  const texts = Object.entries(data).filter(([name]) => written.includes(name));
  return texts.map(([, text]) => String(text)).find((text) => text !== '') ?? '';
};

/**
 * The answer in a dialog to a press that failed. Whatever a dialog answers takes the place of the form in it, so that everything that was filled in
 * stands on the card, and the button to try again carries it where trying again may help. Undefined: there is nothing to keep.
 */
export const keepSubmitted = (submitted: unknown, error: unknown, sentence: string): Outcome | undefined => {
  const press = readPress(submitted);
  if (press === undefined) return undefined;
  const typed = typedIn(press.data);
  // What was refused would be refused again. The data is as it came, and is checked again like every press.
  const again = isRefusal(error) ? [] : [action('Try again', submitted as ActionData, { withoutInputs: true })];
  if (typed === '' && again.length === 0) return undefined;
  return {
    kind: 'replace',
    card: refusedCard({ title: 'That did not work', sentence, inputs: [], typed, actions: again }),
  };
};
