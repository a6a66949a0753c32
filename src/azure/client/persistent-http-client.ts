import { isRestError, type HttpClient, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { waitIn } from '../../core/retry-after.ts';
import { abortsAfter, timeLeft } from './time-limit.ts';

/** How much trouble is put up with before a call counts as not answered. */
export type Patience = {
  readonly tries: number;
  /** The longest that one try may take, so that a connection that hangs leaves time for another. */
  readonly tryInMs: number;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** From 0 to 1: spreads the tries of many callers. */
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

/** What the answer asks for, by its own clock where it names a date. */
const askedWaitInMs = (attempt: Attempt): number | undefined => {
  const headers = 'response' in attempt ? attempt.response.headers : undefined;
  return waitIn(headers?.get('retry-after'), Date.parse(headers?.get('date') ?? ''));
};

const aborted = (signal: PipelineRequest['abortSignal']): Promise<void> =>
  new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));

/**
 * Tries a request again after throttling, faults of the service, broken connections and silence: as long as Azure asks to wait, else later and later,
 * but never past the time limit behind the request. The last answer is returned, the last error thrown. Every request of ours may be repeated.
 */
export const persistentHttpClient = (inner: HttpClient, { tries, tryInMs, pause, random }: Patience): HttpClient => {
  const attempt = async (request: PipelineRequest): Promise<Attempt> => {
    const { signal: own, letGo } = abortsAfter(tryInMs);
    const abortSignal = request.abortSignal instanceof AbortSignal ? AbortSignal.any([request.abortSignal, own]) : own;
    try {
      // The answer names the request as it came: the SDKs keep notes about it.
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
