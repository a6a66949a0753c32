import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { recommendations, type LargeTenant } from './large-tenant.ts';

const pageSize = 1000;
/** The quota of Resource Graph for each identity. */
const quota = { questions: 15, windowMs: 5000 } as const;
const listOf = /^\/subscriptions\/([^/]+)\/providers\/Microsoft\.Authorization\/policyExemptions$/i;

export type LargeAzure = {
  readonly url: string;
  /** The number of requests since the last call, in all and by subject. */
  readonly takeCalls: () => ReadonlyMap<string, number>;
  /** Delays each answer by this time from now on, and reports the quota of Resource Graph as Azure does. */
  readonly beLikeAzure: (milliseconds: number) => void;
  readonly close: () => Promise<void>;
};

type Table = readonly [count: number, row: (index: number) => object];

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const rowsOf = ([, row]: Table, from: number, to: number): object[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => row(from + index));

/** The subject of a query; queries themselves are not evaluated here. */
const tableFor = (tenant: LargeTenant, query: string): readonly [string, Table] => {
  const { subscriptions, exemptions } = tenant;
  if (query.includes('standardassignments'))
    return query.includes('summarize')
      ? ['times in Defender', [1, () => ({ exemptions: 0, dated: 0, latest: null, seconds: null })]]
      : ['exemptions in Defender', [0, () => ({})]];
  if (query.includes('policyexemptions') && query.includes('summarize')) return ['times', [1, tenant.timesRow]];
  const named = query.includes(' in~ (') ? (query.match(/'[^']+\/policyexemptions\/[^']+'/g) ?? []) : undefined;
  if (named !== undefined)
    return [
      'exemptions by name',
      [named.length, (index) => tenant.exemptionRow(tenant.positionOf((named[index] ?? '').slice(0, -1)))],
    ];
  const tables: Readonly<Record<string, Table>> = {
    policyexemptions: [exemptions, tenant.exemptionRow],
    policystates: [exemptions, tenant.stateRow],
    policyassignments: [subscriptions + 1, tenant.assignmentRow],
    resourcecontainers: [subscriptions + 1, tenant.subscriptionRow],
    securityresources: [recommendations, tenant.recommendationRow],
  };
  const found = Object.entries(tables).find(([name]) => query.includes(name));
  if (found === undefined) throw new Error(`Nothing here answers: ${query}`);
  return found;
};

type Asked = {
  readonly query: string;
  readonly options?: { readonly $skipToken?: string; readonly $skip?: number };
};

/** Answers like Resource Graph: a thousand rows, and a token for the next ones. */
const graphAnswer = (tenant: LargeTenant, body: string) => {
  const { query, options } = JSON.parse(body) as Asked;
  const [name, table] = tableFor(tenant, query);
  const from = Number(options?.$skipToken ?? options?.$skip ?? 0);
  const to = Math.min(from + pageSize, table[0]);
  const data = rowsOf(table, from, to);
  const more = to < table[0] ? { $skipToken: String(to) } : {};
  return { name, answer: { totalRecords: table[0], count: data.length, data, resultTruncated: 'false', ...more } };
};

const isGraph = ({ url }: IncomingMessage): boolean =>
  url?.startsWith('/providers/Microsoft.ResourceGraph/resources') === true;

const answerFor = async (tenant: LargeTenant, request: IncomingMessage) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (isGraph(request)) return graphAnswer(tenant, await textOf(request));
  const subscription = listOf.exec(url.pathname)?.[1];
  if (subscription !== undefined) {
    const [first, end] = tenant.exemptionsIn(Number(subscription.slice(-12)));
    const from = first + Number(url.searchParams.get('skip') ?? 0);
    const to = Math.min(end, from + pageSize);
    url.searchParams.set('skip', String(to - first));
    const more = to < end ? { nextLink: `http://${request.headers.host ?? ''}${url.pathname}${url.search}` } : {};
    return {
      name: 'list of a subscription',
      answer: { value: rowsOf([end, tenant.exemptionRow], from, to), ...more },
    };
  }
  if (/\/policySetDefinitions\//i.test(url.pathname)) return { name: 'initiative', answer: tenant.initiative() };
  // Teams, as far as a bot needs it to post into a channel: it asks first who is in it.
  if (url.pathname.endsWith('/pagedmembers')) return { name: 'Teams', answer: { members: [tenant.member()] } };
  if (url.pathname.startsWith('/v3/conversations')) {
    const activityId = randomUUID();
    return { name: 'Teams', answer: { id: `19:bench@thread.tacv2;messageid=${activityId}`, activityId } };
  }
  throw new Error(`Nothing here answers ${request.method ?? ''} ${url.pathname}`);
};

/** Reports with each answer how many queries are still allowed, and until when. */
const countQuota = () => {
  let [until, asked] = [0, 0];
  return (): Readonly<Record<string, string>> => {
    const now = performance.now();
    if (now >= until) [until, asked] = [now + quota.windowMs, 0];
    asked += 1;
    const seconds = Math.ceil((until - now) / 1000);
    return {
      'x-ms-user-quota-remaining': String(Math.max(0, quota.questions - asked)),
      'x-ms-user-quota-resets-after': `00:00:0${seconds}`,
    };
  };
};

/** The few answers of Azure that a sweep and a script need, for a tenant of any size, as fast as they can be written. */
export const startLargeAzure = async (tenant: LargeTenant): Promise<LargeAzure> => {
  let calls = new Map<string, number>();
  let latency = 0;
  const quotaNow = countQuota();
  const server = createServer((request, response) => {
    const work = async (): Promise<void> => {
      const { name, answer } = await answerFor(tenant, request);
      calls.set(name, (calls.get(name) ?? 0) + 1);
      if (latency > 0) {
        await pause(latency);
        if (isGraph(request))
          for (const [header, value] of Object.entries(quotaNow())) response.setHeader(header, value);
      }
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer));
    };
    work().catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeCalls: () => {
      const taken = calls;
      calls = new Map();
      return taken;
    },
    beLikeAzure: (milliseconds) => {
      latency = milliseconds;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
