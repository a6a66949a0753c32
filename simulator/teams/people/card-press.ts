import { isJson } from '../message.ts';
import type { Json } from '../message.ts';

/** A button of a card, with the values that its inputs start with and the ones that must be filled. */
type Button = {
  readonly title: string;
  readonly action: Json;
  readonly startValues: Readonly<Record<string, string>>;
  readonly required: readonly string[];
};

const parts = (element: Json): Json[] =>
  ['body', 'items', 'columns', 'rows', 'cells', 'actions'].flatMap((key) => {
    const value = element[key];
    return Array.isArray(value) ? value.filter(isJson) : [];
  });

const inputsIn = (element: Json): Json[] =>
  String(element.type).startsWith('Input.') ? [element] : parts(element).flatMap(inputsIn);

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

const startValue = (input: Json): string => {
  const value = input.value;
  if (typeof value === 'string' || typeof value === 'number') return value.toString();
  return input.type === 'Input.Toggle' ? textOr(input.valueOff, 'false') : '';
};

/** Every Submit and Execute button that can be reached on a card, and every part of it that acts as one; a form opened by ShowCard sees its own inputs and its parents'. */
export const buttonsOf = (card: Json, outer: readonly Json[] = []): Button[] => {
  const inputs = [...outer, ...inputsIn(card)];
  const found = (element: Json): Button[] => {
    if (element.type === 'Action.ShowCard' && isJson(element.card)) return buttonsOf(element.card, inputs);
    if (element.type !== 'Action.Submit' && element.type !== 'Action.Execute')
      return [...(isJson(element.selectAction) ? [element.selectAction] : []), ...parts(element)].flatMap(found);
    const used = element.associatedInputs === 'none' ? [] : inputs;
    return [
      {
        title: String(element.title),
        action: element,
        startValues: Object.fromEntries(used.map((input) => [String(input.id), startValue(input)])),
        required: used.filter((input) => input.isRequired === true).map((input) => String(input.id)),
      },
    ];
  };
  return found(card);
};

/** Microsoft's newer renderer copies the data of a button onto an object of its own, which has these members already. */
const keptNames = ['key', 'isParsing'];

/** Fills the card and returns what pressing the button sends; refuses what a client would not allow. */
export const press = (
  card: Json,
  title: string,
  filled: Readonly<Record<string, string>>,
): { action: Json; data: Json } => {
  const buttons = buttonsOf(card);
  const button = buttons.find((candidate) => candidate.title === title);
  if (button === undefined)
    throw new RangeError(`No button "${title}"; there are: ${buttons.map((candidate) => candidate.title).join(', ')}.`);
  const stranger = Object.keys(filled).find((id) => !(id in button.startValues));
  if (stranger !== undefined) throw new RangeError(`"${title}" sends no input called ${stranger}.`);
  const inputs = { ...button.startValues, ...filled };
  const empty = button.required.find((id) => inputs[id] === '');
  if (empty !== undefined) throw new RangeError(`The input ${empty} must be filled before "${title}".`);
  const own = isJson(button.action.data) ? button.action.data : {};
  const kept = keptNames.find((name) => name in own);
  if (kept !== undefined)
    throw new TypeError(`Cannot assign to read only property '${kept}': "${title}" does nothing.`);
  return { action: button.action, data: { ...own, ...inputs } };
};
