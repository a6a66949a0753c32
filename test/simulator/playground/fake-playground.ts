import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Shown = { readonly method: string; readonly conversationId: string; readonly id: string; readonly text: unknown };

/** The connector of a Playground: takes posts and updates, and hands out ids of its own. */
export const startFakeConnector = async () => {
  const shown: Shown[] = [];
  const server = createServer((incoming, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      const { text } = JSON.parse(Buffer.concat(chunks).toString()) as { text?: unknown };
      const [, , , conversationId = '', , known] = (incoming.url ?? '').split('/').map(decodeURIComponent);
      const id = known ?? `shown-${shown.length + 1}`;
      shown.push({ method: incoming.method ?? '', conversationId, id, text });
      response.writeHead(known === undefined ? 201 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id }));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shown,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Posts JSON with any headers, Host included, which `fetch` does not let choose. */
export const post = async (url: string, body: object, headers: Record<string, string> = {}) => {
  const outgoing = request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } });
  outgoing.end(JSON.stringify(body));
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return { status: response.statusCode, text: Buffer.concat(chunks).toString() };
};
