import { createServer, type RequestListener, type Server } from 'node:http';

/** What one caller may take of the server, whoever it is. Times are milliseconds. */
export type ServerLimits = {
  readonly bodyBytes: number;
  /** Of all headers of a request together, with the line above them; Node answers 431 beyond. */
  readonly headerBytes: number;
  readonly headers: number;
  /** Until all headers are there, from the first byte of a connection or of a next request on it. */
  readonly headersMs: number;
  /** Until the whole request is there. */
  readonly requestMs: number;
  /** For a next request on the same connection: longer than the proxies in front wait, or they lose requests. */
  readonly keepAliveMs: number;
  /** Without a byte in either direction, also while an answer is awaited. */
  readonly silenceMs: number;
  readonly connections: number;
  /** How often late connections are looked for. */
  readonly checkMs: number;
};

export const usualLimits: ServerLimits = {
  bodyBytes: 256 * 1024,
  headerBytes: 16 * 1024,
  headers: 100,
  headersMs: 5000,
  requestMs: 10_000,
  keepAliveMs: 65_000,
  silenceMs: 120_000,
  connections: 1000,
  checkMs: 1000,
};

/** A server that cuts off who is slow or wants too much; it is restify's place to have none of these options. */
export const createLimitedServer = (limits: ServerLimits, listener: RequestListener): Server => {
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkMs,
    },
    listener,
  );
  // One more than is allowed, for Node leaves out in silence what is beyond.
  server.maxHeadersCount = limits.headers + 1;
  server.maxConnections = limits.connections;
  server.timeout = limits.silenceMs;
  return server;
};
