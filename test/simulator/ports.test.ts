import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { playgroundPorts, PortProblem, portsOf, refuseTakenPorts } from '../../simulator/ports.ts';

describe('the ports of the demo', () => {
  it('are the usual ones, or those that the variables name', () => {
    expect(portsOf({})).toEqual({ CHAT_PORT: 3979, BOT_PORT: 3978, AZURE_PORT: 3980 });
    expect(portsOf({ CHAT_PORT: '0', BOT_PORT: '8080', AZURE_PORT: '' })).toEqual({
      CHAT_PORT: 0,
      BOT_PORT: 8080,
      AZURE_PORT: 3980,
    });
  });

  it('include two more with the Playground', () => {
    expect(portsOf({ BOB_PORT: '0', CHAT_PORT: 'not asked' }, playgroundPorts)).toEqual({
      ALICE_PORT: 3981,
      BOB_PORT: 0,
    });
  });

  it.each(['http', '-1', '65536', '39 79'])('are not %s, and the variable is named', (text) => {
    expect(() => portsOf({ BOT_PORT: text })).toThrow(PortProblem);
    expect(() => portsOf({ BOT_PORT: text })).toThrow('BOT_PORT is not a port number');
  });

  it('are tried before anything is started: a taken one is one sentence with the variable to set', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    const tried = refuseTakenPorts({ CHAT_PORT: port, BOT_PORT: 0, AZURE_PORT: 0 });

    await expect(tried).rejects.toThrow(PortProblem);
    await expect(tried).rejects.toThrow(
      `Port ${port}, where the chat page listens, is in use: stop what uses it, or set CHAT_PORT to another port (0 takes any free one).`,
    );
    other.close();
    await once(other, 'close');
    await refuseTakenPorts({ CHAT_PORT: port, BOT_PORT: 0, AZURE_PORT: 0 });
  });

  it('are not one and the same', async () => {
    const free = createServer();
    await once(free.listen(0, '127.0.0.1'), 'listening');
    const { port } = free.address() as AddressInfo;
    free.close();
    await once(free, 'close');

    await expect(refuseTakenPorts({ CHAT_PORT: port, BOT_PORT: port, AZURE_PORT: 0 })).rejects.toThrow('set BOT_PORT');
  });
});
