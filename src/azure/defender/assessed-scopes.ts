import { z } from 'zod';
import type { RecommendationSource } from '../../core/tenant/recommendation.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { allOf, anyOf, fill, literal, queryNamed, startsWithAny, type Fragment } from '../client/query-text.ts';
import { isEmpty, subscriptionsOf } from '../client/where-condition.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { ofQuestion } from './assessments.ts';
import { isInAzure } from './is-in-azure.ts';
import { ofResources } from './of-resources.ts';

const found = z.object({ id: z.string() });

const inside = (scope: string): Fragment => startsWithAny('tolower(id)', [`${scope}/`]);

/** The narrowest of the scopes that a row is in, which must come first; an empty text outside of all. */
const scopeOfRow = (scopes: readonly string[]): Fragment => ({
  kql: `case(${scopes.map((scope) => `${inside(scope).kql}, ${literal(scope).kql}`).join(', ')}, '')`,
});

/** Finds out at or below which scopes a recommendation is assessed, with one question. */
export const createScopesWith = (ask: ResourceGraph): RecommendationSource['scopesWith'] => {
  const template = queryNamed('assessed-scopes');
  return async ({ key, where, resources }, scopes) => {
    if (isEmpty(where) || scopes.length === 0) return [];
    const named = [...new Set(scopes.map(normalId))].toSorted((a, b) => b.length - a.length);
    const query = fill(template, {
      isInAzure,
      asked: allOf([ofQuestion({ key, where }), ofResources(resources), anyOf(named.map(inside))]),
      scope: scopeOfRow(named),
    });
    const rows = await ask(found, { query, subscriptions: subscriptionsOf([where]) });
    return named.filter((scope) => rows.some(({ id }) => `${id}/`.startsWith(`${scope}/`)));
  };
};
