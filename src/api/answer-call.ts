import { z } from 'zod';
import { refuseToGuest } from '../core/access/guest-rights.ts';
import type { Observed } from '../core/observed.ts';
import type { Desk } from '../workflow/desk.ts';
import { refuseWhileReadOnly } from '../workflow/heed-read-only.ts';
import { apiRoutes } from './api-routes.ts';
import { createCallRate, usualRate, type CallRate } from './call-rate.ts';
import type { Caller } from './caller.ts';
import { cursorOf, pageAt } from './cursor.ts';
import { describeApi } from './describe-api.ts';
import { findRoute, type FoundRoute } from './find-route.ts';
import { answerOnce } from './answer-once.ts';
import type { ApiAnswer, ApiCall } from './api-call.ts';
import { bodyOf, checked, listOf, queryOf } from './check-input.ts';
import { problemIn, problemOf, Refused } from './problem.ts';
import type { Answered } from './route.ts';
import { throughApi } from './through-api.ts';
import { NoKeys, NotProved, verifyToken, type ExpectedToken } from './verify-token.ts';

/** The path of the interface; everything below it is answered here. */
const apiPath = '/api/v1';

export type ApiOptions = {
  readonly desk: Desk;
  readonly expected: ExpectedToken;
  /** Runs one call, so that an error about the database says truthfully whether something may have been recorded. */
  readonly turn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Hears of each call without a valid token, with the reason. */
  readonly refused: (reason: string) => void;
  readonly observe: (call: Extract<Observed, { what: 'api' }>) => void;
  readonly log: { readonly error: (fields: object, message: string) => void };
  readonly rate?: CallRate;
};

const decidesNothing =
  'An application decides, claims and sends nothing. It may create drafts; a person claims them and signs in for everything else.';

const notSignedIn = 'A bearer token of Entra for this API is needed, version 2.0, with a scope or an app role.';

const hasNext = ({ number, size, found, isOpen }: NonNullable<Answered<unknown>['page']>): boolean =>
  isOpen || number * size < found;

/** Refuses whom this operation is not for. */
const refuseUnlessMeant = (caller: Caller, { needs, guests }: FoundRoute['route']): void => {
  if (needs === 'act' && caller.kind === 'application') throw new Refused(problemOf('forbidden', decidesNothing));
  if (!caller.may.includes(needs))
    throw new Refused(problemOf('forbidden', 'The token does not have the scope or app role that this needs.'));
  refuseToGuest(caller.guest, guests);
};

type Matched = {
  readonly caller: Caller;
  readonly path: string;
  readonly found: FoundRoute;
};

/** Answers calls of the interface: proves who calls, checks what they send, and runs the use case with their own rights. */
export const createApi = (options: ApiOptions): ((call: ApiCall) => Promise<ApiAnswer>) => {
  const { desk, expected, turn, refused, observe, log } = options;
  const wait = createCallRate(options.rate ?? usualRate, () => performance.now());
  const document = describeApi(apiRoutes, expected.tenantId);

  const proved = async ({ authorization }: ApiCall): Promise<Caller> => {
    try {
      return await verifyToken(authorization, expected);
    } catch (error) {
      if (error instanceof NotProved) {
        refused(error.message);
        throw new Refused(problemOf('not-proved', notSignedIn));
      }
      if (error instanceof NoKeys) {
        log.error({ err: error }, error.message);
        throw new Refused(problemOf('unavailable', 'Entra did not answer. Please try again later.'));
      }
      throw error;
    }
  };

  const refusal = (error: unknown, call: ApiCall): ApiAnswer => {
    const known = problemIn(error);
    if (known === undefined) log.error({ err: error }, 'Could not answer a call of the API');
    const body =
      known ?? problemOf('failed', 'What you sent or decided may already be recorded. Look before you try again.');
    return {
      status: body.status,
      headers: {
        'content-type': 'application/problem+json',
        ...(body.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
        ...(error instanceof Refused && error.retryAfter !== undefined
          ? { 'retry-after': String(error.retryAfter) }
          : {}),
      },
      body: { ...body, instance: call.id },
    };
  };

  const perform = async (
    { caller, path, found: { route, params } }: Matched,
    given: Readonly<Record<string, string>>,
    sent: unknown,
  ): Promise<ApiAnswer> => {
    const list = listOf(path, given);
    const { body, page } = await route.run(throughApi(desk, caller), {
      caller,
      asker: { person: caller.person, channelId: undefined },
      params: checked(route.params, params),
      query: checked((route.query ?? z.object({})).strict(), given),
      body: checked(route.body?.strict(), sent),
      page: route.isList === true ? pageAt(given.cursor, list, desk.hash) : 1,
    });
    const headers: Record<string, string> = {};
    if (page !== undefined && hasNext(page)) {
      const next = new URLSearchParams({ ...given, cursor: cursorOf(page.number + 1, list, desk.hash) });
      headers.link = `<${apiPath}${path}?${next.toString()}>; rel="next"`;
    }
    return { status: route.status, headers, body: route.answer.parse(body) };
  };

  const run = async (call: ApiCall, url: URL, path: string, caller: Caller): Promise<ApiAnswer> => {
    const seconds = wait(`${caller.person.objectId} ${caller.appId}`.toLowerCase());
    if (seconds > 0)
      throw new Refused(problemOf('too-many', `Please wait ${seconds} s before the next call.`), seconds);
    const found = findRoute(apiRoutes, call.method, path);
    refuseUnlessMeant(caller, found.route);
    const given = queryOf(url);
    const matched = { caller, path, found };
    if (found.route.method === 'GET') return perform(matched, given, undefined);
    await refuseWhileReadOnly(desk);
    const sent = found.route.body === undefined ? undefined : await bodyOf(call.body);
    return answerOnce(desk, { caller, key: call.idempotencyKey, what: [path, given, sent] }, () =>
      perform(matched, given, sent).catch((error: unknown) => {
        const known = problemIn(error);
        if (known === undefined || known.status >= 500) throw error;
        return refusal(error, call);
      }),
    );
  };

  return async (call) => {
    const url = new URL(call.url, 'http://127.0.0.1');
    const path = url.pathname.slice(apiPath.length);
    if (call.method === 'GET' && path === '/openapi.json') return { status: 200, headers: {}, body: document };
    let kind: Caller['kind'] | 'nobody' = 'nobody';
    const answer = await turn(async () => {
      const caller = await proved(call);
      kind = caller.kind;
      return run(call, url, path, caller);
    }).catch((error: unknown) => refusal(error, call));
    observe({ what: 'api', caller: kind, status: answer.status });
    return answer;
  };
};
