import type { World } from '../world.ts';

export type Answered = { readonly status: number; readonly headers: Headers; readonly body: unknown };

type Sent = {
  readonly token?: string;
  readonly key?: string;
  readonly body?: unknown;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** One HTTP request to the API of the running app; `path` stands below /api/v1. */
export const callApi = async (
  world: Pick<World, 'app'>,
  path: string,
  { token, key, body, method, headers = {} }: Sent = {},
): Promise<Answered> => {
  const response = await fetch(`${world.app().url}/api/v1${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
};
