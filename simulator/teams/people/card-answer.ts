import type { Delivery } from './bot-delivery.ts';
import { isJson } from '../message.ts';
import type { Json } from '../message.ts';

/** The result of an Action.Execute that a client shows. */
export type CardAnswer =
  | { readonly kind: 'card'; readonly card: Json }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

const somethingWentWrong: CardAnswer = {
  kind: 'error',
  code: 'Unusable',
  message: 'Something went wrong. Please try again.',
};

/** Reads an invoke response by the Universal Actions contract: HTTP 200, and everything else in the body. */
export const readCardAnswer = ({ status, body }: Delivery): CardAnswer => {
  if (status !== 200 || !isJson(body)) return somethingWentWrong;
  const { type, value } = body;
  if (body.statusCode === 200 && type === 'application/vnd.microsoft.card.adaptive' && isJson(value))
    return { kind: 'card', card: value };
  if (body.statusCode === 200 && type === 'application/vnd.microsoft.activity.message' && typeof value === 'string')
    return { kind: 'message', text: value };
  if (type === 'application/vnd.microsoft.error' && isJson(value))
    return { kind: 'error', code: String(value.code), message: String(value.message) };
  return somethingWentWrong;
};
