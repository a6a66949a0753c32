import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type AppendBlobs = {
  /** Of the container. */
  readonly url: string;
  readonly blobs: ReadonlyMap<string, string>;
  readonly close: () => Promise<void>;
};

type Refusal = readonly [status: number, code: string];

const refuse = (response: ServerResponse, [status, code]: Refusal): void => {
  response.writeHead(status, { 'content-type': 'application/xml', 'x-ms-error-code': code });
  response.end(`<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
};

const listOf = (names: readonly string[]): string => {
  const blobs = names.map(
    (name) =>
      `<Blob><Name>${name}</Name><Properties><Last-Modified>Sat, 21 Nov 2026 10:00:00 GMT</Last-Modified><Etag>1</Etag><BlobType>AppendBlob</BlobType></Properties></Blob>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Blobs>${blobs.join('')}</Blobs><NextMarker /></EnumerationResults>`;
};

/**
 * A container of Azure Storage with a policy of immutability that allows protected append writes: blobs can be created, read, listed and
 * added to, and nothing else. Whoever calls may do that; there are no tokens here.
 */
export const startAppendBlobs = async (): Promise<AppendBlobs> => {
  const blobs = new Map<string, string>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(`http://127.0.0.1${request.url ?? '/'}`);
    const name = url.pathname.split('/').slice(2).join('/');
    const operation = `${request.method ?? ''} ${url.searchParams.get('comp') ?? ''}`.trim();
    const before = blobs.get(name);
    const body = await text(request);
    if (operation === 'GET list') {
      const prefix = url.searchParams.get('prefix') ?? '';
      response.writeHead(200, { 'content-type': 'application/xml' });
      response.end(listOf([...blobs.keys()].filter((each) => each.startsWith(prefix)).toSorted()));
      return;
    }
    if (operation === 'PUT') {
      if (request.headers['x-ms-blob-type'] !== 'AppendBlob') {
        refuse(response, [400, 'InvalidHeaderValue']);
        return;
      }
      if (before !== undefined) {
        refuse(
          response,
          request.headers['if-none-match'] === '*' ? [409, 'BlobAlreadyExists'] : [409, 'BlobImmutableDueToPolicy'],
        );
        return;
      }
      blobs.set(name, '');
    } else if (before === undefined) {
      refuse(response, [404, 'BlobNotFound']);
      return;
    } else if (operation === 'PUT appendblock') blobs.set(name, before + body);
    else if (operation === 'GET' || operation === 'HEAD') {
      const length = Buffer.byteLength(before);
      const headers = { 'content-length': length, 'x-ms-blob-type': 'AppendBlob', etag: `"${length}"` };
      response.writeHead(200, { ...headers, 'content-type': 'application/octet-stream' });
      response.end(request.method === 'HEAD' ? undefined : before);
      return;
    } else {
      refuse(response, [409, 'BlobImmutableDueToPolicy']);
      return;
    }
    response.writeHead(201, { etag: '"1"', 'last-modified': 'Sat, 21 Nov 2026 10:00:00 GMT' });
    response.end();
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => resolve(undefined));
  await promise;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/evidence`,
    blobs,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
