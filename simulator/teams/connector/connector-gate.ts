import { connectorError } from './connector-error.ts';
import { createConnectorLimits } from './connector-limits.ts';
import type { Answer, Call, Handler, Routes } from '../router.ts';

export type ConnectorCall = {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
  readonly status: number;
  /** When it came, in milliseconds of a clock that only ever grows. */
  readonly atMs: number;
};
export type Failure = {
  readonly status: number;
  readonly code: string;
  readonly message?: string;
  /** Seconds, sent as Retry-After. */
  readonly retryAfter?: number;
  /** How many calls fail; the bot's client retries some failures by itself. Default 1. */
  readonly times?: number;
  /** Does what was asked and then fails all the same, as when an answer gets lost. */
  readonly afterwards?: boolean;
  /** Only calls like this one fail. */
  readonly when?: (call: { method: string; path: string; body: unknown }) => boolean;
};
export type ConnectorGate = ReturnType<typeof createConnectorGate>;

export type ConnectorGateOptions = {
  readonly requireBotToken: boolean;
  /** Refuses with 429 what is more than Teams documents. */
  readonly enforceLimits: boolean;
};

/** Stands before every connector route: wants a token if asked to, keeps Teams' limits if asked to, fails on demand, and remembers each call. */
export const createConnectorGate = ({ requireBotToken, enforceLimits }: ConnectorGateOptions) => {
  const limits = enforceLimits ? createConnectorLimits(() => performance.now()) : undefined;
  const failures: { failure: Failure; left: number }[] = [];
  const calls: ConnectorCall[] = [];

  const dueFailure = (call: Call): Failure | undefined => {
    const index = failures.findIndex(({ failure }) => failure.when?.(call) ?? true);
    const due = failures[index];
    if (due === undefined) return undefined;
    due.left -= 1;
    if (due.left === 0) failures.splice(index, 1);
    return due.failure;
  };
  const answerTo = async (call: Call, handler: Handler): Promise<Answer> => {
    if (requireBotToken && !/^Bearer \S+$/.test(call.headers.authorization ?? ''))
      return connectorError(401, 'Unauthorized', 'Authorization has been denied for this request.');
    const wait = limits?.retryAfter(call);
    if (wait !== undefined)
      return { ...connectorError(429, 'Throttled', 'Too many requests.'), headers: { 'retry-after': wait.toString() } };
    const failure = dueFailure(call);
    if (failure === undefined) return handler(call);
    if (failure.afterwards === true) await handler(call);
    const { retryAfter } = failure;
    return {
      ...connectorError(failure.status, failure.code, failure.message ?? failure.code),
      ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter.toString() } }),
    };
  };
  const guarded =
    (handler: Handler): Handler =>
    async (call) => {
      const atMs = performance.now();
      const answer = await answerTo(call, handler);
      const { method, path, body, headers } = call;
      calls.push({ method, path, authorization: headers.authorization, body, status: answer.status ?? 200, atMs });
      return answer;
    };
  return {
    calls: (): readonly ConnectorCall[] => calls,
    forgetCalls: () => void calls.splice(0),
    failNext: (failure: Failure) => void failures.push({ failure, left: failure.times ?? 1 }),
    guard: (routes: Routes): Routes =>
      Object.fromEntries(Object.entries(routes).map(([route, handler]) => [route, guarded(handler)])),
  };
};
