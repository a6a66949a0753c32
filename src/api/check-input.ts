import type { z } from 'zod';
import type { ApiCall } from './api-call.ts';
import { problemOf, Refused } from './problem.ts';

/** The value as the schema reads it. Throws Refused with what is wrong. */
export const checked = <Schema extends z.ZodType>(
  schema: Schema | undefined,
  value: unknown,
): z.infer<Schema> | undefined => {
  if (schema === undefined) return undefined;
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new Refused(
    problemOf('invalid', `${place === '' ? 'The input' : `“${place}”`} is not valid: ${issue?.message ?? ''}`),
  );
};

/** The filters of an address. Throws Refused for one that is given twice. */
export const queryOf = (url: URL): Record<string, string> => {
  const pairs = [...url.searchParams];
  const [twice] = pairs.map(([name]) => name).filter((name, at, all) => all.indexOf(name) !== at);
  if (twice !== undefined) throw new Refused(problemOf('invalid', `“${twice}” is given twice.`));
  return Object.fromEntries(pairs);
};

/** The filters of a list, without its cursor, in one order. */
export const listOf = (path: string, { cursor: _, ...filters }: Record<string, string>): string =>
  `${path}?${new URLSearchParams(Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1))).toString()}`;

/** The JSON of a change. Throws Refused for a body that is too large, not JSON, or not harmless. */
export const bodyOf = async (read: ApiCall['body']): Promise<unknown> => {
  const given = await read();
  if ('value' in given) return given.value;
  const reasons = {
    400: problemOf('invalid', 'The body is not valid JSON.'),
    413: problemOf('too-large', 'A body may have at most 64 KB.'),
    415: problemOf('not-json', 'Send the body as application/json in UTF-8, not compressed.'),
  } as const;
  throw new Refused(reasons[given.status]);
};
