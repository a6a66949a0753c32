import type { RecommendationSource } from '../../core/tenant/recommendation.ts';
import { allOf, fill, queryNamed, type Fragment } from '../client/query-text.ts';
import { isEmpty, subscriptionsOf } from '../client/where-condition.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { assessmentFrom, assessmentRow, ofQuestion } from './assessments.ts';
import { isInAzure } from './is-in-azure.ts';
import { ofResources } from './of-resources.ts';

/** As Defender writes it of what is not applicable because of an exemption. */
const isExempt: Fragment = {
  kql: "tolower(tostring(properties.status.code)) == 'notapplicable' and tolower(tostring(properties.status.cause)) == 'exempt'",
};

/** Reads the exempt assessments of one recommendation, a part at a time: a tenant may have thousands. */
export const createExempted = (ask: ResourceGraph): RecommendationSource['exempted'] => {
  const template = queryNamed('assessments');
  return async ({ key, where, resources }, part) => {
    if (isEmpty(where)) return { rows: [], found: 0 };
    const query = fill(template, {
      isInAzure,
      asked: allOf([ofQuestion({ key, where }), isExempt, ofResources(resources)]),
    });
    const { rows, found } = await ask.part(assessmentRow, { query, subscriptions: subscriptionsOf([where]) }, part);
    return { rows: rows.map((row) => assessmentFrom(key, row)), found };
  };
};
