import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { guardedLookup } from './guarded-lookup.ts';
import type { Outside, Receiver } from './post-signed.ts';

/** Opens a connection to a receiver and closes it again; nothing is told. Rejects where that fails. */
export const reachReceiver = ({ url, privateReceivers }: Receiver, { resolve, timeoutMs }: Outside): Promise<void> =>
  new Promise((done, fail) => {
    const isPlain = url.protocol === 'http:';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = Number(url.port === '' ? (isPlain ? 80 : 443) : url.port);
    const options = { host, port, lookup: guardedLookup(privateReceivers, resolve) };
    const socket = isPlain
      ? connectPlain(options)
      : connectSecure({ ...options, ...(isIP(host) === 0 ? { servername: host } : {}) });
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('It did not answer in time.')));
    socket.once('error', fail);
    socket.once(isPlain ? 'connect' : 'secureConnect', () => {
      socket.destroy();
      done();
    });
  });
