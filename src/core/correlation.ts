import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Does work under an id by which everything that follows from one request can be found in the log, also what it awaits. */
export const inCorrelation = <T>(id: string, work: () => T): T => current.run(id, work);

/** The id under which the work of this moment is done; undefined outside of any. */
export const currentCorrelation = (): string | undefined => current.getStore();
