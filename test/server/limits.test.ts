import { connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { Agent, request, type RequestListener } from 'node:http';
import { createLimitedServer, usualLimits, type ServerLimits } from '../../src/server/limits.ts';
import { createCorrelation } from '../../src/observe/create-correlation.ts';
import { startServer } from '../../src/server/server.ts';
import { networkOf } from '../../src/server/network-of.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A server whose answers wait for `release`, and connections to it. */
const serve = async (limits: Partial<ServerLimits>, listener?: RequestListener) => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const answer: RequestListener = (_request, response) => void promise.then(() => response.end('ok'));
  const { server, trust } = createLimitedServer({ ...usualLimits, ...limits }, listener ?? answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets: Socket[] = [];
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  /** Connects and asks; whether there was an answer. */
  const ask = async (): Promise<{ readonly socket: Socket; readonly answered: Promise<boolean> }> => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    const answered = Promise.race([
      once(socket, 'data').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    await once(socket, 'connect');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    return { socket, answered };
  };
  const opened = async (wanted: number): Promise<void> => {
    const count = (): Promise<number> =>
      new Promise((done, reject) => {
        server.getConnections((error, connections) => (error === null ? done(connections) : reject(error)));
      });
    while ((await count()) !== wanted) await new Promise((done) => void setImmediate(done));
  };
  return { ask, trust, opened, release: () => resolve(undefined) };
};

describe('the connections of one address', () => {
  it('are cut off beyond its limit, and let in again when others end', async () => {
    const { ask, opened, release } = await serve({ connectionsPerAddress: 2, waitingPerAddress: 0 });
    release();
    const [first, second] = [await ask(), await ask()];
    expect(await first.answered).toBe(true);
    expect(await second.answered).toBe(true);
    expect(await (await ask()).answered).toBe(false);
    first.socket.destroy();
    await opened(1);
    expect(await (await ask()).answered).toBe(true);
  });

  it('wait for others to end, in their order, and lose nothing that was sent meanwhile', async () => {
    const { ask, opened, release } = await serve({ connectionsPerAddress: 1, waitingPerAddress: 2, waitMs: 60_000 });
    const [first, second, third, fourth] = [await ask(), await ask(), await ask(), await ask()];
    expect(await fourth.answered).toBe(false);
    await opened(3);
    release();
    expect(await first.answered).toBe(true);
    first.socket.destroy();
    expect(await second.answered).toBe(true);
    second.socket.destroy();
    expect(await third.answered).toBe(true);
  });

  it('are cut off when they have waited too long, or leave by themselves', async () => {
    const { ask, opened, release } = await serve({ connectionsPerAddress: 1, waitingPerAddress: 1, waitMs: 30 });
    const first = await ask();
    expect(await (await ask()).answered).toBe(false);
    await opened(1);
    const second = await ask();
    second.socket.destroy();
    await opened(1);
    release();
    expect(await first.answered).toBe(true);
  });

  it('are more where Teams has just been heard from, and for those that wait already', async () => {
    const { ask, trust, opened, release } = await serve({
      connectionsPerAddress: 1,
      connectionsPerTrustedAddress: 3,
      waitingPerAddress: 1,
      waitMs: 60_000,
    });
    release();
    const first = await ask();
    expect(await first.answered).toBe(true);
    const second = await ask();
    await opened(2);
    trust('::ffff:127.0.0.1');
    expect(await second.answered).toBe(true);
    expect(await (await ask()).answered).toBe(true);
    // A fourth waits again, and the fifth is cut off.
    const fourth = await ask();
    await opened(4);
    expect(await (await ask()).answered).toBe(false);
    first.socket.destroy();
    expect(await fourth.answered).toBe(true);
  });

  it('are more once the door has let a request in, and not for one that it refused', async () => {
    let status = 401;
    const server = await startServer({
      host: '127.0.0.1',
      port: 0,
      frontDoor: async () => ({ status }),
      eventDoor: undefined,
      api: undefined,
      notReady: async () => [],
      newId: () => 'id',
      correlation: createCorrelation(),
      isStopping: () => false,
      limits: { connectionsPerAddress: 1, connectionsPerTrustedAddress: 2, waitingPerAddress: 0 },
      log: { error: () => undefined },
    });
    const agents = [new Agent({ keepAlive: true, maxSockets: 1 }), new Agent({ keepAlive: true, maxSockets: 1 })];
    closers.push(server.close, async () => agents.forEach((agent) => agent.destroy()));
    const post = (agent: Agent | undefined): Promise<number | string | undefined> =>
      new Promise((done) => {
        const headers = { 'content-type': 'application/json' };
        const options = { agent: agent ?? false, method: 'POST', headers };
        request(`${server.url}/api/messages`, options, (response) => {
          response.resume().on('end', () => done(response.statusCode));
        })
          .on('error', (error: NodeJS.ErrnoException) => done(error.code))
          .end('{}');
      });
    expect(await post(agents[0])).toBe(401);
    expect(await post(agents[1])).toBe('ECONNRESET');
    status = 200;
    expect(await post(agents[0])).toBe(200);
    expect(await post(agents[1])).toBe(200);
  });

  it('are as few as before when that was long ago', async () => {
    const { ask, trust, release } = await serve({ connectionsPerAddress: 1, trustedMs: 0, waitingPerAddress: 0 });
    release();
    await (
      await ask()
    ).answered;
    trust('127.0.0.1');
    expect(await (await ask()).answered).toBe(false);
  });

  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('belong to a network: %s', (address, network) => expect(networkOf(address)).toBe(network));
});
