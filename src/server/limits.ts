import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** The limits for one caller, whoever it is. Times are in milliseconds. */
export type ServerLimits = {
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
  /** From one remote address. A proxy in front is one address for everybody, so this leaves it plenty. */
  readonly connectionsPerAddress: number;
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
  checkMs: 1000,
};

/** Whoever has an IPv6 network has all its addresses; an IPv4 address may be written as IPv6. */
export const networkOf = (address: string): string => {
  const ipv4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (ipv4 !== undefined) return ipv4;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter((group) => group !== '').length;
  const zeros = Array.from({ length: Math.max(0, missing) }, () => '0');
  return [...groups, ...zeros, ...(tail ?? '').split(':')].slice(0, 4).join(':');
};

/** Cuts off connections beyond the limit of their address, before they send anything. */
const limitPerAddress = (server: Server, most: number): void => {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? '');
    const count = (open.get(network) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    open.set(network, count);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left > 0) open.set(network, left);
      else open.delete(network);
    });
  });
};

/** A server that disconnects callers who are slow or send too much. restify does not expose these options. */
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
  // One more than allowed, because Node silently drops headers beyond its limit.
  server.maxHeadersCount = limits.headers + 1;
  server.maxConnections = limits.connections;
  server.timeout = limits.silenceMs;
  limitPerAddress(server, limits.connectionsPerAddress);
  return server;
};
