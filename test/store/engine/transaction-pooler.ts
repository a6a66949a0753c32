import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The simplest pooler: each connection gets the one server connection for one transaction, and a process id that it made up. */
export type TransactionPooler = { readonly databaseUrl: string; readonly close: () => Promise<void> };

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

const ready = message('Z', Buffer.from('I'));
const welcome = Buffer.concat([
  message('R', Buffer.alloc(4)),
  message('K', Buffer.from([0x7f, 1, 2, 3, 4, 5, 6, 7])),
  ready,
]);

const startupOf = (behind: URL): Buffer => {
  const body = Buffer.from(`\0\x03\0\0user\0${behind.username}\0database\0${behind.pathname.slice(1)}\0\0`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
};

export const openTransactionPooler = async (databaseUrl: string): Promise<TransactionPooler> => {
  const behind = new URL(databaseUrl);
  const server = connect(Number(behind.port), behind.hostname);
  server.write(startupOf(behind));
  for (let greeting = Buffer.alloc(0); !greeting.subarray(-ready.length).equals(ready);) {
    const [piece] = (await once(server, 'data')) as [Buffer];
    greeting = Buffer.concat([greeting, piece]);
  }

  let owner: Socket | undefined;
  const waiting: { readonly client: Socket; readonly sent: Buffer }[] = [];
  const serve = (client: Socket, sent: Buffer): void => {
    if (owner !== undefined && owner !== client) {
      waiting.push({ client, sent });
      return;
    }
    owner = client;
    server.write(sent);
  };
  server.on('data', (answer: Buffer) => {
    owner?.write(answer);
    if (!answer.subarray(-ready.length).equals(ready)) return;
    owner = undefined;
    const next = waiting.shift();
    if (next !== undefined) serve(next.client, next.sent);
  });

  const sockets = new Set<Socket>([server]);
  const door = createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    client.once('data', () => {
      client.write(welcome);
      // X ends a connection; that of the server stays.
      client.on('data', (sent: Buffer) => (sent[0] === 0x58 ? client.end() : serve(client, sent)));
    });
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((door.address() as AddressInfo).port);
  return {
    databaseUrl: url.href,
    async close() {
      for (const socket of sockets) socket.destroy();
      door.close();
      await once(door, 'close');
    },
  };
};
