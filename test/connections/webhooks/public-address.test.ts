import { allowedAddress, isRange } from '../../../src/connections/webhooks/public-address.ts';
import { privateReceiversIn, whyNotThere } from '../../../src/connections/webhooks/receiver-address.ts';

const isAllowed = allowedAddress([]);

describe('where webhooks may go', () => {
  it.each([
    '93.184.216.34',
    '8.8.8.8',
    '100.128.0.1',
    '172.32.0.1',
    '168.63.129.17',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('is the public address %s', (address) => expect(isAllowed(address)).toBe(true));

  it.each([
    ...['0.0.0.0', '10.0.0.1', '127.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '192.0.0.170'],
    ...['169.254.169.254', '168.63.129.16', '198.18.0.1', '224.0.0.1', '255.255.255.255', '192.88.99.1'],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fe80::1%eth0',
      'fd00::1',
      'fc00::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '::ffff:93.184.216.34',
    ],
    ...['::ffff:a9fe:a9fe', '0:0:0:0:0:ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::1', '2001:0:1::1'],
    ...['2001:db8::1', '3fff::1', 'localhost', ''],
  ])('is not %s', (address) => expect(isAllowed(address)).toBe(false));

  it('is what the operator allows, and never the metadata service or the wire server', () => {
    const inside = allowedAddress(['10.1.0.0/16', 'fd00:1::/32', '0.0.0.0/0', '::/0']);
    for (const address of ['10.1.2.3', 'fd00:1::5', '127.0.0.1']) expect(inside(address)).toBe(true);
    for (const address of [
      '169.254.169.254',
      '168.63.129.16',
      'fe80::1',
      '::ffff:10.1.2.3',
      '64:ff9b::a9fe:a9fe',
      '2002:a9fe::',
    ])
      expect(inside(address)).toBe(false);
    expect(allowedAddress(['10.1.0.0/16'])('10.2.0.1')).toBe(false);
  });

  it.each([
    ['10.0.0.0/8', true],
    ['fd00::/8', true],
    ['10.0.0.0', false],
    ['10.0.0.0/33', false],
    ['10.0.0.0/8/8', false],
    ['hooks.contoso.com', false],
  ])('knows a range when it sees one: %s', (text, isOne) => expect(isRange(text)).toBe(isOne));

  const why = (url: string, ...receivers: readonly string[]) =>
    whyNotThere(new URL(url), privateReceiversIn(receivers));

  it('is an https address with a name, at port 443', () => {
    expect(why('https://hooks.contoso.com/a?b=c')).toBeUndefined();
    expect(why('https://hooks.contoso.com:443/')).toBeUndefined();
    expect(why('https://93.184.216.34/')).toBeUndefined();
  });

  it.each<[string, string]>([
    ['http://hooks.contoso.com/', 'https'],
    ['ftp://hooks.contoso.com/', 'https'],
    ['https://hooks.contoso.com:8443/', 'port'],
    ['https://user@hooks.contoso.com/', 'user'],
    ['https://user:pass@hooks.contoso.com/', 'user'],
    ['https://hooks.contoso.com/#x', '#'],
    ...[
      '127.0.0.1',
      '0x7f.1',
      '2130706433',
      '017700000001',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '169.254.169.254',
      '[fd00::1]',
    ].map((host) => [`https://${host}/`, 'no public address'] as [string, string]),
  ])('is not %s', (url, reason) => expect(why(url)).toContain(reason));

  it('is a private receiver where the operator names it, with its port and without TLS', () => {
    expect(why('http://10.1.2.3:8080/', '10.1.0.0/16')).toBeUndefined();
    expect(why('http://hooks.corp:8080/', 'hooks.corp')).toBeUndefined();
    expect(why('http://other.corp:8080/', 'hooks.corp', '10.1.0.0/16')).toContain('https');
    expect(why('http://169.254.169.254/', '0.0.0.0/0')).toContain('no public address');
  });
});
