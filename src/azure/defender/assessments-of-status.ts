import { cached } from '../../core/cached.ts';
import { rowsAtOnce } from '../../core/list-page.ts';
import type { AssessmentsMeant, RecommendationSource } from '../../core/tenant/recommendation.ts';
import { allOf, fill, queryNamed, type Fragment } from '../client/query-text.ts';
import { isEmpty, subscriptionsOf } from '../client/where-condition.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { assessmentFrom, assessmentRow, ofQuestion } from './assessments.ts';
import { isInAzure } from './is-in-azure.ts';
import { ofResources } from './of-resources.ts';

type Status = Parameters<RecommendationSource['ofStatus']>[0]['status'];

const code = 'tolower(tostring(properties.status.code))';

/** As Defender writes them: what is not applicable because of an exemption is exempt. */
const isOf: Readonly<Record<Status, Fragment>> = {
  unhealthy: { kql: `${code} == 'unhealthy'` },
  exempt: { kql: `${code} == 'notapplicable' and tolower(tostring(properties.status.cause)) == 'exempt'` },
};

/** Reads the assessments of one recommendation that have one status, a part at a time: a tenant may have thousands. */
export const createOfStatus = (ask: ResourceGraph, now: () => Date): RecommendationSource['ofStatus'] => {
  const template = queryNamed('assessments');
  type Question = AssessmentsMeant & { readonly status: Status; readonly skip: number };
  const part = cached(
    ({ key, where, resources, status, skip }: Question) => {
      const asked = allOf([ofQuestion({ key, where }), isOf[status], ofResources(resources)]);
      const query = { query: fill(template, { isInAzure, asked }), subscriptions: subscriptionsOf([where]) };
      return ask.part(assessmentRow, query, { skip, most: rowsAtOnce });
    },
    { what: 'recommendations and their counts', now },
  );
  return async ({ key, ...question }, { skip, most }) => {
    if (isEmpty(question.where)) return { rows: [], found: 0 };
    const from = skip - (skip % rowsAtOnce);
    const { rows, found } = await part({ key, ...question, skip: from });
    return { rows: rows.slice(skip - from, skip - from + most).map((row) => assessmentFrom(key, row)), found };
  };
};
