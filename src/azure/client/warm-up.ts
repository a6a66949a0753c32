import type { HttpClient } from '@azure/core-rest-pipeline';
import { unlessUntold } from '../../core/governance-error.ts';
import { withTimeLimit } from './time-limit.ts';

// Servers close a connection that is idle for longer, and a token is renewed before it ends as long as calls go on.
const warmForMs = 60_000;
const knockInMs = 5000;

/** Sees to it that a token and a connection are there before a short time limit begins to run. */
export type WarmUp = {
  /** The client that notes when each service last answered. */
  readonly listening: (inner: HttpClient) => HttpClient;
  /** Asks a service something whose answer does not matter, if it has not answered for a minute. Never throws. */
  readonly ready: (origin: string, knock: (signal: AbortSignal) => Promise<unknown>) => Promise<void>;
};

export const createWarmUp = (time: () => number): WarmUp => {
  const answered = new Map<string, number>();
  return {
    listening: (inner) => ({
      async sendRequest(request) {
        const response = await inner.sendRequest(request);
        answered.set(new URL(request.url).origin, time());
        return response;
      },
    }),
    async ready(origin, knock) {
      if (time() - (answered.get(origin) ?? -Infinity) < warmForMs) return;
      await unlessUntold(() => withTimeLimit(knockInMs, knock), undefined);
    },
  };
};
