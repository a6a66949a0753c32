import { once } from 'node:events';
import { connect } from 'node:net';
import { finished } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { createCorrelation } from '../../src/observe/create-correlation.ts';
import { createLog } from '../../src/observe/log.ts';
import { startServer, type RunningServer } from '../../src/server/server.ts';

const connections = 10;

describe('the HTTP server', () => {
  const correlation = createCorrelation();
  let server: RunningServer;
  let taken: unknown[];
  let answer: () => Promise<{ status: number; body?: unknown }>;
  const logged: Record<string, unknown>[] = [];
  const log = createLog(
    'info',
    { write: (line: string) => void logged.push(JSON.parse(line) as (typeof logged)[0]) },
    correlation.current,
  );

  beforeAll(async () => {
    let requests = 0;
    server = await startServer({
      host: '127.0.0.1',
      port: 0,
      frontDoor: async (_authorization, body) => {
        taken.push(body);
        return answer();
      },
      eventDoor: undefined,
      api: undefined,
      notReady: async () => Promise.reject(new Error('secret: the database is at db.example')),
      correlation,
      isStopping: () => false,
      newId: () => `request-${(requests += 1)}`,
      limits: { headersMs: 200, requestMs: 400, checkMs: 20, keepAliveMs: 100, silenceMs: 600, connections },
      log,
    });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    taken = [];
    logged.length = 0;
    answer = async () => ({ status: 200 });
  });

  const post = async (
    body: string | Buffer,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => {
    const response = await fetch(`${server.url}/api/messages`, { method: 'POST', headers, body });
    return { status: response.status, text: await response.text(), taken: taken.length };
  };
  const refused = (status: number) => ({ status, text: '', taken: 0 });
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  describe('takes', () => {
    it.each([
      ['JSON', 'application/json', '{"a":"ü"}', { a: 'ü' }],
      ['JSON that says its encoding', 'application/json; charset=utf-8', '{}', {}],
      ['the type in capitals', 'Application/JSON; Charset="UTF-8"', '{}', {}],
      [
        'as many bytes as there may be',
        'application/json',
        `"${'x'.repeat(256 * 1024 - 2)}"`,
        'x'.repeat(256 * 1024 - 2),
      ],
    ])('%s', async (_name, type, body, value) => {
      expect(await post(body, { 'content-type': type })).toMatchObject({ status: 200, taken: 1 });
      expect(taken).toEqual([value]);
    });
  });

  describe('refuses, without a word and before anybody looks at it,', () => {
    it.each([
      ['one byte too many', 413, `"${'x'.repeat(256 * 1024 - 1)}"`],
      ['much too much', 413, 'x'.repeat(3 * 1024 * 1024)],
      ['no body', 400, ''],
      ['half of a body', 400, '{"type":'],
      ['text', 400, 'type: message'],
      ['bytes that are no UTF-8', 400, Buffer.from('{"a":"\xff"}', 'latin1')],
      ['nesting without a bottom', 400, nested(100_000)],
      ['a key that JavaScript would take for its own', 400, '{"channelData":[{"__proto__":{"isAdmin":true}}]}'],
    ])('%s', async (_name, status, body) => {
      expect(await post(body)).toEqual(refused(status));
    });

    it.each<[string, Record<string, string>, string | Buffer]>([
      ['no content type', { 'content-type': '' }, '{}'],
      ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'type=message'],
      ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
      ['text', { 'content-type': 'text/plain' }, '{}'],
      ['a kind of JSON', { 'content-type': 'application/vnd.api+json' }, '{}'],
      ['another encoding of characters', { 'content-type': 'application/json; charset=utf-16' }, '{}'],
      ['compression', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, gzipSync('{}')],
      ['false compression', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 'not gzip'],
    ])('%s', async (_name, headers, body) => {
      expect(await post(body, headers)).toEqual(refused(415));
    });

    it('a body without an end in chunks', async () => {
      const endless = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(64 * 1024).fill(32)) });
      const response = await fetch(`${server.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: endless,
        duplex: 'half',
      });

      expect(response.status).toBe(413);
      expect(taken).toEqual([]);
    });
  });

  describe('answers plainly', () => {
    it.each([
      ['GET', '/', 404],
      ['GET', '/api/messages', 405],
      ['DELETE', '/api/messages', 405],
      ['POST', '/healthz', 405],
      ['POST', '/api/azure-events', 404],
      ['POST', '/api/messages/', 404],
      ['GET', '/..%2f..%2fetc%2fpasswd', 404],
      ['GET', '/%zz', 404],
      ['GET', `/${'x'.repeat(8000)}`, 404],
      ['GET', '/__proto__', 404],
      ['GET', '/readyz', 500],
    ])('%s %s with %i', async (method, path, status) => {
      const response = await fetch(`${server.url}${path}`, { method });
      const words = await response.text();

      expect(response.status).toBe(status);
      expect(words).toMatch(/^\{"error":"[A-Z][A-Za-z ]+"\}$/);
    });

    it('what fails inside, and says in the log what it was', async () => {
      answer = () => Promise.reject(new Error('secret'));

      const response = await fetch(`${server.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });

      expect([response.status, await response.text()]).toEqual([500, '{"error":"Internal Server Error"}']);
      expect(logged).toHaveLength(1);
      expect(logged[0]).toMatchObject({ err: { message: 'secret' } });
      expect(logged[0]?.correlation).toBe(response.headers.get('x-request-id'));
    });

    it.each(['/healthz', '/nowhere'])('with headers that leave a browser nothing to do (%s)', async (path) => {
      const { headers } = await fetch(`${server.url}${path}`, { headers: { 'x-request-id': 'of somebody else' } });

      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      });
      expect(headers.get('x-request-id')).toMatch(/^request-\d+$/);
      for (const name of ['server', 'x-powered-by', 'strict-transport-security', 'access-control-allow-origin'])
        expect(headers.has(name)).toBe(false);
    });

    it('each request with an id of its own', async () => {
      const ids = [];
      for (let each = 0; each < 3; each += 1) {
        ids.push((await fetch(`${server.url}/healthz`)).headers.get('x-request-id'));
      }
      expect(new Set(ids).size).toBe(3);
    });
  });

  describe('cuts off, on a connection of its own,', () => {
    /** What comes back on a connection that is used as told, until the server closes it. */
    const spoken = async (use: (write: (words: string) => void) => (() => void) | undefined): Promise<string> => {
      const { hostname, port } = new URL(server.url);
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      const stop = use((words) => {
        if (socket.writable) socket.write(words);
      });
      // What came before the connection was reset counts.
      let heard = '';
      socket.setEncoding('utf8').on('data', (words: string) => (heard += words));
      await finished(socket).catch(() => undefined);
      stop?.();
      if (!socket.closed) await once(socket, 'close');
      return heard;
    };
    const dripping = (write: (words: string) => void, drop: string) => {
      const timer = setInterval(() => write(drop), 10);
      return () => clearInterval(timer);
    };
    const head = 'POST /api/messages HTTP/1.1\r\nhost: bot\r\ncontent-type: application/json\r\n';

    it('who says nothing', async () => {
      expect(await spoken(() => undefined)).toMatch(/^$|^HTTP\/1\.1 408 /);
    });

    it('who drips headers', async () => {
      const heard = await spoken((write) => {
        write(head);
        return dripping(write, 'x-drip: 1\r\n');
      });
      expect(heard).toMatch(/^HTTP\/1\.1 408 /);
      expect(taken).toEqual([]);
    });

    it('who drips a body', async () => {
      const heard = await spoken((write) => {
        write(`${head}content-length: 100000\r\n\r\n`);
        return dripping(write, ' ');
      });
      expect(heard).not.toContain('200');
      expect(taken).toEqual([]);
    });

    it('who breaks off in the middle of a body', async () => {
      const { hostname, port } = new URL(server.url);
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.write(`${head}content-length: 100\r\n\r\n{`, () => socket.destroy());
      await once(socket, 'close');

      expect(await post('{}')).toMatchObject({ status: 200, taken: 1 });
      expect(logged).toEqual([]);
    });

    it('who comes while there are as many as it bears', async () => {
      const heard = await Promise.all(
        Array.from({ length: connections + 5 }, () =>
          spoken((write) => {
            write(head);
            return undefined;
          }),
        ),
      );
      const late = heard.filter((words) => words.startsWith('HTTP/1.1 408 '));
      expect(late.length).toBeLessThanOrEqual(connections);
      expect(late.length).toBeGreaterThan(0);
      expect(heard.filter((words) => words === '').length).toBeGreaterThanOrEqual(5);
      expect(await post('{}')).toMatchObject({ status: 200 });
    });

    it('who hears nothing for too long, although something is still being done', async () => {
      answer = () => new Promise(() => undefined);
      const heard = await spoken((write) => {
        write(`${head}content-length: 2\r\n\r\n{}`);
        return undefined;
      });
      expect(heard).toBe('');
      expect(taken).toHaveLength(1);
    });

    it('who keeps a connection for nothing', async () => {
      const heard = await spoken((write) => {
        write('GET /healthz HTTP/1.1\r\nhost: bot\r\n\r\n');
        return undefined;
      });
      expect(heard).toMatch(/^HTTP\/1\.1 200 /);
    });

    it.each([
      ['too long', `x-long: ${'x'.repeat(20_000)}\r\n`],
      ['too many', 'x-many: 1\r\n'.repeat(200)],
    ])('whose headers are %s', async (_name, headers) => {
      const heard = await spoken((write) => {
        write(`${head}${headers}content-length: 2\r\n\r\n{}`);
        return undefined;
      });
      expect(heard).toMatch(/^HTTP\/1\.1 431 /);
      expect(taken).toEqual([]);
    });

    it.each([
      ['says two lengths', `${head}content-length: 2\r\ncontent-length: 30\r\n\r\n{}`],
      [
        'says a length and chunks',
        `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
      ],
      ['speaks something else', 'SSH-2.0-OpenSSH_9.6\r\n'],
      ['names no host', 'GET /healthz HTTP/1.1\r\n\r\n'],
    ])('who %s', async (_name, words) => {
      const heard = await spoken((write) => {
        write(words);
        return undefined;
      });
      expect(heard).toMatch(/^HTTP\/1\.1 400 /);
      expect(taken).toEqual([]);
    });
  });
});
