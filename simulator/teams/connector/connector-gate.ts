import { connectorError } from './connector-error.ts';
import { createConnectorLimits } from './connector-limits.ts';
import type { Answer, Call, Handler, Routes } from '../router.ts';

export type ConnectorCall = {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
  readonly status: number;
  /** When it arrived, in milliseconds of a monotonic clock. */
  readonly atMs: number;
};
export type Failure = {
  readonly status: number;
  readonly code: string;
  readonly message?: string;
  /** Seconds, sent as Retry-After. */
  readonly retryAfter?: number;
  /** The number of calls that fail; the client of the bot retries some failures. Default 1. */
  readonly times?: number;
  /** Executes the call and then fails anyway, as if the answer got lost. */
  readonly afterwards?: boolean;
  /** Only calls like this one fail. */
  readonly when?: (call: { method: string; path: string; body: unknown }) => boolean;
};
export type ConnectorGate = ReturnType<typeof createConnectorGate>;

export type ConnectorGateOptions = {
  readonly requireBotToken: boolean;
  /** Answers 429 beyond the documented limits of Teams. */
  readonly enforceLimits: boolean;
};

/** Precedes every connector route: if configured, it requires a token, enforces the limits of Teams and fails; it records each call. */
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
