import { failureOf } from './failure.ts';

const deadlines = new WeakMap<object, number>();

/** Milliseconds until the time limit behind a signal; Infinity for a signal that no time limit made. */
export const timeLeft = (signal: object): number => (deadlines.get(signal) ?? Infinity) - performance.now();

/**
 * A signal that is aborted after some time, unless it is let go before. Unlike AbortSignal.timeout it holds nothing once it is let go: the answers
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
 * Runs work that has to end within a time. The signal ends the calls that the work started;
 * past the limit the promise rejects with GovernanceError unavailable even where the work does not listen to it.
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
