import { z } from 'zod';
import type { RecommendationSource, Where } from '../../core/tenant/recommendation.ts';
import { severityOf, worstSeverity } from '../../core/tenant/severity.ts';
import { createAssessments } from './assessments.ts';
import { cached } from '../../core/cached.ts';
import { textOfHtml } from '../client/text-of-html.ts';
import { always, fill, literal, matchesPattern, queryNamed, type Fragment } from '../client/query-text.ts';
import { isInAzure } from './is-in-azure.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { isEmpty, within } from '../client/where-condition.ts';

// Resource Graph continues an answer after the first page only if its rows have an id, so the key travels as one.
const known = z.object({
  id: z.string(),
  displayName: z.string(),
  // The texts of one recommendation may differ between its assessments.
  severities: z.array(z.string()),
  policyDefinitionId: z.string().transform((id) => (id === '' ? undefined : id)),
});
// Some are marked in their metadata, others in their title.
export const catalogueRow = known.extend({ preview: z.string() }).transform(({ preview, ...row }) => ({
  ...row,
  preview: preview === 'true' || /^\[preview\]/i.test(row.displayName),
}));
const standing = known.extend({ unhealthy: z.number(), exempted: z.number() });
const described = known.extend({
  // Unknown is what stands there for a recommendation that is not individual.
  category: z.string().transform((text) => (text === '' || text.toLowerCase() === 'unknown' ? undefined : text)),
  description: z.string().transform(textOfHtml),
  remediation: z.string().transform(textOfHtml),
});

type Known = { readonly displayName: string; readonly id: string; readonly severities: readonly string[] };

export const titled = <Row extends Known>({ displayName, id, severities, ...row }: Row) => ({
  ...row,
  severity: worstSeverity(severities.map(severityOf)) ?? severityOf(''),
  key: id,
  title: displayName,
});

const verbatim = (text: string): string => text.replace(/[^\w]/g, '\\$&');

const ofType = (resourceType: string | undefined): Fragment => {
  if (resourceType === undefined) return always;
  const [namespace = '', ...types] = resourceType.toLowerCase().split('/');
  const resource = [`/providers/${verbatim(namespace)}`, ...types.map((type) => `${verbatim(type)}/[^/]+`)];
  return matchesPattern('tolower(id)', `${resource.join('/')}/providers/microsoft\\.security/assessments/[^/]+$`);
};

export const createRecommendationSource = (ask: ResourceGraph, now: () => Date): RecommendationSource => {
  const [standingsQuery, recommendationQuery, catalogueQuery] = [
    queryNamed('recommendation-standings'),
    queryNamed('recommendation'),
    queryNamed('recommendation-catalogue'),
  ];
  // Paging through a list and filling in a form repeat a query within moments.
  const briefly = { what: 'recommendations and their counts', now } as const;
  const catalogue = cached(
    async () => (await ask(catalogueRow, { query: fill(catalogueQuery, { isInAzure }) })).map(titled),
    { what: 'the catalogue of recommendations', now },
  );

  const standings = cached(async ({ where, resourceType }: { where: Where; resourceType: string | undefined }) => {
    const { body, places } = within(where);
    const query = fill(standingsQuery, { ...places, isInAzure, ofType: ofType(resourceType) });
    return (await ask(standing, { ...body, query })).map(titled);
  }, briefly);
  const recommendation = cached(async ({ key, where }: { key: string; where: Where }) => {
    const { body, places } = within(where);
    const query = fill(recommendationQuery, { ...places, isInAzure, key: literal(key) });
    return (await ask(described, { ...body, query })).map(titled)[0];
  }, briefly);
  const assessmentsOfAll = createAssessments(ask);
  const assessments = cached(
    async (question: { key: string; where: Where }) => (await assessmentsOfAll([question]))[0] ?? [],
    briefly,
  );

  return {
    standings: async (where, resourceType) => (isEmpty(where) ? [] : standings({ where, resourceType })),
    recommendation: async (key, where) => (isEmpty(where) ? undefined : recommendation({ key, where })),
    assessments: async (key, where) => (isEmpty(where) ? [] : assessments({ key, where })),
    assessmentsOfAll,
    catalogue: () => catalogue(''),
  };
};
