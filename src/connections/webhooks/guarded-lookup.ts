import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { addressesAllowedFor, type PrivateReceivers } from './receiver-address.ts';

/** All addresses of a host. */
export type Resolve = (
  host: string,
  done: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

export const systemResolve: Resolve = (host, done) => {
  lookup(host, { all: true, order: 'verbatim' }, done);
};

/** The host has an address to which nothing is sent. */
export class RefusedAddress extends Error {
  constructor() {
    super('The host has an address that is not public.');
    this.name = 'RefusedAddress';
  }
}

/**
 * Gives a connection the addresses of its host, or none if a single one is not allowed. The connection goes to exactly these addresses: a check
 * before it would be of no use, because the next answer of the name server may be another.
 */
export const guardedLookup =
  (receivers: PrivateReceivers, resolve: Resolve): LookupFunction =>
  (host, options, done) => {
    const isAllowed = addressesAllowedFor(host, receivers);
    resolve(host, (error, addresses) => {
      const [first] = addresses;
      if (error !== null || first === undefined) done(error ?? new Error('The host has no address.'), '', 0);
      else if (!addresses.every(({ address }) => isAllowed(address))) done(new RefusedAddress(), '', 0);
      else if (options.all === true) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };
