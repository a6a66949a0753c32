import { HTTP, type CloudEventV1 } from 'cloudevents';
import { randomBytes } from 'node:crypto';
import type { LookupAddress } from 'node:dns';
import { Webhook } from 'standardwebhooks';
import { cloudEventOf, testEvent } from '../../../src/connections/webhooks/cloud-event.ts';
import { systemResolve, type Resolve } from '../../../src/connections/webhooks/guarded-lookup.ts';
import { postSigned, type Receiver } from '../../../src/connections/webhooks/post-signed.ts';
import { reachReceiver } from '../../../src/connections/webhooks/reach-receiver.ts';
import { privateReceiversIn } from '../../../src/connections/webhooks/receiver-address.ts';
import { secretBytes } from '../../../src/connections/webhooks/sign.ts';
import type { LedgerRecord } from '../../../src/core/ledger/ledger.ts';
import { startReceiver, type Received, type TestReceiver } from './receiver.ts';

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const bytes = (...secrets: readonly string[]): Buffer[] => secrets.map((each) => secretBytes(each) ?? Buffer.alloc(0));

const record: LedgerRecord = {
  at: new Date('2026-12-01T08:00:00.123Z'),
  actor: { kind: 'person', person: { objectId: 'oid', tenantId: 'tid', name: 'Alice Adler' } },
  reference: 'EX-AAAA',
  event: 'approved',
  from: 'pending',
  to: 'approved',
  text: 'Because of “Größe”',
  facts: { title: 'MFA should be on', severity: 'high', targets: '[]', governance: '{}' },
  sequence: 12,
  hash: 'f'.repeat(64),
};
const event = cloudEventOf(record, ['/subscriptions/x'], { source: '/exemption-desk/app', withWords: false });
const outside = { resolve: systemResolve, machineTime: () => new Date(), timeoutMs: 5000 };

describe('a signed webhook', () => {
  let hook: TestReceiver;
  beforeAll(async () => {
    hook = await startReceiver();
  });
  afterAll(() => hook.close());
  beforeEach(() => {
    hook.received.length = 0;
    hook.answers.length = 0;
  });

  const [secret, old] = [newSecret(), newSecret()];
  const receiver = (changes: Partial<Receiver> = {}): Receiver => ({
    url: new URL(hook.url),
    secrets: bytes(secret),
    privateReceivers: privateReceiversIn(['127.0.0.0/8']),
    ...changes,
  });
  const last = (): Received => {
    const received = hook.received.at(-1);
    if (received === undefined) throw new Error('Nothing was received.');
    return received;
  };
  const verified = ({ headers, body }: Received, by = secret): unknown =>
    new Webhook(by).verify(body, headers as Record<string, string>);

  it('is verified by the library of Standard Webhooks and read by that of CloudEvents', async () => {
    expect(await postSigned(receiver(), event, outside)).toEqual({ kind: 'sent' });
    expect(verified(last())).toMatchObject({ id: record.hash, sequence: '12' });
    const read = HTTP.toEvent({ headers: last().headers, body: last().body }) as CloudEventV1<unknown>;
    expect(read).toMatchObject({
      specversion: '1.0',
      id: record.hash,
      source: '/exemption-desk/app',
      type: 'exemption-desk.approved',
      subject: 'EX-AAAA',
      time: record.at.toISOString(),
    });
    expect(read.data).toMatchObject({ from: 'pending', to: 'approved', facts: { severity: 'high' } });
    expect(last().headers['webhook-id']).toBe(record.hash);
  });

  it('holds no words of people, unless the operator wants them', async () => {
    const { body } = cloudEventOf(record, [], { source: '/x', withWords: true });
    expect(event.body).not.toMatch(/Größe|Alice/);
    expect(JSON.parse(body)).toMatchObject({ data: { text: record.text, actor: { name: 'Alice Adler' } } });
    expect(Buffer.byteLength(event.body)).toBeLessThan(20_000);
  });

  it('is signed with the new and the old secret while one follows the other', async () => {
    await postSigned(receiver({ secrets: bytes(secret, old) }), event, outside);
    for (const each of [secret, old]) expect(() => verified(last(), each)).not.toThrow();
    expect(() => verified(last(), newSecret())).toThrow();
  });

  it('does not survive being altered, kept for long or given another id', async () => {
    await postSigned(receiver(), event, outside);
    const { headers, body } = last();
    expect(() => verified({ headers, body: body.replace('approved', 'rejected') })).toThrow();
    expect(() => verified({ headers: { ...headers, 'webhook-id': 'other' }, body })).toThrow();
    const later = String(Number(headers['webhook-timestamp']) + 60);
    expect(() => verified({ headers: { ...headers, 'webhook-timestamp': later }, body })).toThrow();
    await postSigned(receiver(), event, { ...outside, machineTime: () => new Date(Date.now() - 6 * 60_000) });
    expect(() => verified(last())).toThrow(/too old/);
  });

  it('has the same id in each attempt and a new time, so that a repetition is known and a replay is not taken', async () => {
    const at = (ms: number) => ({ ...outside, machineTime: () => new Date(Date.now() + ms) });
    await postSigned(receiver(), event, at(0));
    await postSigned(receiver(), event, at(60_000));
    const [first, second] = hook.received;
    expect(first?.headers['webhook-id']).toBe(second?.headers['webhook-id']);
    expect(first?.headers['webhook-signature']).not.toBe(second?.headers['webhook-signature']);
    expect(first?.body).toBe(second?.body);
  });

  it.each([
    [{ status: 410 }, { kind: 'off' }],
    [
      { status: 429, headers: { 'retry-after': '120' } },
      { kind: 'retry', waitMs: 120_000 },
    ],
    [{ status: 503, headers: { 'retry-after': 'soon' } }, { kind: 'retry' }],
    [
      { status: 400, body: 'hostile words' },
      { kind: 'retry', reason: 'The receiver refused it (400).' },
    ],
    [{ status: 200, hangsUp: true }, { kind: 'ambiguous' }],
  ])('understands %j', async (answer, result) => {
    hook.answers.push(answer);
    const became = await postSigned(receiver(), event, outside);
    expect(became).toMatchObject(result);
    expect(JSON.stringify(became)).not.toContain('hostile');
  });

  it('follows no redirect', async () => {
    const inside = await startReceiver();
    hook.answers.push({ status: 307, headers: { location: inside.url } });
    expect(await postSigned(receiver(), event, outside)).toMatchObject({ kind: 'retry' });
    expect(inside.received).toEqual([]);
    await inside.close();
  });

  it('takes little of an answer that does not end', async () => {
    hook.answers.push({ status: 200, body: 'x'.repeat(50_000_000) });
    expect(await postSigned(receiver(), event, outside)).toEqual({ kind: 'sent' });
  });

  it('tells a receiver that is not there from one that is silent', async () => {
    const gone = await startReceiver();
    await gone.close();
    const away = await postSigned(receiver({ url: new URL(gone.url) }), event, outside);
    expect(away).toEqual({ kind: 'retry', reason: 'The receiver cannot be reached (ECONNREFUSED).' });
    const nowhere: Resolve = (_, done) => done(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), []);
    const named = receiver({ url: new URL('https://hooks.contoso.com/') });
    expect(await postSigned(named, event, { ...outside, resolve: nowhere })).toEqual({
      kind: 'retry',
      reason: 'The receiver cannot be reached (ENOTFOUND).',
    });
  });

  describe('to a name that leads inside', () => {
    const answering = (...answers: readonly (readonly string[])[]) => {
      let asked = 0;
      const resolve: Resolve = (_, done) => {
        const found = answers[Math.min(asked, answers.length - 1)] ?? [];
        asked += 1;
        done(
          null,
          found.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
      };
      return { resolve, asked: () => asked };
    };
    const named = (...hosts: readonly string[]) =>
      receiver({
        url: new URL(hosts.length === 0 ? 'https://hooks.evil.example/' : `http://hooks.corp:${hook.port}/`),
        privateReceivers: privateReceiversIn(hosts),
      });

    it.each([
      [['127.0.0.1']],
      [['169.254.169.254']],
      [['168.63.129.16']],
      [['93.184.216.34', '10.0.0.5']],
      [['::ffff:127.0.0.1']],
      [['fd00::1']],
    ])('is not sent: %j', async (addresses) => {
      const { resolve } = answering(addresses);
      const became = await postSigned(named(), event, { ...outside, resolve });
      expect(became).toMatchObject({ kind: 'retry', reason: expect.stringContaining('not public') as string });
      await expect(reachReceiver(named(), { ...outside, resolve })).rejects.toThrow('not public');
    });

    it('goes to the address that was looked at, however the next answer of the name server differs', async () => {
      const { resolve, asked } = answering(['127.0.0.1'], ['169.254.169.254']);
      expect(await postSigned(named('hooks.corp'), event, { ...outside, resolve })).toEqual({ kind: 'sent' });
      expect([asked(), hook.received.length]).toEqual([1, 1]);
      const next = await postSigned(named('hooks.corp'), event, { ...outside, resolve });
      expect(next).toMatchObject({ kind: 'retry', reason: expect.stringContaining('not public') as string });
      expect(hook.received).toHaveLength(1);
    });
  });

  it('is tried without telling anything, and by a test that says so', async () => {
    await reachReceiver(receiver(), outside);
    expect(hook.received).toEqual([]);
    await postSigned(receiver(), testEvent('1', new Date(), '/x'), outside);
    expect(verified(last())).toMatchObject({ type: 'exemption-desk.test' });
  });
});
