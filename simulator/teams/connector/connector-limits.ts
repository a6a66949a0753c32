import { isJson } from '../message.ts';
import type { Call } from '../router.ts';

/** A documented limit of Teams for one bot: this many writing calls in this many milliseconds. */
const ofAConversation = [
  [1000, 7],
  [2000, 8],
  [30_000, 60],
  [3_600_000, 1800],
] as const;
const ofTheTenant = [[1000, 50]] as const;

/** The conversation that a call writes to, without its thread; undefined for a call that only reads. */
const conversationOf = ({ method, path, body }: Pick<Call, 'method' | 'path' | 'body'>): string | undefined => {
  if (method === 'GET') return undefined;
  const [, named] = /\/v3\/conversations\/([^/]+)/.exec(path) ?? [];
  if (named !== undefined) return decodeURIComponent(named).split(';')[0];
  const channel = isJson(body) && isJson(body.channelData) ? body.channelData.channel : undefined;
  return isJson(channel) ? String(channel.id) : 'a new chat';
};

/** Counts calls as documented by Teams. Refused calls do not count. */
export const createConnectorLimits = (realTime: () => number) => {
  const counted = new Map<string, number[]>();
  const waitFor = (key: string, limits: readonly (readonly [number, number])[], now: number): number => {
    const times = counted.get(key) ?? [];
    return Math.max(
      0,
      ...limits.map(([span, most]) => {
        const first = times[times.length - most];
        return first === undefined ? 0 : first + span - now;
      }),
    );
  };
  const count = (key: string, now: number): void => {
    counted.set(key, [...(counted.get(key) ?? []).slice(-1800), now]);
  };
  return {
    /** Seconds until the call may be repeated; undefined if it may pass. */
    retryAfter(call: Pick<Call, 'method' | 'path' | 'body'>): number | undefined {
      const [now, conversation] = [realTime(), conversationOf(call)];
      const waits = [
        waitFor('tenant', ofTheTenant, now),
        conversation === undefined ? 0 : waitFor(`in ${conversation}`, ofAConversation, now),
      ];
      const wait = Math.max(...waits);
      if (wait > 0) return Math.ceil(wait / 1000);
      count('tenant', now);
      if (conversation !== undefined) count(`in ${conversation}`, now);
      return undefined;
    },
  };
};
