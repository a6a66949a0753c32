import { createHash, timingSafeEqual } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import { ConfigError } from '../config.ts';
import type { FrontDoor } from '../bot/front-door.ts';
import type { Correlation } from '../core/correlation.ts';
import { createLimitedServer, usualLimits, type ServerLimits } from './limits.ts';
import { readJson } from './read-json.ts';
import { serveApi, type ApiDoor } from './serve-api.ts';

export type ServerOptions = {
  readonly host: string;
  readonly port: number;
  readonly frontDoor: FrontDoor;
  /** Where Event Grid may call; undefined: nowhere. */
  readonly eventDoor: FrontDoor | undefined;
  /** Answers everything below /api/v1; undefined: there is no API. */
  readonly api: ApiDoor | undefined;
  /** Names what is not ready; empty if everything is. */
  readonly notReady: () => Promise<readonly string[]>;
  /** Metrics for callers with the token; undefined: for nobody. */
  readonly metrics?: {
    readonly token: string;
    readonly page: () => Promise<{ readonly type: string; readonly body: string }>;
  };
  /** An id that cannot be guessed, one for each request. */
  readonly newId: () => string;
  /** Everything that a request causes runs under its id. */
  readonly correlation: Correlation;
  /** Replace the usual limits. */
  readonly limits?: Partial<ServerLimits>;
  /** If true, connections are not reused, so that the next call reaches another replica. */
  readonly isStopping: () => boolean;
  readonly log: { readonly error: (fields: object, message: string) => void };
};

export type RunningServer = { readonly url: string; readonly close: () => Promise<void> };

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time, so that the duration reveals nothing about the token. */
const isBearer = (authorization: string | undefined, token: string): boolean =>
  timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));

/** No answer is for a browser: it must not store, guess or load anything. TLS and its headers are the task of the proxy. */
const answerHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/** Tells the operator which setting to change if the server cannot listen. */
const whyNotListening = (error: NodeJS.ErrnoException, { host, port }: ServerOptions): Error => {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `PORT ${port} is in use on ${host}: stop what uses it, or set PORT to another port.`,
    EACCES: `PORT ${port} may not be used by this account: set PORT to a port above 1023.`,
    EADDRNOTAVAIL: `HOST ${host} is no address of this machine: set HOST to one, or leave it unset.`,
  };
  const reason = reasons[error.code ?? ''];
  return reason === undefined ? error : new ConfigError([reason], { cause: error });
};

/** The paths of the server. */
const createRoutes = (
  options: ServerOptions,
  limits: ServerLimits,
  trust: (address: string | undefined) => void,
): restify.Server => {
  const routes = restify.createServer({ name: '', ignoreTrailingSlash: false });

  const listen = (path: string, door: FrontDoor): void => {
    routes.post(path, async (request: restify.Request, response: restify.Response) => {
      const read = await readJson(request, limits.bodyBytes);
      if ('status' in read) {
        // The unread rest of a request would be taken for the next one.
        response.header('connection', 'close');
        response.status(read.status);
        response.end();
        return;
      }
      const answer = await door(request.headers.authorization ?? '', read.value);
      // Both doors accept only what its sender signed.
      if (answer.status === 200) trust(request.socket.remoteAddress);
      response.status(answer.status);
      if (answer.body === undefined) response.end();
      else response.json(answer.body);
    });
  };
  listen('/api/messages', options.frontDoor);
  if (options.eventDoor !== undefined) listen('/api/azure-events', options.eventDoor);
  if (options.api !== undefined) serveApi(routes, options.api);
  routes.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    response.json(200, { status: 'ok' });
  });
  routes.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const reasons = await options.notReady();
    response.json(reasons.length === 0 ? 200 : 503, { status: reasons.length === 0 ? 'ready' : 'not ready', reasons });
  });

  const { metrics } = options;
  if (metrics !== undefined)
    routes.get('/metrics', async (request: restify.Request, response: restify.Response) => {
      if (!isBearer(request.headers.authorization, metrics.token)) return void response.send(401);
      const { type, body } = await metrics.page();
      response.setHeader('content-type', type);
      response.end(body);
    });

  routes.on(
    'restifyError',
    (
      _request: restify.Request,
      response: restify.Response,
      error: Error & { statusCode?: number },
      done: () => void,
    ) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) options.log.error({ err: error }, 'The HTTP server failed');
      // Answer in the words of HTTP: the messages of restify name paths, methods and exceptions.
      if (!response.headersSent) response.json(status, { error: STATUS_CODES[status] ?? 'Error' });
      done();
    },
  );
  return routes;
};

/**
 * Starts the HTTP server with the endpoint of the bot and two health pages. Answers never contain the text of an exception, and each has
 * its own `x-request-id`.
 */
export const startServer = async (options: ServerOptions): Promise<RunningServer> => {
  const limits = { ...usualLimits, ...options.limits };
  const routes = createRoutes(options, limits, (address) => trust(address));
  const { server, trust } = createLimitedServer(limits, (request, response) => {
    const id = options.newId();
    if (options.isStopping()) response.setHeader('connection', 'close');
    for (const [name, value] of Object.entries({ ...answerHeaders, 'x-request-id': id }))
      response.setHeader(name, value);
    if (request.rawHeaders.length > 2 * limits.headers) {
      response.writeHead(431, { connection: 'close' });
      response.end();
      return;
    }
    options.correlation.within(id, () =>
      (routes as unknown as { server: typeof server }).server.emit('request', request, response),
    );
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(whyNotListening(error, options)));
    server.listen(options.port, options.host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host === '0.0.0.0' ? '127.0.0.1' : options.host}:${port}`,
    close: async () => {
      await new Promise<void>((resolve) => {
        // Running answers may end, but slow callers must not delay the stop.
        const late = setTimeout(() => server.closeAllConnections(), limits.requestMs);
        server.close(() => {
          clearTimeout(late);
          resolve();
        });
      });
    },
  };
};
