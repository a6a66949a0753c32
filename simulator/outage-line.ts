import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line between the app and something that it needs, which can fail: at first everything passes. */
export type OutageLine = {
  readonly port: number;
  /** Every connection breaks, and each new one is refused or breaks at once: what was there has stopped. */
  readonly cut: () => void;
  /** Nothing passes any more and nobody is told, as when a cable is pulled. */
  readonly hold: () => void;
  /** New connections pass again; those that were held break. */
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
    // Whoever calls is let in by the system, and never hears a word.
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
