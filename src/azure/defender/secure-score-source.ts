import { z } from 'zod';
import { nameOf, subscriptionId } from '../../core/tenant/arm-id.ts';
import type { OpenCounts, ScoreControl, SecureScore, SecureScoreSource } from '../../core/score/secure-score.ts';
import { controlsOf } from '../../core/score/control.ts';
import { interned } from './interned.ts';
import { cached } from '../../core/cached.ts';
import { fill, isOneOf, queryNamed, type Fragment } from '../client/query-text.ts';
import { isInAzure } from './is-in-azure.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';

/** Controls and counts of every subscription name the same few thousand recommendations. */
const sameKey = interned(20_000);

const amount = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);

export const scoreRow = z.object({
  id: z.string(),
  type: z.string(),
  subscriptionId: z.string(),
  displayName: z.string(),
  max: amount,
  current: amount,
  weight: amount,
  healthy: amount,
  unhealthy: amount,
  recommendations: z
    .array(z.object({ id: z.string() }))
    .nullish()
    .transform((each) => (each ?? []).map(({ id }) => sameKey(nameOf(id).toLowerCase()))),
});

const idOf = (guid: string): string => subscriptionId(guid.toLowerCase());

const countFrom = (text: string): [key: string, unhealthy: number] => {
  const [key = '', unhealthy] = text.split(' ');
  return [sameKey(key), Number(unhealthy)];
};

/** All counts of one subscription, as Azure returns them. */
export const openShape = z.object({ id: z.string(), counts: z.array(z.string()) });
export const openRow = openShape.transform(({ id, counts }): OpenCounts => ({
  subscription: idOf(id),
  unhealthy: new Map(counts.map(countFrom)),
}));

const controlFrom = (row: z.infer<typeof scoreRow>): ScoreControl => ({
  name: row.displayName,
  max: row.max,
  healthy: row.healthy,
  unhealthy: row.unhealthy,
  recommendationKeys: row.recommendations,
});

export const scoresFrom = (rows: readonly z.infer<typeof scoreRow>[]): SecureScore[] => {
  const isControl = (row: z.infer<typeof scoreRow>): boolean => /controls$/i.test(row.type);
  // A tenant has thousands of controls, so they are found by their subscription.
  const controls = Map.groupBy(rows.filter(isControl), (row) => row.subscriptionId.toLowerCase());
  return rows
    .filter((row) => !isControl(row))
    .map(({ subscriptionId: guid, current, max, weight }) => ({
      subscription: idOf(guid),
      current,
      max,
      weight,
      controls: (controls.get(guid.toLowerCase()) ?? []).map(controlFrom),
    }));
};

export const createSecureScoreSource = (ask: ResourceGraph, now: () => Date): SecureScoreSource => {
  const [scoresQuery, openQuery] = [queryNamed('secure-scores'), queryNamed('open-counts')];
  const about = (query: string, subscriptions: readonly string[], places: Readonly<Record<string, Fragment>> = {}) => ({
    query: fill(query, { ...places, ofSubscriptions: isOneOf('subscriptionId', subscriptions) }),
    subscriptions,
  });
  const scores = cached(
    async (subscriptions: readonly string[]) => scoresFrom(await ask(scoreRow, about(scoresQuery, subscriptions))),
    { what: 'secure scores and open counts', now },
  );
  const openCounts = cached(
    async (subscriptions: readonly string[]) => ask(openRow, about(openQuery, subscriptions, { isInAzure })),
    { what: 'secure scores and open counts', now },
  );
  const guids = (subscriptions: readonly string[]): string[] =>
    [...new Set(subscriptions.map((each) => nameOf(each).toLowerCase()))].sort();
  const scoresIn = async (subscriptions: readonly string[]): Promise<SecureScore[]> =>
    subscriptions.length === 0 ? [] : scores(guids(subscriptions));
  return {
    scores: scoresIn,
    controls: async (subscriptions) => controlsOf(await scoresIn(subscriptions)),
    openCounts: async (subscriptions) => (subscriptions.length === 0 ? [] : openCounts(guids(subscriptions))),
  };
};
