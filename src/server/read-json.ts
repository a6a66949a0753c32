import type { IncomingMessage } from 'node:http';

export type Read = { readonly value: unknown } | { readonly status: 400 | 413 | 415 };

/** Deeper than anything that Teams or Event Grid sends, including cards. */
const deepest = 64;

const isJson = (request: IncomingMessage): boolean => {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  return (
    type.trim() === 'application/json' &&
    parameters.every((parameter) => /^\s*charset="?utf-?8"?\s*$/.test(parameter)) &&
    (request.headers['content-encoding'] ?? 'identity') === 'identity'
  );
};

/** Reads a little beyond the limit, so that somebody who sent slightly too much gets an answer instead of a broken connection. */
const bytesOf = async (request: IncomingMessage, limit: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  // Keep the request open when leaving the loop, because an answer follows.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    if (size > 4 * limit) return undefined;
  }
  return size > limit ? undefined : Buffer.concat(chunks);
};

/** Not too deep, and without a key that JavaScript treats specially. */
const isHarmless = (value: unknown): boolean => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return false;
    const objects = level.filter((each): each is object => typeof each === 'object' && each !== null);
    if (objects.some((each) => Object.hasOwn(each, '__proto__'))) return false;
    level = objects.flatMap((each) => Object.values(each) as unknown[]);
  }
  return true;
};

/** The JSON of a request, or the status that refuses it. Only UTF-8 and never compressed, because decompression would have no limit. */
export const readJson = async (request: IncomingMessage, limit: number): Promise<Read> => {
  if (!isJson(request)) return { status: 415 };
  if (Number(request.headers['content-length'] ?? 0) > 4 * limit) return { status: 413 };
  try {
    const bytes = await bytesOf(request, limit);
    if (bytes === undefined) return { status: 413 };
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
    return isHarmless(value) ? { value } : { status: 400 };
  } catch {
    return { status: 400 };
  }
};
