import { failureOf } from './failure.ts';

const deadlines = new WeakMap<object, number>();

/** Milliseconds until the time limit behind a signal; Infinity for a signal that no time limit made. */
export const timeLeft = (signal: object): number => (deadlines.get(signal) ?? Infinity) - performance.now();

/**
 * Runs work that has to end within a time. The signal ends the calls that the work started;
 * past the limit the promise rejects with GovernanceError unavailable even where the work does not listen to it.
 */
export const withTimeLimit = async <Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const signal = AbortSignal.timeout(milliseconds);
  deadlines.set(signal, performance.now() + milliseconds);
  const limit = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(failureOf(new Error(`No answer within ${milliseconds} ms`))), {
      once: true,
    });
  });
  return Promise.race([work(signal), limit]);
};
