import type { Delivery } from './bot-delivery.ts';
import { isJson } from '../message.ts';
import type { Json } from '../message.ts';

/** The width or height of a dialog: a share of the window, or pixels. */
type DialogLength = 'small' | 'medium' | 'large' | number;

/** The answer to `task/fetch` or `task/submit`, as a client reads it. */
export type DialogAnswer =
  | { readonly kind: 'card'; readonly title: string; readonly width: DialogLength; readonly card: Json }
  /** A sentence in the place of the card; the dialog can only be closed then. */
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'error'; readonly message: string };

const cardType = 'application/vnd.microsoft.card.adaptive';
const longestTitle = 64;

const failed = (message: string): DialogAnswer => ({ kind: 'error', message });

const isLength = (value: unknown): value is DialogLength =>
  value === 'small' || value === 'medium' || value === 'large' || (typeof value === 'number' && value > 0);

const readCard = ({ title, width = 'medium', height = 'medium', card }: Json): DialogAnswer => {
  if (typeof title !== 'string' || title === '' || title.length > longestTitle)
    return failed('The dialog has no title that fits into its bar.');
  if (!isLength(width) || !isLength(height)) return failed('The dialog has a size that Teams does not know.');
  if (!isJson(card) || card.contentType !== cardType || !isJson(card.content))
    return failed('The dialog holds no Adaptive Card. This simulator shows no web pages.');
  return { kind: 'card', title, width, card: card.content };
};

/** Reads an answer by the published contract: a task that goes on, a message, or HTTP 200 without a body, which closes the dialog. */
export const readDialogAnswer = ({ status, body }: Delivery): DialogAnswer => {
  if (status !== 200) return failed('Unable to reach app. Please try again.');
  if (body === undefined || body === null) return { kind: 'closed' };
  const task = isJson(body) ? body.task : undefined;
  if (!isJson(task) || task.type === undefined) return failed('1008: Task or Task Type is missing.');
  if (task.type === 'continue' && isJson(task.value)) return readCard(task.value);
  if (task.type === 'message' && typeof task.value === 'string') return { kind: 'message', text: task.value };
  return failed(`Teams knows no task of the type ${JSON.stringify(task.type)}.`);
};
