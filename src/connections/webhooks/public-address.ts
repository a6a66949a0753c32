import { BlockList, isIP } from 'node:net';

/** Ranges of IPv4 that are no public host: private, shared (CGNAT), loopback, link-local with the metadata service, 6to4 relays, tests, multicast. */
const notPublic4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // The wire server of Azure: a public address by its number, and it hands out secrets of the machine.
  '168.63.129.16/32',
];

/** Of the global unicast addresses of IPv6, those that reach another protocol (Teredo, 6to4) or are documentation. All others are no public host. */
const notPublic6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/**
 * Not even an operator can allow these by mistake: link-local with the metadata service, the wire server, and the ways of IPv6 (NAT64, 6to4,
 * Teredo) in which they could be written as well.
 */
const never = [
  '169.254.0.0/16',
  '168.63.129.16/32',
  '0.0.0.0/8',
  'fe80::/10',
  '::/128',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2002::/16',
  '2001::/32',
];

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

const listOf = (ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits = ''] = range.split('/');
    list.addSubnet(network, Number(bits), family(network));
  }
  return list;
};

const [refused4, refused6, refusedAlways, global6] = [
  listOf(notPublic4),
  listOf(notPublic6),
  listOf(never),
  listOf(['2000::/3']),
];

const isPublic = (address: string): boolean =>
  isIP(address) === 4
    ? !refused4.check(address, 'ipv4')
    : global6.check(address, 'ipv6') && !refused6.check(address, 'ipv6');

/** `10.1.0.0/16` or `fd00:1::/32`. */
export const isRange = (text: string): boolean => {
  const [network = '', bits = '', ...more] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(network)] ?? -1;
  return more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
};

/**
 * The addresses that something may be sent to: public ones, and those in the ranges that the operator has allowed. IPv4 in the clothes of IPv6
 * is neither.
 */
export const allowedAddress = (ranges: readonly string[]): ((address: string) => boolean) => {
  const allowed = listOf(ranges);
  return (address) => {
    const kind = isIP(address);
    // A mapped address also matches the rules of IPv4, so it is refused first.
    if (kind === 0 || (kind === 6 && /^::ffff:/i.test(address)) || refusedAlways.check(address, family(address)))
      return false;
    return isPublic(address) || allowed.check(address, family(address));
  };
};
