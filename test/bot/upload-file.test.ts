import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createUploadFile, isTeamsUploadUrl } from '../../src/bot/teams/upload-file.ts';

describe('where a file may be put', () => {
  it.each([
    ['https://contoso-my.sharepoint.com/personal/carol/_api/v2.0/drive/items/1/uploadSession?guid=1', true],
    ['https://contoso.sharepoint.com/x', true],
    ['http://contoso-my.sharepoint.com/x', false],
    ['https://contoso-my.sharepoint.com:8443/x', false],
    ['https://carol@contoso-my.sharepoint.com/x', false],
    ['https://contoso.sharepoint.com@evil.example/x', false],
    ['https://contoso.sharepoint.com.evil.example/x', false],
    ['https://evilsharepoint.com/x', false],
    ['https://sharepoint.com/x', false],
    ['https://evil.example/contoso.sharepoint.com', false],
    ['https://127.0.0.1/x', false],
    ['sharepoint', false],
  ])('%s: %s', (url, allowed) => {
    expect(isTeamsUploadUrl(url)).toBe(allowed);
  });
});

describe('the upload of a file', () => {
  const content = new TextEncoder().encode('kind,title\r\n');
  let answer: { readonly status: number; readonly location?: string };
  let taken: { readonly request: IncomingMessage; readonly body: string }[];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      taken.push({ request, body: Buffer.concat(chunks).toString() });
      // Not chained: where restify was loaded before, writeHead returns nothing.
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location });
      response.end('{}');
    });
  });
  const place = () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { uploadUrl: `${url}/upload`, contentUrl: `${url}/file` };
  };

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    taken = [];
    answer = { status: 201 };
  });

  it('is one PUT of all bytes that says which they are', async () => {
    await createUploadFile({ allowed: () => true })(place(), content);

    expect(taken.map(({ body }) => body)).toEqual(['kind,title\r\n']);
    expect(taken[0]?.request).toMatchObject({ method: 'PUT', headers: { 'content-range': 'bytes 0-11/12' } });
    expect(taken[0]?.request.headers.authorization).toBeUndefined();
  });

  it.each(['upload', 'file'])('does not happen where the address of the %s is not allowed', async (wrong) => {
    const upload = createUploadFile({ allowed: (url) => !url.endsWith(wrong) });

    await expect(upload(place(), content)).rejects.toMatchObject({ code: 'forbidden' });
    expect(taken).toEqual([]);
  });

  it('follows no redirect', async () => {
    answer = { status: 307, location: `${place().uploadUrl}/elsewhere` };

    await expect(createUploadFile({ allowed: () => true })(place(), content)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(taken).toHaveLength(1);
  });

  it('says so when it is refused or nobody answers', async () => {
    answer = { status: 404 };
    const upload = createUploadFile({ allowed: () => true });
    const silent = createUploadFile({ allowed: () => true, send: () => Promise.reject(new TypeError('fetch failed')) });

    await expect(upload(place(), content)).rejects.toThrow('send: report');
    await expect(silent(place(), content)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
