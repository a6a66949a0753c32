import type { ActionData } from './actions.ts';

/** An action of a card, as Teams reads it. */
export type CardAction = Readonly<Record<string, unknown>>;

export type ButtonOptions = {
  /** Stands in the overflow menu. */
  readonly secondary?: boolean;
  /** The one that most people will want; clients may highlight it. */
  readonly main?: boolean;
  /** Works whatever the inputs of the card hold, and sends none of them. */
  readonly withoutInputs?: boolean;
};

const looks = ({ secondary, main }: ButtonOptions): CardAction => ({
  ...(secondary === true ? { mode: 'secondary' } : {}),
  ...(main === true ? { style: 'positive' } : {}),
});

/** A click on it reaches the router with this data and the inputs of the card. */
export const action = (title: string, data: ActionData, options: ButtonOptions = {}): CardAction => ({
  type: 'Action.Submit',
  title,
  data,
  ...looks(options),
  ...(options.withoutInputs === true ? { associatedInputs: 'none' } : {}),
});

export const openPage = (title: string, url: string, options: Pick<ButtonOptions, 'secondary'> = {}): CardAction => ({
  type: 'Action.OpenUrl',
  title,
  url,
  ...looks(options),
});

/** An input of a small form; its id names what it sends. */
export type Input = Readonly<Record<string, unknown>>;

/** `required` is the sentence shown when it is left empty. */
export const textInput = (id: string, label: string, required?: string): Input => ({
  type: 'Input.Text',
  id,
  label,
  isMultiline: true,
  maxLength: 1000,
  ...(required === undefined ? {} : { isRequired: true, errorMessage: required }),
});

/** Days as `2026-12-31`. */
export const dateInput = (
  id: string,
  label: string,
  days: { readonly min: string; readonly max: string | undefined; readonly value: string },
): Input => ({ type: 'Input.Date', id, label, ...days });

export type Choice = { readonly title: string; readonly value: string };

export const choicesInput = (
  id: string,
  label: string,
  choices: readonly Choice[],
  ticked: readonly string[],
): Input => ({
  type: 'Input.ChoiceSet',
  id,
  label,
  style: 'expanded',
  isMultiSelect: true,
  wrap: true,
  choices,
  value: ticked.join(','),
});

/** Opens a small form of its own on the card, so that its fields never block another button. */
export const askFirst = (
  title: string,
  inputs: readonly Input[],
  submit: CardAction,
  options: ButtonOptions & { readonly explanation?: string } = {},
): CardAction => ({
  type: 'Action.ShowCard',
  title,
  ...looks(options),
  card: {
    type: 'AdaptiveCard',
    body: [
      ...(options.explanation === undefined ? [] : [{ type: 'TextBlock', text: options.explanation, wrap: true }]),
      ...inputs,
    ],
    actions: [submit],
  },
});
