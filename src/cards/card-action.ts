import type { ActionData } from './actions.ts';

/** An action of an Adaptive Card. */
export type CardAction = Readonly<Record<string, unknown>>;

export type ButtonOptions = {
  /** Shown in the overflow menu. */
  readonly secondary?: boolean;
  /** The action that most people want; clients may highlight it. */
  readonly main?: boolean;
  /** Teams does not say “Your response was sent to the app” below the card: it pages or filters, and the card itself answers. */
  readonly turnsPage?: boolean;
  /** Works even if required inputs of the card are empty, and sends no inputs. */
  readonly withoutInputs?: boolean;
};

const looks = ({ secondary, main }: ButtonOptions): CardAction => ({
  ...(secondary === true ? { mode: 'secondary' } : {}),
  ...(main === true ? { style: 'positive' } : {}),
});

/** The name of a row that can be clicked: whoever hears the card hears all of the row that others see. */
export const rowName = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('. ');

/** A button. A press sends this data and the inputs of the card to the bot. */
export const action = (title: string, data: ActionData, options: ButtonOptions = {}): CardAction => ({
  type: 'Action.Submit',
  title,
  data,
  ...looks(options),
  ...(options.withoutInputs === true ? { associatedInputs: 'none' } : {}),
  // Beside the data; Teams does not look for it inside.
  ...(options.turnsPage === true ? { msteams: { feedback: { hide: true } } } : {}),
});

/** A button that says a command for the person. The answer is a message of its own, so that the card stays. */
export const saying = (title: string, command: string, options: ButtonOptions = {}): CardAction =>
  action(title, { verb: 'say', command, beside: true }, options);

/**
 * A button that opens a dialog, which only whoever presses it sees. Clients without dialogs need another way to the same, and so does whoever
 * rather has it in a chat. The press brings the inputs of the card, like that of any button.
 */
export const openDialog = (title: string, data: ActionData, options: ButtonOptions = {}): CardAction => ({
  ...action(title, data, options),
  data: { ...data, msteams: { type: 'task/fetch' } },
});

export const openPage = (title: string, url: string, options: Pick<ButtonOptions, 'secondary'> = {}): CardAction => ({
  type: 'Action.OpenUrl',
  title,
  url,
  ...looks(options),
});

/** An input of a small form. Its id is the name of the value that it sends. */
export type Input = Readonly<Record<string, unknown>>;

/** `required` is the error message for an empty input; without it the input is optional. */
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

/** One of several, in a field that takes one line until it is opened. */
export const compactChoice = (id: string, label: string, choices: readonly Choice[], value: string): Input => ({
  type: 'Input.ChoiceSet',
  id,
  label,
  style: 'compact',
  choices,
  value,
});

/** A button that opens a small form on the card, with one button or several. Its required fields do not block the other buttons. */
export const askFirst = (
  title: string,
  inputs: readonly Input[],
  submit: CardAction | readonly CardAction[],
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
    actions: [submit].flat(),
  },
});
