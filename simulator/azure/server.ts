import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import { createControls } from '../control.ts';
import { createAssessments } from '../tenant/assessments.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { ArmError, answerFor } from './arm-error.ts';
import { authorizationRoutes } from './authorization-routes.ts';
import { callerOf } from './caller.ts';
import { exemptionRoutes } from './exemption-routes.ts';
import { microsoftGraphRoutes } from './microsoft-graph-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { resourceGraphRoutes } from './resource-graph/resource-graph-routes.ts';
import type { Answer, Route } from './route.ts';
import { securityRoutes } from './security-routes.ts';

export type RecordedRequest = {
  readonly method: string;
  /** With its query, as it came. */
  readonly path: string;
  /** The key of the caller; undefined where nobody was recognised. */
  readonly caller: string | undefined;
  readonly status: number;
};

export type AzureSimulator = {
  readonly url: string;
  readonly close: () => Promise<void>;
  /** Every request so far, control routes apart. */
  readonly requests: () => readonly RecordedRequest[];
};

export type AzureSimulatorOptions = { readonly tenant: Tenant; readonly clock: Clock; readonly port: number };

const largestBody = 2_000_000;

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new ArmError(413, 'RequestContentTooLarge', 'The body is too large.');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    throw new ArmError(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized.');
  }
};

const requireApiVersion = (route: Route, given: string | null): string => {
  if (route.apiVersions.length === 0) return '';
  if (given === null)
    throw new ArmError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  if (!route.apiVersions.includes(given))
    throw new ArmError(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${given}' is invalid. The supported versions are '${route.apiVersions.join(',')}'.`,
    );
  return given;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ArmError(400, 'InvalidRequestUri', 'The path is not readable.');
  }
};

const write = (response: ServerResponse, { status = 200, headers = {}, json }: Answer): void => {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-ms-correlation-request-id': randomUUID(),
    ...headers,
  });
  response.end(json === undefined ? undefined : JSON.stringify(json));
};

type Routing = { readonly tenant: Tenant; readonly routes: readonly Route[] };

const answerArm = async (request: IncomingMessage, url: URL, { tenant, routes }: Routing): Promise<Answer> => {
  if (url.pathname.includes('//'))
    throw new ArmError(400, 'InvalidRequestUri', `The path '${url.pathname}' has an empty segment.`);
  const method = request.method ?? 'GET';
  const caller = callerOf(tenant, request.headers.authorization);
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(url.pathname) : null;
    if (match === null) continue;
    const apiVersion = requireApiVersion(route, url.searchParams.get('api-version'));
    const body = await readBody(request);
    const part = (name: string): string => decoded(match.groups?.[name] ?? '');
    return route.handle({ method, part, query: url.searchParams, path: url.pathname, apiVersion, body, caller });
  }
  throw new ArmError(404, 'NotFound', `Nothing here answers ${method} ${url.pathname}.`);
};

/** Serves Azure Resource Manager, Resource Graph and Microsoft Graph for the tenant, and the routes that move its world, on 127.0.0.1. */
export const startAzureSimulator = async ({ tenant, clock, port }: AzureSimulatorOptions): Promise<AzureSimulator> => {
  const world = { tenant, assessments: createAssessments(tenant) };
  const routes = [
    exemptionRoutes,
    policyRoutes,
    securityRoutes,
    authorizationRoutes,
    resourceGraphRoutes,
    microsoftGraphRoutes,
  ].flatMap((create) => create(world));
  const controls = createControls(tenant, clock);
  const recorded: RecordedRequest[] = [];

  const answerControl = async (request: IncomingMessage, url: URL): Promise<Answer> => {
    const control = controls[`${request.method ?? 'GET'} ${url.pathname}`];
    if (control === undefined) throw new ArmError(404, 'NotFound', `There is no control ${url.pathname}.`);
    try {
      return { json: await control(await readBody(request)) };
    } catch (error) {
      throw new ArmError(400, 'BadArgument', error instanceof Error ? error.message : String(error));
    }
  };

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    // A path that begins with two slashes would read as a host.
    const url = new URL(`http://127.0.0.1${request.url ?? '/'}`);
    if (url.pathname.startsWith('/simulator/')) return answerControl(request, url).catch(answerFor);
    const reply = await answerArm(request, url, { tenant, routes }).catch(answerFor);
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const caller = tenant.principals.find(({ key }) => key === token)?.key;
    recorded.push({ method: request.method ?? 'GET', path: request.url ?? '/', caller, status: reply.status ?? 200 });
    return reply;
  };

  const server = createServer((request, response) => {
    void answer(request).then(
      (reply) => write(response, reply),
      () => response.destroy(),
    );
  });
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject).listen(port, '127.0.0.1', () => resolve(undefined));
  await promise;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
    requests: () => recorded,
  };
};
