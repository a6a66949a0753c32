import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from './network-of.ts';

/** How many connections one remote address may have. Times are in milliseconds. */
export type AddressLimits = {
  /** A proxy in front is one address for everybody, so this leaves it plenty. */
  readonly connectionsPerAddress: number;
  /** From an address that has just carried requests that Teams signed, as long as it is trusted. */
  readonly connectionsPerTrustedAddress: number;
  readonly trustedMs: number;
  /** Further ones that wait, unread, until another one of their address ends. */
  readonly waitingPerAddress: number;
  readonly waitMs: number;
};

/** What is known of one address. */
type Sender = { open: number; readonly waiting: Socket[]; trustedUntil: number };

type Serve = (this: Server, socket: Socket) => void;

/**
 * Lets so many connections of one address in. Those beyond wait unread for a moment, because a cut connection could be a press of somebody who
 * would never hear of it; they are cut off if no other one ends meanwhile. Returns what to call with the address of a request that was
 * proved to come from Teams.
 */
export const admitConnections = (server: Server, limits: AddressLimits): ((address: string | undefined) => void) => {
  const senders = new Map<string, Sender>();
  const serve = server.listeners('connection') as Serve[];
  server.removeAllListeners('connection');

  const isTrusted = ({ trustedUntil }: Sender): boolean => trustedUntil > performance.now();
  const hasRoom = (sender: Sender): boolean =>
    sender.open < (isTrusted(sender) ? limits.connectionsPerTrustedAddress : limits.connectionsPerAddress);
  const forgetIfGone = (network: string, sender: Sender): void => {
    if (sender.open === 0 && sender.waiting.length === 0 && !isTrusted(sender)) senders.delete(network);
  };

  const letIn = (network: string, sender: Sender, socket: Socket): void => {
    sender.open += 1;
    socket.once('close', () => {
      sender.open -= 1;
      letNextIn(network, sender);
    });
    for (const each of serve) each.call(server, socket);
  };

  const letNextIn = (network: string, sender: Sender): void => {
    while (hasRoom(sender)) {
      const next = sender.waiting[0];
      if (next === undefined) break;
      next.emit('admitted');
      letIn(network, sender, next);
    }
    forgetIfGone(network, sender);
  };

  const letWait = (network: string, sender: Sender, socket: Socket): void => {
    const { waiting } = sender;
    waiting.push(socket);
    const giveUp = (): void => void socket.destroy();
    const late = setTimeout(giveUp, limits.waitMs).unref();
    const end = (): void => {
      clearTimeout(late);
      const at = waiting.indexOf(socket);
      if (at >= 0) waiting.splice(at, 1);
      socket.off('error', giveUp).off('close', gone);
    };
    const gone = (): void => {
      end();
      forgetIfGone(network, sender);
    };
    socket.on('error', giveUp).once('close', gone).once('admitted', end);
  };

  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? '');
    const sender = senders.get(network) ?? { open: 0, waiting: [], trustedUntil: 0 };
    senders.set(network, sender);
    if (hasRoom(sender)) letIn(network, sender, socket);
    else if (sender.waiting.length < limits.waitingPerAddress) letWait(network, sender, socket);
    else socket.destroy();
  });

  return (address) => {
    const network = networkOf(address ?? '');
    const sender = senders.get(network);
    if (sender === undefined) return;
    sender.trustedUntil = performance.now() + limits.trustedMs;
    letNextIn(network, sender);
    for (const [each, other] of senders) forgetIfGone(each, other);
  };
};
