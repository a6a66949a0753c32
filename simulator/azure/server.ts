import { randomUUID } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { createControls } from '../control.ts';
import type { Controls } from '../control.ts';
import { createAssessments } from '../tenant/assessments.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answerArm } from './arm/answer-arm.ts';
import { ArmError, answerFor } from './arm/arm-error.ts';
import { authorizationRoutes } from './authorization/authorization-routes.ts';
import { exemptionRoutes } from './policy/exemption-routes.ts';
import { failingAnswer } from './failing-answer.ts';
import type { Silence } from './failing-answer.ts';
import { createFaults } from './arm/faults.ts';
import { lockRoutes } from './authorization/lock-routes.ts';
import { directoryRoutes } from './authorization/directory-routes.ts';
import { microsoftGraphRoutes } from './authorization/microsoft-graph-routes.ts';
import { policyRoutes } from './policy/policy-routes.ts';
import { bodyReader, isGraphQuery, queryIn, readBody } from './arm/read-body.ts';
import { makeAhead } from './make-ahead.ts';
import { createRounds } from './rounds.ts';
import type { Rounds } from './rounds.ts';
import { resourceGraphRoutes } from './resource-graph/resource-graph-routes.ts';
import type { Answer } from './arm/route.ts';
import { assessmentRoutes } from './security/assessment-routes.ts';
import { securityRoutes } from './security/security-routes.ts';
import { standardAssignmentRoutes } from './security/standard-assignment-routes.ts';

type RecordedRequest = {
  readonly method: string;
  /** With its query, as it came. */
  readonly path: string;
  /** The key of the caller; undefined if nobody was recognised. */
  readonly caller: string | undefined;
  /** 0 if no answer was given. */
  readonly status: number;
  /** How many rows of Resource Graph were answered; 0 for any other answer. */
  readonly rows: number;
  /** As the caller sent it, or generated; the activity log would show it. */
  readonly correlationId: string;
  /** When it came and when it was answered, in milliseconds of a clock that nobody moves. */
  readonly from: number;
  readonly until: number;
};

export type AzureSimulator = {
  readonly url: string;
  /** The control routes of the simulated world, by path; also served over HTTP. */
  readonly controls: Controls;
  readonly close: () => Promise<void>;
  /** Every request so far, without control routes. */
  readonly requests: () => readonly RecordedRequest[];
  readonly rounds: Rounds;
};

export type AzureSimulatorOptions = {
  readonly tenant: Tenant;
  readonly clock: Clock;
  readonly port: number;
  /** More control routes. */
  readonly controls?: Controls;
};

/** A call as it came, with its JSON, which is read when it is first wanted. */
type SentCall = { readonly method: string; readonly path: string; readonly body: () => Promise<unknown> };

/**
 * Reports every call to listeners: `{ method, path, userAgent, body, invented }`. `body` reads the JSON that came with it, and `invented` are members
 * of exemptions that only this Azure has.
 */
const seenCalls = channel('azure-simulator.call');

const usualLatencyInMs = 3_000;

const correlationHeader = 'x-ms-correlation-request-id';

const correlationOf = ({ headers }: IncomingMessage): string => {
  const given = headers[correlationHeader];
  return typeof given === 'string' && given !== '' ? given : randomUUID();
};

const rowsIn = ({ json }: Answer): number => {
  const { data } = (json ?? {}) as { readonly data?: unknown };
  return Array.isArray(data) ? data.length : 0;
};

const write = (
  response: ServerResponse,
  correlationId: string,
  { status = 200, headers = {}, json, html }: Answer,
): void => {
  response.writeHead(status, {
    'content-type': html === undefined ? 'application/json; charset=utf-8' : 'text/html',
    [correlationHeader]: correlationId,
    ...headers,
  });
  response.end(json === undefined ? html : JSON.stringify(json));
};

/** Serves Azure Resource Manager, Resource Graph and Microsoft Graph for the tenant, and its control routes, on 127.0.0.1. */
export const startAzureSimulator = async ({
  tenant,
  clock,
  port,
  controls: more = {},
}: AzureSimulatorOptions): Promise<AzureSimulator> => {
  const world = { tenant, assessments: createAssessments(tenant) };
  const routes = [
    exemptionRoutes,
    policyRoutes,
    securityRoutes,
    assessmentRoutes,
    standardAssignmentRoutes,
    lockRoutes,
    authorizationRoutes,
    resourceGraphRoutes,
    microsoftGraphRoutes,
    directoryRoutes,
  ].flatMap((create) => create(world));
  const faults = createFaults();
  const rounds = createRounds();
  const controls: Controls = { ...createControls(tenant, clock, faults), ...rounds.controls, ...more };
  const recorded: RecordedRequest[] = [];
  const stopMaking = makeAhead(tenant, world.assessments.of);

  const answerControl = async (request: IncomingMessage, url: URL): Promise<Answer> => {
    const control = controls[`${request.method ?? 'GET'} ${url.pathname}`];
    if (control === undefined) throw new ArmError(404, 'NotFound', `There is no control ${url.pathname}.`);
    try {
      return { json: await control(await readBody(request)) };
    } catch (error) {
      throw new ArmError(400, 'BadArgument', error instanceof Error ? error.message : String(error));
    }
  };

  const answerUnlessFaulty = async (request: IncomingMessage, url: URL, { body, ...call }: SentCall) => {
    const trueAnswer = (): Promise<Answer> => answerArm(request, url, { tenant, routes, body }).catch(answerFor);
    const fault = faults.due({ ...call, query: isGraphQuery(url) ? await queryIn(body) : '' });
    if (fault === undefined) return trueAnswer();
    if (fault.kind === 'latency') await delay(fault.milliseconds ?? usualLatencyInMs);
    const failure = failingAnswer(fault, call.path);
    if (failure === undefined) return trueAnswer();
    if (fault.afterwards === true) await trueAnswer();
    return failure;
  };

  const answer = async (request: IncomingMessage, correlationId: string): Promise<Answer | Silence> => {
    // A path that begins with two slashes would be read as a host.
    const url = new URL(`http://127.0.0.1${request.url ?? '/'}`);
    if (url.pathname.startsWith('/simulator/')) return answerControl(request, url).catch(answerFor);
    const call = { method: request.method ?? 'GET', path: request.url ?? '/' };
    const from = performance.now();
    const body = bodyReader(request);
    seenCalls.publish({
      ...call,
      userAgent: request.headers['user-agent'],
      body,
      invented: Object.keys(tenant.settings.laterProperties),
    });
    const reply = await rounds.within(`${call.method} ${url.pathname}`, () =>
      answerUnlessFaulty(request, url, { ...call, body }),
    );
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const caller = tenant.principals.find(({ key }) => key === token)?.key;
    const status = typeof reply === 'string' ? 0 : (reply.status ?? 200);
    const rows = typeof reply === 'string' ? 0 : rowsIn(reply);
    recorded.push({ ...call, caller, correlationId, status, rows, from, until: performance.now() });
    return reply;
  };

  const server = createServer((request, response) => {
    const correlationId = correlationOf(request);
    void answer(request, correlationId).then(
      (reply) => {
        if (reply === 'break') response.destroy();
        else if (reply !== 'hang') write(response, correlationId, reply);
      },
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
        stopMaking();
        server.close(() => done());
        server.closeAllConnections();
      }),
    controls,
    requests: () => recorded,
    rounds,
  };
};
