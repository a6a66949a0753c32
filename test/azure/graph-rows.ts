import { runQuery } from '../../simulator/azure/kql/run-query.ts';
import { sentBy, type CannedAnswer } from './canned-http-client.ts';
import type { PipelineRequest } from '@azure/core-rest-pipeline';

const strings = ['id', 'name', 'type', 'location', 'subscriptionId', 'resourceGroup'];

type Sent = { readonly query: string; readonly options?: { readonly $skip?: number; readonly $top?: number } };

/** Answers a question to Resource Graph from rows of one table, while the table of resource groups has none, without looking at the scopes in the body. */
export const answerFrom = (
  table: string,
  rows: readonly Record<string, unknown>[],
  request: PipelineRequest,
): CannedAnswer => {
  const columns = Object.fromEntries([
    ...strings.map((name) => [name, 'string' as const]),
    ['properties', 'dynamic' as const],
    ['systemData', 'dynamic' as const],
    ['tags', 'dynamic' as const],
  ]) as Record<string, 'string' | 'dynamic'>;
  const { query, options } = sentBy(request) as Sent;
  const tables = { resourcecontainers: { columns, rows: () => [] }, [table]: { columns, rows: () => rows } };
  const found = runQuery(query, tables, new Date('2026-03-01T12:00:00Z'));
  const { $skip: skip = 0, $top: top = 1000 } = options ?? {};
  const data = found.rows.slice(skip, skip + top);
  const answer = { totalRecords: found.rows.length, count: data.length, resultTruncated: 'false', facets: [], data };
  return { status: 200, body: answer };
};
