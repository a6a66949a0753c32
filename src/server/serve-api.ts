import type restify from 'restify';
import { readJson } from './read-json.ts';

/** More than any call of the API needs. */
const bodyBytes = 64 * 1024;

/** The answerer of one request of the API. */
export type ApiDoor = (call: {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
  readonly idempotencyKey: string | undefined;
  /** Reads the JSON that was sent, when it is wanted. */
  readonly body: () => ReturnType<typeof readJson>;
  readonly id: string;
}) => Promise<{
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}>;

/** Passes everything below /api/v1 on, in every method, so that each refusal has the form of the API. */
export const serveApi = (routes: restify.Server, door: ApiDoor): void => {
  const answer = async (request: restify.Request, response: restify.Response): Promise<void> => {
    const { authorization = '', 'idempotency-key': key } = request.headers;
    const { status, headers, body } = await door({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      authorization,
      idempotencyKey: typeof key === 'string' ? key : undefined,
      body: () => readJson(request, bodyBytes),
      id: String(response.getHeader('x-request-id')),
    });
    // The unread rest of a request would be taken for the next one.
    if (!request.readableEnded && request.method !== 'GET') response.setHeader('connection', 'close');
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
  for (const method of ['get', 'post', 'put', 'patch', 'del'] as const) routes[method]('/api/v1/*', answer);
};
