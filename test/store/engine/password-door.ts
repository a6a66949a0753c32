import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** PostgreSQL behind a door that wants a password in the clear, as Azure does for tokens of Entra; the server of the tests itself asks for none. */
export type PasswordDoor = {
  readonly databaseUrl: string;
  /** Every password that was handed in, in order. */
  readonly passwords: readonly string[];
  readonly close: () => Promise<void>;
};

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

const askForPassword = message('R', Buffer.from([0, 0, 0, 3]));
const refusal = message('E', Buffer.from('SFATAL\0C28P01\0MThe access token has expired\0\0'));

/** The next message whole; `lengthAt` is where its length stands, which does not count what is before it. */
const nextMessage = async (socket: Socket, lengthAt: number): Promise<Buffer> => {
  let received = Buffer.alloc(0);
  const whole = (): boolean =>
    received.length >= lengthAt + 4 && received.length >= lengthAt + received.readInt32BE(lengthAt);
  while (!whole()) {
    const [piece] = (await once(socket, 'data')) as [Buffer];
    received = Buffer.concat([received, piece]);
  }
  return received;
};

/** `accepts` says whether a password is good at this moment. */
export const openPasswordDoor = async (
  databaseUrl: string,
  accepts: (password: string) => boolean,
): Promise<PasswordDoor> => {
  const behind = new URL(databaseUrl);
  const passwords: string[] = [];
  const sockets = new Set<Socket>();

  const admit = async (client: Socket): Promise<void> => {
    const startup = await nextMessage(client, 0);
    client.write(askForPassword);
    const answer = await nextMessage(client, 1);
    const password = answer.subarray(5, -1).toString();
    passwords.push(password);
    if (!accepts(password)) {
      client.end(refusal);
      return;
    }
    const server = connect(Number(behind.port), behind.hostname);
    sockets.add(server);
    server.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => server.destroy());
    server.write(startup);
    client.pipe(server).pipe(client);
  };

  const door = createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    admit(client).catch(() => client.destroy());
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((door.address() as AddressInfo).port);
  url.searchParams.set('sslmode', 'disable');
  return {
    databaseUrl: url.href,
    passwords,
    async close() {
      for (const socket of sockets) socket.destroy();
      door.close();
      await once(door, 'close');
    },
  };
};
