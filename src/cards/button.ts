import type { ActionData } from './actions.ts';

/** An action of a card, as Teams reads it. */
export type Button = Readonly<Record<string, unknown>>;

type ButtonOptions = {
  /** Stands in the overflow menu. */
  readonly secondary?: boolean;
  /** The one that most people will want; clients may highlight it. */
  readonly main?: boolean;
  /** Works whatever the inputs of the card hold, and sends none of them. */
  readonly withoutInputs?: boolean;
};

const looks = ({ secondary, main }: ButtonOptions): Button => ({
  ...(secondary === true ? { mode: 'secondary' } : {}),
  ...(main === true ? { style: 'positive' } : {}),
});

/** A click on it reaches the router with this data and the inputs of the card. */
export const action = (title: string, data: ActionData, options: ButtonOptions = {}): Button => ({
  type: 'Action.Submit',
  title,
  data,
  ...looks(options),
  ...(options.withoutInputs === true ? { associatedInputs: 'none' } : {}),
});

export const openPage = (title: string, url: string, options: Pick<ButtonOptions, 'secondary'> = {}): Button => ({
  type: 'Action.OpenUrl',
  title,
  url,
  ...looks(options),
});

type Question = { readonly id: string; readonly label: string; readonly required?: string };

/** Opens a small form of its own on the card, so that its field never blocks another button. `required` is the sentence shown when it is left empty. */
export const askFirst = (title: string, question: Question, submit: Button, options: ButtonOptions = {}): Button => ({
  type: 'Action.ShowCard',
  title,
  ...looks(options),
  card: {
    type: 'AdaptiveCard',
    body: [
      {
        type: 'Input.Text',
        id: question.id,
        label: question.label,
        isMultiline: true,
        maxLength: 1000,
        ...(question.required === undefined ? {} : { isRequired: true, errorMessage: question.required }),
      },
    ],
    actions: [submit],
  },
});
