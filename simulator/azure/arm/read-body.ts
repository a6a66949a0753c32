import type { IncomingMessage } from 'node:http';
import { ArmError } from './arm-error.ts';

const largestBody = 2_000_000;

/** Reads the body of a request when it is first wanted, and only once. */
export const bodyReader = (request: IncomingMessage): (() => Promise<unknown>) => {
  let read: Promise<unknown> | undefined;
  return () => (read ??= readBody(request));
};

export const isGraphQuery = ({ pathname }: URL): boolean =>
  pathname.toLowerCase() === '/providers/microsoft.resourcegraph/resources';

/** The question in the body of a call to Resource Graph; empty where the body cannot be read. */
export const queryIn = async (body: () => Promise<unknown>): Promise<string> => {
  const fields = await body().catch(() => undefined);
  const query: unknown = typeof fields === 'object' && fields !== null ? Reflect.get(fields, 'query') : undefined;
  return typeof query === 'string' ? query : '';
};

/** The JSON of a request; undefined where there is none. */
export const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new ArmError(413, 'RequestContentTooLarge', 'The body is too large.');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    throw new ArmError(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized.');
  }
};
