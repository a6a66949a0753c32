import { isIP } from 'node:net';
import { allowedAddress, isRange } from './public-address.ts';

/** Private receivers that the operator has allowed: ranges of addresses, and hosts by name. */
export type PrivateReceivers = { readonly ranges: readonly string[]; readonly hosts: readonly string[] };

export const privateReceiversIn = (written: readonly string[]): PrivateReceivers => ({
  ranges: written.filter(isRange),
  hosts: written.filter((each) => !isRange(each)).map((each) => each.toLowerCase()),
});

/** Everything, for a host that the operator has named, except what is never allowed. */
const anywhere = ['0.0.0.0/0', '::/0'];

/** The addresses that a host may have. */
export const addressesAllowedFor = (
  host: string,
  { ranges, hosts }: PrivateReceivers,
): ((address: string) => boolean) => allowedAddress(hosts.includes(host.toLowerCase()) ? anywhere : ranges);

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

/** Why nothing may be sent to this address, with the remedy; undefined: it may, as far as can be seen without asking for its addresses. */
export const whyNotThere = (url: URL, receivers: PrivateReceivers): string | undefined => {
  const host = bare(url.hostname);
  const allowed = addressesAllowedFor(host, receivers);
  if (url.username !== '' || url.password !== '') return 'url holds a user or password: leave them out';
  if (url.hash !== '') return 'url holds a #: leave it out';
  // For an address nobody asks for addresses, so it is looked at here.
  if (isIP(host) !== 0 && !allowed(host))
    return `url leads to ${host}, which is no public address: name it in privateReceivers, if you mean it`;
  const isPrivate = receivers.hosts.includes(host) || (isIP(host) !== 0 && !allowedAddress([])(host));
  if (isPrivate && ['http:', 'https:'].includes(url.protocol)) return undefined;
  if (url.protocol !== 'https:') return 'url has to begin with https://';
  return url.port === '' ? undefined : 'url may use no other port than 443, unless its host is in privateReceivers';
};
