import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { ConfigError } from '../../src/config.ts';
import { createCorrelation } from '../../src/observe/create-correlation.ts';
import { startServer } from '../../src/server/server.ts';

const start = (host: string, port: number) =>
  startServer({
    host,
    port,
    frontDoor: async () => ({ status: 200 }),
    eventDoor: undefined,
    api: undefined,
    notReady: async () => [],
    correlation: createCorrelation(),
    isStopping: () => false,
    newId: () => 'request',
    log: { error: () => undefined },
  });

describe('a server that cannot listen', () => {
  it('says in one sentence, with the variable to set, that its port is in use', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    const started = start('127.0.0.1', port);

    await expect(started).rejects.toThrow(ConfigError);
    await expect(started).rejects.toThrow(
      `PORT ${port} is in use on 127.0.0.1: stop what uses it, or set PORT to another port.`,
    );
    other.close();
    await once(other, 'close');
  });

  it('says so of an address that this machine does not have', async () => {
    await expect(start('192.0.2.1', 0)).rejects.toThrow('HOST 192.0.2.1 is no address of this machine');
  });
});
