import type { TenantSettings } from '../../tenant/tenant.ts';
import { ArmError } from '../arm/arm-error.ts';
import { QueryRefused, runQuery } from '../kql/run-query.ts';
import type { QueryResult, TableSet } from '../kql/run-query.ts';
import type { Answer, Call, Route, World } from '../arm/route.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { queryError, throttledError } from './query-error.ts';
import { parseQueryRequest, skipTokenFor } from './query-request.ts';
import type { QueryRequest } from './query-request.ts';
import { createPlacedTables, visibleTables } from './tables.ts';
import { createThrottle, untouchedQuota } from './throttle.ts';
import type { Quota } from './throttle.ts';
import { askedScopesOf, createReadTest, createScopeTest, subscriptionsInSight } from './visibility.ts';

const evaluate = (query: string, tables: TableSet, now: Date): QueryResult => {
  try {
    return runQuery(query, tables, now);
  } catch (error) {
    throw error instanceof QueryRefused ? queryError(error.code, error.message) : error;
  }
};

const inFormat = ({ columns, rows }: Pick<QueryResult, 'columns' | 'rows'>, format: QueryRequest['format']): unknown =>
  format === 'objectArray' ? rows : { columns, rows: rows.map((row) => columns.map(({ name }) => row[name] ?? null)) };

/**
 * A query with its own limit has no further pages. Microsoft documents two rules for the others: the older demands a text column named
 * `id`, the newer any column that is not dynamic.
 */
const isPageable = ({ limited, columns }: QueryResult, rule: TenantSettings['pagesContinue']): boolean =>
  !limited &&
  columns.some(({ name, type }) => (rule === 'by-id' ? name === 'id' && type === 'string' : type !== 'object'));

const pageOfResult = (request: QueryRequest, result: QueryResult, settings: TenantSettings) => {
  const continues = isPageable(result, settings.pagesContinue);
  const start = result.limited ? 0 : request.skip;
  const end = start + Math.min(request.top, settings.largestPage);
  const rows = result.rows.slice(start, end);
  const isMore = end < result.rows.length;
  return {
    totalRecords: result.rows.length,
    count: rows.length,
    resultTruncated: String(isMore && !continues),
    ...(isMore && continues && { $skipToken: skipTokenFor(request.query, end) }),
    data: inFormat({ columns: result.columns, rows }, request.format),
    facets: [],
  };
};

const requireSmallAnswer = ({ data }: ReturnType<typeof pageOfResult>, limit: number): void => {
  const size = JSON.stringify(data).length;
  if (size > limit)
    throw queryError(
      'ResponsePayloadTooLarge',
      `Response payload size is ${size}, and has exceeded the limit of ${limit}. Please consider querying less data at a time and make paginated call if needed.`,
    );
};

const requireKnownScopes = ({ tenant }: World, asked: readonly string[] | undefined): void => {
  if (asked?.some((scope) => tenant.exists(scope)) === false)
    throw queryError('NoValidSubscriptionsInQueryRequest', 'No valid subscriptions or management groups were given.');
};

/** Microsoft.ResourceGraph/resources over the tenant. */
export const resourceGraphRoutes = (world: World): readonly Route[] => {
  const { tenant } = world;
  const placed = createPlacedTables(world);
  const answerOnce = createKeptAnswers(world);
  const throttle = createThrottle(tenant.now);
  const countedQuota = (caller: string): Quota['headers'] => {
    const { headers, isExceeded, resetsAfterSeconds } = throttle(caller);
    if (isExceeded) throw throttledError(resetsAfterSeconds, headers);
    return headers;
  };
  const answer = ({ body, apiVersion, caller }: Call): Answer['json'] => {
    const request = parseQueryRequest(body, apiVersion);
    const asked = askedScopesOf(request.subscriptions, request.managementGroups);
    requireKnownScopes(world, asked);
    const result = answerOnce(request, caller, () => {
      const tests = {
        isReadable: createReadTest(tenant, caller),
        isAtOrBelow: createScopeTest(tenant, asked, 'AtScopeAndBelow'),
        isInFilter: createScopeTest(tenant, asked, request.filter),
      };
      const { changesDated } = tenant.settings;
      const tables = visibleTables(placed, subscriptionsInSight(tenant, asked, caller), tests, changesDated);
      return evaluate(request.query, tables, tenant.now());
    });
    const page = pageOfResult(request, result, tenant.settings);
    requireSmallAnswer(page, tenant.settings.largestAnswer);
    return page;
  };
  const handle = (call: Call): Answer => {
    const headers = tenant.settings.throttling ? countedQuota(call.caller.key) : untouchedQuota;
    try {
      return { json: answer(call), headers };
    } catch (error) {
      if (!(error instanceof ArmError)) throw error;
      throw new ArmError(error.status, error.code, error.message, { details: error.details, headers });
    }
  };
  return [
    {
      method: 'POST',
      pattern: /^\/providers\/Microsoft\.ResourceGraph\/resources$/i,
      apiVersions: ['2021-03-01', '2022-10-01', '2024-04-01'],
      handle,
    },
  ];
};
