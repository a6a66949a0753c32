import { connectorError } from './connector-error.ts';
import { isJson } from '../message.ts';
import type { Attachment, MessageContent } from '../message.ts';
import type { Answer } from '../router.ts';

const largestMessage = 100 * 1024;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const isAttachment = (value: unknown): value is Attachment => isJson(value) && typeof value.contentType === 'string';
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export type BotActivity = { readonly type: string; readonly content: MessageContent };

/** Reads a posted activity; one that Teams would refuse returns the answer of Teams. */
export const readBotActivity = (body: unknown): BotActivity | Answer => {
  const type = isJson(body) ? text(body.type) : undefined;
  if (!isJson(body) || type === undefined) return connectorError(400, 'BadSyntax', 'The activity has no type.');
  // Teams counts UTF-16: two bytes for each unit.
  if (JSON.stringify(body).length * 2 > largestMessage)
    return connectorError(413, 'MessageSizeTooBig', 'Message size too large.');
  const content = {
    text: text(body.text) ?? '',
    textFormat: text(body.textFormat) ?? 'markdown',
    summary: text(body.summary),
    attachments: list(body.attachments).filter(isAttachment),
    entities: list(body.entities).filter(isJson),
    importance: text(body.importance),
  };
  if (type === 'message' && content.text === '' && content.attachments.length === 0)
    return connectorError(400, 'BadSyntax', 'The activity has neither text nor attachments.');
  return { type, content };
};
