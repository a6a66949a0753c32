import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { bicepFile } from '../../infra/bicep-file.ts';

type Row = Record<string, unknown>;

const declared = new Set(
  [...bicepFile('siem.bicep').code.matchAll(/\{ name: '(\w+)', type: '\w+' \}/g)].map(([, name]) => name),
);
const longestField = 32 * 1024;

/** As Azure does without a word: undeclared columns vanish, long fields are cut. */
const taken = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => declared.has(name))
      .map(([name, value]) => [
        name,
        typeof value === 'string' && Buffer.byteLength(value) > longestField ? value.slice(0, longestField) : value,
      ]),
  );

/** The Logs Ingestion API as its documentation describes it, for one rule and stream. */
export const startIngestion = async (rule: string, stream: string) => {
  const calls: Row[][] = [];
  const answers: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly lost?: boolean;
  }[] = [];
  const judge = (path: string, authorization: string | undefined, body: string): number => {
    if (authorization !== 'Bearer for https://monitor.azure.com/.default') return 401;
    if (path !== `/dataCollectionRules/${rule}/streams/${stream}?api-version=2023-01-01`) return 404;
    if (Buffer.byteLength(body) > 1_000_000) return 413;
    return Array.isArray(JSON.parse(body)) ? 204 : 400;
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const planned = answers.shift();
      const status = planned?.status ?? judge(request.url ?? '', request.headers.authorization, body);
      if (status === 204) calls.push((JSON.parse(body) as Row[]).map(taken));
      if (planned?.lost === true) return request.socket.destroy();
      response.writeHead(status, planned?.headers);
      response.end();
      return undefined;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    answers,
    rows: () => calls.flat(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
