import childProcess, { type ChildProcess } from 'node:child_process';
import net, { type ListenOptions } from 'node:net';

/*
 * Loaded into the process of Microsoft's Playground before the Playground itself. Left alone it listens on every interface of the machine, asks
 * the network for the machine's identity, reports to Microsoft even with telemetry turned off, and opens a browser window.
 */

type Callback = () => void;
const loopback = new Set(['127.0.0.1', '::1', 'localhost']);
const callbackOf = (given: readonly unknown[]): Callback | undefined =>
  given.find((each): each is Callback => typeof each === 'function');

/** The original methods are called with their object, as Node calls them. */
const plainListen = Reflect.get(net.Server.prototype, 'listen') as (
  this: net.Server,
  options: ListenOptions,
  then?: Callback,
) => net.Server;
const plainConnect = Reflect.get(net.Socket.prototype, 'connect') as (
  this: net.Socket,
  ...given: unknown[]
) => net.Socket;
const plainSpawn = childProcess.spawn;

const listenOnLoopback = function (this: net.Server, ...given: unknown[]): net.Server {
  const [first] = given;
  const port = Number(typeof first === 'object' && first !== null ? (first as ListenOptions).port : first);
  return plainListen.call(this, { port, host: '127.0.0.1' }, callbackOf(given));
};

/** Everything else is refused at once, without a question to a name server, as on a machine without a network. */
const connectToLoopback = function (this: net.Socket, ...given: unknown[]): net.Socket {
  const first: unknown = Array.isArray(given[0]) ? given[0][0] : given[0];
  const host = typeof first === 'object' && first !== null ? (first as { host?: unknown }).host : given[1];
  if (host === undefined || (typeof host === 'string' && loopback.has(host))) return plainConnect.apply(this, given);
  const refusal = Object.assign(new Error('The Playground is kept off the network.'), { code: 'ENETUNREACH' });
  process.nextTick(() => this.destroy(refusal));
  return this;
};

/** Something that starts and ends takes the place of the browser. */
const startNothing = (): ChildProcess => plainSpawn(process.execPath, ['--version'], { stdio: 'ignore' });

Object.assign(net.Server.prototype, { listen: listenOnLoopback });
Object.assign(net.Socket.prototype, { connect: connectToLoopback });
Object.assign(childProcess, { spawn: startNothing, execSync: () => '' });

// Without the demo it would run on as an orphan.
process.once('disconnect', () => process.exit(0));
