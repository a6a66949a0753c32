import { connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { createLimitedServer, networkOf, usualLimits } from '../../src/server/limits.ts';

describe('the connections of one address', () => {
  it('are cut off beyond its limit, and let in again when others end', async () => {
    const server = createLimitedServer({ ...usualLimits, connectionsPerAddress: 2 }, (_request, response) => {
      response.end('ok');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const open = async (): Promise<Socket> => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      return socket;
    };
    const answers = async (socket: Socket): Promise<boolean> => {
      const heard = Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)]);
      socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
      return heard;
    };
    const [first, second] = [await open(), await open()];
    expect(await answers(first)).toBe(true);
    expect(await answers(second)).toBe(true);
    expect(await answers(await open())).toBe(false);
    first.destroy();
    const count = (): Promise<number> =>
      new Promise((resolve, reject) => {
        server.getConnections((error, connections) => (error === null ? resolve(connections) : reject(error)));
      });
    while ((await count()) > 1) await new Promise((resolve) => void setImmediate(resolve));
    const third = await open();
    expect(await answers(third)).toBe(true);
    second.destroy();
    third.destroy();
    server.close();
    await once(server, 'close');
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
