import { z } from 'zod';
import { cached } from '../../core/cached.ts';
import { cloudName } from '../../core/tenant/cloud-recommendation.ts';
import type { RecommendationSource, Where } from '../../core/tenant/recommendation.ts';
import { fill, isOneOf, queryNamed } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { isEmpty, liesIn, subscriptionsOf } from '../client/where-condition.ts';
import { isInAzure } from './is-in-azure.ts';

/** A resource group with connectors to other clouds, and which clouds those are. */
export const cloudPlaceRow = z.object({ id: z.string(), clouds: z.array(z.string()) });
type CloudPlace = z.infer<typeof cloudPlaceRow>;

/** The clouds of the connectors that lie in some places, among those of the tenant. */
export const cloudsIn = (places: readonly CloudPlace[], where: Where): string[] => {
  const isThere = liesIn(where);
  return [...new Set(places.filter(({ id }) => isThere(id)).flatMap(({ clouds }) => clouds.map(cloudName)))];
};

/** Asks Azure which clouds have assessed resources in some places. */
export const createCloudsLeftOut = (ask: ResourceGraph, now: () => Date): RecommendationSource['cloudsLeftOut'] => {
  const template = queryNamed('cloud-places');
  const places = cached(
    (subscriptions: readonly string[]) =>
      ask(cloudPlaceRow, {
        query: fill(template, { isInAzure, ofSubscriptions: isOneOf('subscriptionId', subscriptions) }),
        subscriptions,
      }),
    { what: 'recommendations and their counts', now },
  );
  return async (where) => (isEmpty(where) ? [] : cloudsIn(await places(subscriptionsOf([where])), where));
};
