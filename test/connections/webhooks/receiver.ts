import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };
type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Takes it and hangs up. */
  readonly hangsUp?: boolean;
};

/** A receiver of webhooks on this machine: keeps what comes, and answers as a test wants, 204 otherwise. */
export const startReceiver = async () => {
  const received: Received[] = [];
  const answers: Answer[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      const answer = answers.shift() ?? { status: 204 };
      if (answer.hangsUp === true) return request.socket.destroy();
      // Where restify is loaded, writeHead returns nothing.
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
      return undefined;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    received,
    answers,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

export type TestReceiver = Awaited<ReturnType<typeof startReceiver>>;
