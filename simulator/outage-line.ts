import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A network line between the app and something that it needs, which can fail. At first everything passes. */
export type OutageLine = {
  readonly port: number;
  /** Breaks every connection, and refuses or breaks each new one at once, as if the server had stopped. */
  readonly cut: () => void;
  /** Lets nothing pass any more without closing connections, like an unplugged cable. */
  readonly hold: () => void;
  /** Lets new connections pass again; held ones break. */
  readonly mend: () => void;
  readonly close: () => Promise<void>;
};

type State = 'open' | 'cut' | 'held';

export const openOutageLine = async (behind: { readonly host: string; readonly port: number }): Promise<OutageLine> => {
  let state: State = 'open';
  const sockets = new Set<Socket>();
  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };

  const line = createServer((client) => {
    track(client);
    if (state === 'cut') client.destroy();
    // The operating system accepts the connection, and the caller never gets an answer.
    if (state !== 'open') return;
    const server = track(connect(behind.port, behind.host));
    server.on('close', () => client.destroy());
    client.on('close', () => server.destroy());
    client.pipe(server).pipe(client);
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  return {
    port: (line.address() as AddressInfo).port,
    cut() {
      state = 'cut';
      breakAll();
    },
    hold() {
      state = 'held';
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend() {
      if (state === 'held') breakAll();
      state = 'open';
    },
    async close() {
      breakAll();
      line.close();
      await once(line, 'close');
    },
  };
};

/** The same URL, through the line. */
export const throughLine = (url: string, line: Pick<OutageLine, 'port'>): string => {
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(line.port);
  return through.href;
};
