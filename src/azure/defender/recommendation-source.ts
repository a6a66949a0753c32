import { z } from 'zod';
import { subscriptionId } from '../../core/tenant/arm-id.ts';
import { cloudName } from '../../core/tenant/cloud-recommendation.ts';
import type { ResourceFilter } from '../../core/tenant/resource-filter.ts';
import type { AssessmentQuestion, AssessmentsMeant, RecommendationSource } from '../../core/tenant/recommendation.ts';
import { severityOf, worstSeverity } from '../../core/tenant/severity.ts';
import { createAssessments } from './assessments.ts';
import { createCloudsLeftOut } from './clouds-left-out.ts';
import { createScopesWith } from './assessed-scopes.ts';
import { createOfStatus } from './assessments-of-status.ts';
import { cached } from '../../core/cached.ts';
import { textOfHtml } from '../client/text-of-html.ts';
import { always, fill, literal, queryNamed, type Fragment } from '../client/query-text.ts';
import { isInAzure } from './is-in-azure.ts';
import { ofResources } from './of-resources.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { createStandings } from './standings.ts';
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
const described = known.extend({
  // Unknown is what stands there for a recommendation that is not individual.
  category: z.string().transform((text) => (text === '' || text.toLowerCase() === 'unknown' ? undefined : text)),
  description: z.string().transform(textOfHtml),
  remediation: z.string().transform(textOfHtml),
});

/** The row of one recommendation: what it is, and the counts of those that are meant. */
const overviewRow = described
  .extend({
    unhealthy: z.number(),
    exempt: z.number(),
    healthy: z.number(),
    meant: z.number(),
    // Empty stands for those that are not meant.
    subscriptions: z.array(z.string()).transform((guids) => guids.filter((guid) => guid !== '').map(subscriptionId)),
  })
  .transform(({ unhealthy, exempt, healthy, meant, subscriptions, ...row }) => ({
    row,
    counts: { unhealthy, exempt, healthy, notApplicable: meant - unhealthy - exempt - healthy, subscriptions },
  }));

const inOtherCloud = z
  .object({ id: z.string(), displayName: z.string(), clouds: z.array(z.string()) })
  .transform(({ id, displayName, clouds }) => ({ key: id, title: displayName, clouds: clouds.map(cloudName) }));

type Known = { readonly displayName: string; readonly id: string; readonly severities: readonly string[] };

export const titled = <Row extends Known>({ displayName, id, severities, ...row }: Row) => ({
  ...row,
  severity: worstSeverity(severities.map(severityOf)) ?? severityOf(''),
  key: id,
  title: displayName,
});

/** Not individual: Azure writes no category for the others, or Unknown. */
const isNotIndividual: Fragment = {
  kql: "tolower(tostring(properties.metadata.recommendationCategory)) in ('', 'unknown')",
};

/** `forDecisions`: its catalogue has no individual recommendations. No policy exemption reaches them, and thousands would come page after page. */
export const createRecommendationSource = (
  ask: ResourceGraph,
  now: () => Date,
  { forDecisions = false }: { readonly forDecisions?: boolean } = {},
): RecommendationSource => {
  const ofKind = forDecisions ? isNotIndividual : always;
  const [recommendationQuery, catalogueQuery, otherCloudsQuery] = [
    queryNamed('recommendation'),
    queryNamed('recommendation-catalogue'),
    queryNamed('other-clouds'),
  ];
  // Paging through a list and filling in a form repeat a query within moments.
  const briefly = { what: 'recommendations and their counts', now } as const;
  const catalogue = cached(
    async () => (await ask(catalogueRow, { query: fill(catalogueQuery, { isInAzure, ofKind }) })).map(titled),
    { what: 'the catalogue of recommendations', now },
  );
  const overview = cached(async ({ key, where, resources }: AssessmentsMeant) => {
    const { body, places } = within(where);
    const meant = { key: literal(key), ofResources: ofResources(resources) };
    const [found] = await ask(overviewRow, {
      ...body,
      query: fill(recommendationQuery, { ...places, isInAzure, ...meant }),
    });
    return found && { recommendation: titled(found.row), counts: found.counts };
  }, briefly);
  const assessmentsOfAll = createAssessments(ask);
  const assessments = cached(
    async ({ resources, ...question }: AssessmentQuestion & { readonly resources?: ResourceFilter }) =>
      (await assessmentsOfAll([question], ofResources(resources)))[0] ?? [],
    briefly,
  );

  return {
    standings: createStandings(ask, now),
    recommendation: async (key, where) =>
      isEmpty(where) ? undefined : (await overview({ key, where }))?.recommendation,
    overview: async ({ key, where, resources }) =>
      isEmpty(where) ? undefined : overview({ key, where, ...(resources === undefined ? {} : { resources }) }),
    scopesWith: createScopesWith(ask),
    assessments: async (key, where, resources) =>
      isEmpty(where) ? [] : assessments({ key, where, ...(resources === undefined ? {} : { resources }) }),
    assessmentsOfAll: (questions) => assessmentsOfAll(questions),
    ofStatus: createOfStatus(ask, now),
    cloudsLeftOut: createCloudsLeftOut(ask, now),
    async inOtherClouds(where) {
      const { body, places } = within(where);
      const query = fill(otherCloudsQuery, { ...places, isInAzure });
      return isEmpty(where) ? [] : ask(inOtherCloud, { ...body, query });
    },
    catalogue: () => catalogue(''),
  };
};
