import { failureOf } from './failure.ts';

const deadlines = new WeakMap<object, number>();

/** Milliseconds until the time limit behind a signal; Infinity for a signal without one. */
export const timeLeft = (signal: object): number => (deadlines.get(signal) ?? Infinity) - performance.now();

/**
 * A signal that aborts after some time, unless it is let go before. Unlike AbortSignal.timeout it keeps nothing alive after that: answers
 * that listen to it would otherwise stay in memory until the time is over.
 */
export const abortsAfter = (milliseconds: number): { readonly signal: AbortSignal; readonly letGo: () => void } => {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  }, milliseconds).unref();
  return { signal: controller.signal, letGo: () => clearTimeout(timer) };
};

/**
 * Runs work with a time limit. The signal ends the calls that the work started; after the limit the promise rejects with GovernanceError
 * unavailable, even if the work ignores the signal.
 */
export const withTimeLimit = async <Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const { signal, letGo } = abortsAfter(milliseconds);
  deadlines.set(signal, performance.now() + milliseconds);
  const limit = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(failureOf(new Error(`No answer within ${milliseconds} ms`))), {
      once: true,
    });
  });
  try {
    return await Promise.race([work(signal), limit]);
  } finally {
    letGo();
  }
};
