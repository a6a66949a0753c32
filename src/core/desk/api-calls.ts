import type { Observed } from '../observed.ts';

/** The calls of the API that this replica has answered since its start, and of these the ones that it refused. */
export type ApiCalls = { readonly answered: number; readonly refused: number };

export type ApiCallCounter = {
  readonly note: (call: Extract<Observed, { what: 'api' }>) => void;
  readonly read: () => ApiCalls;
};

export const createApiCallCounter = (): ApiCallCounter => {
  let [answered, refused] = [0, 0];
  return {
    note: ({ status }) => {
      answered += 1;
      if (status === 401 || status === 403 || status === 429) refused += 1;
    },
    read: () => ({ answered, refused }),
  };
};
