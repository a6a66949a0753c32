import type { Delivery } from './bot-delivery.ts';
import { isJson, type Json } from '../message.ts';

/** A result: its preview stands in the list of whoever searches, its content is posted. */
export type ExtensionResult = {
  readonly title: string;
  readonly text: string;
  readonly contentType: string;
  readonly content: Json;
};

/** The answer to a search, as a client reads it. */
export type ExtensionAnswer =
  | { readonly kind: 'results'; readonly results: readonly ExtensionResult[] }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'error'; readonly message: string };

const mostResults = 25;
const adaptive = 'application/vnd.microsoft.card.adaptive';
const previews = ['application/vnd.microsoft.card.thumbnail', 'application/vnd.microsoft.card.hero'];

const failed = (message: string): ExtensionAnswer => ({ kind: 'error', message });

/** A string says what Teams would not show. */
const readResult = (given: unknown): ExtensionResult | string => {
  if (!isJson(given)) return 'A result is no attachment.';
  const { contentType, content, preview } = given;
  if (contentType !== adaptive || !isJson(content) || content.type !== 'AdaptiveCard')
    return 'A result holds no Adaptive Card.';
  if (!isJson(preview) || !previews.includes(String(preview.contentType)) || !isJson(preview.content))
    return 'A result has no preview, which is a hero or thumbnail card.';
  const { title, text = '' } = preview.content;
  if (typeof title !== 'string' || title === '' || typeof text !== 'string') return 'A preview has no title.';
  return { title, text, contentType, content };
};

/** Reads an answer to `composeExtension/query` by the published contract. */
export const readExtensionAnswer = ({ status, body }: Delivery): ExtensionAnswer => {
  if (status !== 200 || !isJson(body) || !isJson(body.composeExtension))
    return failed('Unable to reach app. Please try again.');
  const { type, text, attachmentLayout, attachments } = body.composeExtension;
  if (type === 'message') return typeof text === 'string' ? { kind: 'message', text } : failed('The message is empty.');
  if (type !== 'result') return failed(`This simulator shows no ${JSON.stringify(type)}.`);
  if (attachmentLayout !== 'list' && attachmentLayout !== 'grid') return failed('The results have no layout.');
  if (!Array.isArray(attachments) || attachments.length > mostResults) return failed('Those are no 25 results.');
  const results = attachments.map(readResult);
  const wrong = results.find((result) => typeof result === 'string');
  if (wrong !== undefined) return failed(wrong);
  return { kind: 'results', results: results.filter((result) => typeof result !== 'string') };
};
