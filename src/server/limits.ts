import { createServer, type RequestListener, type Server } from 'node:http';
import { admitConnections, type AddressLimits } from './admit-connections.ts';

/** The limits for one caller, whoever it is. Times are in milliseconds. */
export type ServerLimits = AddressLimits & {
  readonly bodyBytes: number;
  /** For all headers of a request together, including the request line; Node answers 431 beyond. */
  readonly headerBytes: number;
  readonly headers: number;
  /** Until all headers have arrived, from the first byte of a connection or of the next request on it. */
  readonly headersMs: number;
  /** Until the whole request has arrived. */
  readonly requestMs: number;
  /** For the next request on the same connection. Longer than that of proxies in front, which would otherwise lose requests. */
  readonly keepAliveMs: number;
  /** Without a byte in either direction, including while an answer is awaited. */
  readonly silenceMs: number;
  readonly connections: number;
  /** How often late connections are searched for. */
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
  connectionsPerAddress: 250,
  connectionsPerTrustedAddress: 900,
  trustedMs: 10 * 60_000,
  waitingPerAddress: 100,
  waitMs: 5000,
  checkMs: 1000,
};

/**
 * A server that disconnects callers who are slow or send too much; restify does not expose these options. `trust` takes the address of a
 * request that was proved to come from Teams.
 */
export const createLimitedServer = (
  limits: ServerLimits,
  listener: RequestListener,
): { readonly server: Server; readonly trust: (address: string | undefined) => void } => {
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
  // One more than allowed, because Node silently drops headers beyond its limit.
  server.maxHeadersCount = limits.headers + 1;
  server.maxConnections = limits.connections;
  server.timeout = limits.silenceMs;
  return { server, trust: admitConnections(server, limits) };
};
