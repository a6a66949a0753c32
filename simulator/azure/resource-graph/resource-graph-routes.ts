import { ArmError } from '../arm/arm-error.ts';
import { QueryRefused, runQuery } from '../kql/run-query.ts';
import type { QueryResult, TableSet } from '../kql/run-query.ts';
import type { Answer, Call, Route, World } from '../arm/route.ts';
import { queryError, throttledError } from './query-error.ts';
import { parseQueryRequest, skipTokenFor } from './query-request.ts';
import type { QueryRequest } from './query-request.ts';
import { createPlacedTables, visibleTables } from './tables.ts';
import { createThrottle, untouchedQuota } from './throttle.ts';
import type { Quota } from './throttle.ts';
import { askedScopesOf, createReadTest, createScopeTest } from './visibility.ts';

const evaluate = (query: string, tables: TableSet, now: Date): QueryResult => {
  try {
    return runQuery(query, tables, now);
  } catch (error) {
    throw error instanceof QueryRefused ? queryError(error.code, error.message) : error;
  }
};

const inFormat = ({ columns, rows }: Pick<QueryResult, 'columns' | 'rows'>, format: QueryRequest['format']): unknown =>
  format === 'objectArray' ? rows : { columns, rows: rows.map((row) => columns.map(({ name }) => row[name] ?? null)) };

/** A query with its own limit, or with only dynamic columns, has no further pages. */
const pageOfResult = (request: QueryRequest, result: QueryResult) => {
  const isPageable = !result.limited && result.columns.some(({ type }) => type !== 'object');
  const start = result.limited ? 0 : request.skip;
  const end = start + request.top;
  const rows = result.rows.slice(start, end);
  const isMore = end < result.rows.length;
  return {
    totalRecords: result.rows.length,
    count: rows.length,
    resultTruncated: String(isMore && !isPageable),
    ...(isMore && isPageable && { $skipToken: skipTokenFor(request.query, end) }),
    data: inFormat({ columns: result.columns, rows }, request.format),
    facets: [],
  };
};

const requireKnownScopes = ({ tenant }: World, asked: readonly string[] | undefined): void => {
  if (asked?.some((scope) => tenant.exists(scope)) === false)
    throw queryError('NoValidSubscriptionsInQueryRequest', 'No valid subscriptions or management groups were given.');
};

/** Microsoft.ResourceGraph/resources over Contoso. */
export const resourceGraphRoutes = (world: World): readonly Route[] => {
  const { tenant } = world;
  const placed = createPlacedTables(world);
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
    const tables = visibleTables(placed, {
      isReadable: createReadTest(tenant, caller),
      isAtOrBelow: createScopeTest(tenant, asked, 'AtScopeAndBelow'),
      isInFilter: createScopeTest(tenant, asked, request.filter),
    });
    return pageOfResult(request, evaluate(request.query, tables, tenant.now()));
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
