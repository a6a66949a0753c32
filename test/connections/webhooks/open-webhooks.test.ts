import { randomBytes } from 'node:crypto';
import { systemResolve } from '../../../src/connections/webhooks/guarded-lookup.ts';
import { webhooks } from '../../../src/connections/webhooks/open-webhooks.ts';
import type { Delivery } from '../../../src/core/connection/connection.ts';
import { ConnectionMistake } from '../../../src/core/connection/connection.ts';
import { startReceiver, type TestReceiver } from './receiver.ts';

const secrets: Readonly<Record<string, string>> = {
  CONNECTION_SOC: `whsec_${randomBytes(32).toString('base64')}`,
  CONNECTION_OLD: `whsec_${randomBytes(24).toString('base64')}`,
  CONNECTION_SHORT: `whsec_${randomBytes(8).toString('base64')}`,
};
const means = { source: '/x', resolve: systemResolve, machineTime: () => new Date(), timeoutMs: 5000 };
const open = (written: unknown) => webhooks(means).open(written, (name) => secrets[name]);
const soc = { url: 'https://hooks.contoso.com/a', secrets: ['CONNECTION_SOC'] };

const linesOf = (written: unknown): readonly string[] => {
  try {
    open(written);
    return [];
  } catch (error) {
    if (!(error instanceof ConnectionMistake)) throw error;
    return error.lines;
  }
};

const deliveryTo = (scopes: readonly string[]): Delivery => ({
  row: {
    key: 'k',
    target: 't',
    sequence: 1,
    part: '',
    content: undefined,
    attempts: 0,
    unknowns: 0,
    since: new Date(),
  },
  record: {
    at: new Date(),
    actor: { kind: 'job', name: 'sweep' },
    reference: undefined,
    event: 'applied',
    from: undefined,
    to: undefined,
    text: '',
    facts: {},
    sequence: 1,
    hash: 'a'.repeat(64),
  },
  scopes,
});

describe('the webhooks of a connections file', () => {
  it('are one target each, in the order of each request', () => {
    expect(open({ soc, grc: { ...soc, events: ['approved', 'exemption-*'], order: 'as-in-ledger' } })).toMatchObject([
      { name: 'webhooks/soc', events: ['*'], order: 'by-request', atOnce: 1 },
      { name: 'webhooks/grc', events: ['approved', 'exemption-*'], order: 'as-in-ledger' },
    ]);
  });

  it.each([
    [{ soc: { ...soc, url: 'https://10.0.0.1/' } }, 'soc: url leads to 10.0.0.1'],
    [{ soc: { ...soc, url: 'not an address' } }, 'soc: url is missing or not valid'],
    [{ soc: { url: soc.url } }, 'soc: secrets is missing or not valid'],
    [{ soc: { ...soc, secrets: ['MICROSOFT_APP_PASSWORD'] } }, 'soc: secrets is missing or not valid'],
    [{ soc: { ...soc, secrets: ['CONNECTION_NONE'] } }, 'soc: CONNECTION_NONE is not set to a secret'],
    [{ soc: { ...soc, secrets: ['CONNECTION_SHORT'] } }, 'soc: CONNECTION_SHORT is not set to a secret'],
    [{ soc: { ...soc, scopes: ['/'] } }, 'soc: scopes is missing or not valid'],
    [{ soc: { ...soc, filter: [] } }, 'soc has a field that is not known'],
    [{ 'S O C': soc }, 'S O C has to be a name'],
    [[], 'it has to be a name'],
  ])('are refused where they are wrong: %j', (written, line) => {
    expect(linesOf(written)).toEqual([expect.stringContaining(line)]);
    expect(linesOf(written).join('')).not.toContain(secrets.CONNECTION_SHORT);
  });

  describe('with a receiver', () => {
    let hook: TestReceiver;
    beforeAll(async () => {
      hook = await startReceiver();
    });
    afterAll(() => hook.close());

    const here = () => ({ ...soc, url: hook.url, privateReceivers: ['127.0.0.1/32'] });
    const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';

    it.each([
      [[`${subscription}/resourceGroups/shop`], 'sent'],
      [[subscription], 'sent'],
      [['/subscriptions/00000000-0000-0000-0000-000000000002'], 'unwanted'],
      [['/providers/Microsoft.Management/managementGroups/root'], 'sent'],
      [[], 'unwanted'],
    ])('tell of its scopes only: %j', async (scopes, kind) => {
      const [connection] = open({
        soc: {
          ...here(),
          scopes: [`${subscription.toUpperCase()}/resourcegroups/Shop`.replace('/SUBSCRIPTIONS', '/subscriptions')],
        },
      });
      expect(await connection?.deliver([deliveryTo(scopes)])).toEqual({ kind });
    });

    it('are tried by the doctor, which says when two secrets sign', async () => {
      const [connection] = open({ soc: { ...here(), secrets: ['CONNECTION_SOC', 'CONNECTION_OLD'] } });
      expect(await connection?.check()).toMatchObject({ seen: expect.stringContaining('2 secrets') as string });
      expect(await connection?.sendTest?.()).toEqual({ kind: 'sent' });
    });
  });
});
