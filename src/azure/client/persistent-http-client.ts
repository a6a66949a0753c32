import { isRestError, type HttpClient, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { waitIn } from '../../core/retry-after.ts';
import { abortsAfter, timeLeft } from './time-limit.ts';

/** How long problems are tolerated before a call counts as unanswered. */
export type Patience = {
  readonly tries: number;
  /** The time limit of one try, so that a hanging connection leaves time for another. */
  readonly tryInMs: number;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** From 0 to 1; spreads the retries of many callers. */
  readonly random: () => number;
};

type Attempt = { readonly response: PipelineResponse } | { readonly error: unknown };

const passingStatuses = new Set([408, 429, 500, 502, 503, 504]);
const firstWaitInMs = 400;
const longestWaitInMs = 20_000;

const isPassing = (attempt: Attempt): boolean =>
  'response' in attempt
    ? passingStatuses.has(attempt.response.status)
    : isRestError(attempt.error) || (attempt.error instanceof Error && attempt.error.name === 'AbortError');

/** The wait that Retry-After asks for, in seconds or as a date, which is compared with the Date header of the same answer. */
const askedWaitInMs = (attempt: Attempt): number | undefined => {
  const headers = 'response' in attempt ? attempt.response.headers : undefined;
  return waitIn(headers?.get('retry-after'), Date.parse(headers?.get('date') ?? ''));
};

const aborted = (signal: PipelineRequest['abortSignal']): Promise<void> =>
  new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));

/**
 * Retries a request after throttling, service errors, broken connections and missing answers: after the wait that Azure asks for, otherwise
 * with growing pauses, but never beyond the time limit of the request. Returns the last answer, or throws the last error. Every request
 * that passes through here may be repeated.
 */
export const persistentHttpClient = (inner: HttpClient, { tries, tryInMs, pause, random }: Patience): HttpClient => {
  const attempt = async (request: PipelineRequest): Promise<Attempt> => {
    const { signal: own, letGo } = abortsAfter(tryInMs);
    const abortSignal = request.abortSignal instanceof AbortSignal ? AbortSignal.any([request.abortSignal, own]) : own;
    try {
      // Return the original request, because the SDKs keep state on it.
      return { response: { ...(await inner.sendRequest({ ...request, abortSignal })), request } };
    } catch (error) {
      return { error };
    } finally {
      letGo();
    }
  };

  return {
    async sendRequest(request) {
      const { abortSignal: signal } = request;
      for (let tried = 1; ; tried += 1) {
        const outcome = await attempt(request);
        const backOff = firstWaitInMs * 2 ** (tried - 1) * (0.5 + random());
        const wait = askedWaitInMs(outcome) ?? backOff;
        const left = signal === undefined ? Infinity : timeLeft(signal);
        const again = tried < tries && isPassing(outcome) && signal?.aborted !== true;
        if (!again || wait >= Math.min(left, longestWaitInMs)) {
          if ('response' in outcome) return outcome.response;
          throw outcome.error;
        }
        await Promise.race([pause(wait), aborted(signal)]);
      }
    },
  };
};
