import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

export type Call = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly query: URLSearchParams;
  /** The JSON to send, or the bytes of a file. */
  readonly body: unknown;
  /** A decoded part of the path, as named in the route. */
  readonly param: (name: string) => string;
};
export type Answer = {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
  readonly content?: string | Buffer;
  /** Keeps the response open; the receiver ends it. */
  readonly stream?: (response: ServerResponse) => void;
};
export type Handler = (call: Call) => Answer | Promise<Answer>;
/** Handlers by method and path, like `PUT /v3/conversations/:conversationId/activities/:activityId`. */
export type Routes = Readonly<Record<string, Handler>>;

const largestBody = 2_000_000;

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new RangeError('The body is too large.');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (request.headers['content-type'] === 'application/octet-stream') return bytes;
  return size === 0 ? undefined : (JSON.parse(bytes.toString('utf8')) as unknown);
};

const write = (response: ServerResponse, answer: Answer): void => {
  const json = answer.json === undefined ? undefined : JSON.stringify(answer.json);
  const headers = { 'cache-control': 'no-store', ...(json !== undefined && { 'content-type': 'application/json' }) };
  response.writeHead(answer.status ?? 200, { ...headers, ...answer.headers });
  if (answer.stream !== undefined) answer.stream(response);
  else response.end(json ?? answer.content);
};

const compile = (route: string, handler: Handler) => {
  const [method = '', path = ''] = route.split(' ');
  const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
  return { method, pattern, handler };
};

/** Turns routes into a listener for node:http; an unreadable body is answered with 400, a handler that throws with 500. */
export const createRouter = (routes: Routes): RequestListener => {
  const table = Object.entries(routes).map(([route, handler]) => compile(route, handler));
  const answerTo = async (request: IncomingMessage): Promise<Answer> => {
    const method = request.method ?? 'GET';
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    for (const route of table) {
      const match = route.method === method ? route.pattern.exec(pathname) : null;
      if (match === null) continue;
      let body: unknown;
      try {
        body = await readBody(request);
      } catch {
        return { status: 400, json: { error: { code: 'BadSyntax', message: 'The body is not readable JSON.' } } };
      }
      const param = (name: string): string => decodeURIComponent(match.groups?.[name] ?? '');
      return route.handler({ method, path: pathname, headers: request.headers, query: searchParams, body, param });
    }
    return { status: 404, json: { error: { code: 'NotFound', message: `Nothing answers ${method} ${pathname}.` } } };
  };
  return (request, response) => {
    answerTo(request)
      .catch((error: unknown): Answer => ({
        status: 500,
        json: { error: { code: 'ServiceError', message: String(error) } },
      }))
      .then((answer) => write(response, answer))
      .catch(() => response.destroy());
  };
};
