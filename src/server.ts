import { STATUS_CODES, type Server } from 'node:http';
import restify from 'restify';
import type { FrontDoor } from './bot/front-door.ts';

export type ServerOptions = {
  readonly host: string;
  readonly port: number;
  readonly frontDoor: FrontDoor;
  /** Where Event Grid may call; undefined: nowhere. */
  readonly eventDoor: FrontDoor | undefined;
  /** Names what is not ready; empty when everything is. */
  readonly notReady: () => Promise<readonly string[]>;
  /** Connections are not used again from then on, so that whoever calls next finds another replica. */
  readonly isStopping: () => boolean;
  readonly log: { readonly error: (fields: object, message: string) => void };
};

export type RunningServer = { readonly url: string; readonly close: () => Promise<void> };

const maxBodyBytes = 256 * 1024;
/** A turn that takes longer than that is not waited for by `close`. */
const longestTurnMs = 15_000;

/** Starts the HTTP server: the bot's one door and two health pages. Answers never carry the text of an exception. */
export const startServer = async (options: ServerOptions): Promise<RunningServer> => {
  const server = restify.createServer({ name: '', ignoreTrailingSlash: false });
  server.pre((_request: restify.Request, response: restify.Response, next: restify.Next) => {
    if (options.isStopping()) response.setHeader('connection', 'close');
    next();
  });
  server.use(restify.plugins.bodyParser({ mapParams: false, maxBodySize: maxBodyBytes, rejectUnknown: true }));

  const listen = (path: string, door: FrontDoor): void => {
    server.post(path, async (request: restify.Request, response: restify.Response) => {
      const answer = await door(request.headers.authorization ?? '', request.body);
      response.status(answer.status);
      if (answer.body === undefined) response.end();
      else response.json(answer.body);
    });
  };
  listen('/api/messages', options.frontDoor);
  if (options.eventDoor !== undefined) listen('/api/azure-events', options.eventDoor);
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    response.json(200, { status: 'ok' });
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const reasons = await options.notReady();
    response.json(reasons.length === 0 ? 200 : 503, { status: reasons.length === 0 ? 'ready' : 'not ready', reasons });
  });

  server.on(
    'restifyError',
    (
      _request: restify.Request,
      response: restify.Response,
      error: Error & { statusCode?: number },
      done: () => void,
    ) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) options.log.error({ err: error }, 'The HTTP server failed');
      const words = STATUS_CODES[status] ?? 'Error';
      Object.assign(error, { toJSON: () => ({ error: words }), toString: () => words });
      done();
    },
  );

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => resolve());
  });
  const { port } = server.address();
  return {
    url: `http://${options.host === '0.0.0.0' ? '127.0.0.1' : options.host}:${port}`,
    close: async () => {
      const { server: http } = server as unknown as { readonly server: Server };
      const patience = setTimeout(() => http.closeAllConnections(), longestTurnMs);
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      clearTimeout(patience);
    },
  };
};
