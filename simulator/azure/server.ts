import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import { createControls } from '../control.ts';
import { createAssessments } from '../tenant/assessments.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answerArm } from './answer-arm.ts';
import { ArmError, answerFor } from './arm-error.ts';
import { authorizationRoutes } from './authorization-routes.ts';
import { exemptionRoutes } from './exemption-routes.ts';
import { microsoftGraphRoutes } from './microsoft-graph-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { readBody } from './read-body.ts';
import { resourceGraphRoutes } from './resource-graph/resource-graph-routes.ts';
import type { Answer } from './route.ts';
import { securityRoutes } from './security-routes.ts';

type RecordedRequest = {
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

const write = (response: ServerResponse, { status = 200, headers = {}, json }: Answer): void => {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-ms-correlation-request-id': randomUUID(),
    ...headers,
  });
  response.end(json === undefined ? undefined : JSON.stringify(json));
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
