import { z } from 'zod';
import { nameOf, normalId, scopeOfExtension } from '../../core/tenant/arm-id.ts';
import type { Assessment, AssessmentQuestion } from '../../core/tenant/recommendation.ts';
import { allOf, always, anyOf, fill, literal, queryNamed, type Fragment } from '../client/query-text.ts';
import { isInAzure } from './is-in-azure.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { isEmpty, liesIn, subscriptionsOf, within } from '../client/where-condition.ts';

/** Queries are combined while their conditions together are not longer than this; a single one may be. */
const longestCondition = 10_000;

// Resource Graph writes Id and ResourceName, Resource Manager id: accept any spelling.
const anySpelling = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((details) => new Map(Object.entries(details ?? {}).map(([name, value]) => [name.toLowerCase(), value])));
export const assessmentRow = z.object({
  id: z.string(),
  resourceDetails: anySpelling,
  code: z.string(),
  cause: z.string(),
});
type Row = z.infer<typeof assessmentRow>;

const statusOf = (code: string, cause: string): Assessment['status'] => {
  switch (code.toLowerCase()) {
    case 'unhealthy':
      return 'unhealthy';
    case 'healthy':
      return 'healthy';
    default:
      return cause.toLowerCase() === 'exempt' ? 'exempt' : 'not-applicable';
  }
};

export const assessmentFrom = (key: string, { id, resourceDetails, code, cause }: Row): Assessment => {
  const [told, name] = [resourceDetails.get('id'), resourceDetails.get('resourcename')];
  const resourceId = typeof told === 'string' && told.startsWith('/') ? told : scopeOfExtension(id);
  return {
    recommendationKey: key.toLowerCase(),
    resourceId,
    resourceName: typeof name === 'string' && name !== '' ? name : nameOf(resourceId),
    status: statusOf(code, cause),
  };
};

type Asked = { readonly name: string; readonly question: AssessmentQuestion; readonly condition: Fragment };

/** The assessments of one recommendation in some places. */
export const ofQuestion = ({ key, where }: AssessmentQuestion): Fragment => ({
  kql: fill('(name =~ {key} and (subscriptionId in~ ({subscriptions}) or {narrower}) and not({hidden}))', {
    ...within(where).places,
    key: literal(key),
  }),
});

const nameFor = (question: AssessmentQuestion): string => JSON.stringify(question);

/** Each query once, in portions that are short enough to be combined. */
const portionsOf = (questions: readonly AssessmentQuestion[]): Asked[][] => {
  const distinct = new Map(questions.filter(({ where }) => !isEmpty(where)).map((each) => [nameFor(each), each]));
  const portions: Asked[][] = [];
  let length = Infinity;
  for (const [name, question] of distinct) {
    const asked = { name, question, condition: ofQuestion(question) };
    length += asked.condition.kql.length;
    if (length > longestCondition) {
      portions.push([]);
      length = asked.condition.kql.length;
    }
    portions.at(-1)?.push(asked);
  }
  return portions;
};

/** The rows of a combined answer that a query alone would have returned. */
const answerTo = ({ key, where }: AssessmentQuestion, rows: readonly Row[]): Assessment[] => {
  const isThere = liesIn(where);
  return rows
    .filter(({ id }) => nameOf(id).toLowerCase() === key.toLowerCase() && isThere(id))
    .map((row) => assessmentFrom(key, row))
    .toSorted((a, b) => (normalId(a.resourceId) < normalId(b.resourceId) ? -1 : 1));
};

/** Reads the assessments of several recommendations in several places, all or those that meet a condition, with as few queries as their length allows. */
export const createAssessments = (
  ask: ResourceGraph,
): ((questions: readonly AssessmentQuestion[], among?: Fragment) => Promise<Assessment[][]>) => {
  const template = queryNamed('assessments');
  return async (questions, among = always) => {
    const answers = new Map<string, Assessment[]>();
    for (const portion of portionsOf(questions)) {
      const query = fill(template, {
        isInAzure,
        asked: allOf([anyOf(portion.map((asked) => asked.condition)), among]),
      });
      const subscriptions = subscriptionsOf(portion.map(({ question }) => question.where));
      const rows = await ask(assessmentRow, { query, subscriptions });
      for (const { name, question } of portion) answers.set(name, answerTo(question, rows));
    }
    return questions.map((question) => answers.get(nameFor(question)) ?? []);
  };
};
