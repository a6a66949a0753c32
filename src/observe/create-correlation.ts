import { AsyncLocalStorage } from 'node:async_hooks';
import type { Correlation } from '../core/correlation.ts';

/** A correlation that follows asynchronous work within this process. */
export const createCorrelation = (): Correlation => {
  const storage = new AsyncLocalStorage<string>();
  return { current: () => storage.getStore(), within: (id, work) => storage.run(id, work) };
};
