import type { ReportedRequest } from '../../core/request/listed-requests.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { and, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { requests } from '../engine/schema.ts';
import { newestFirst } from './request-order.ts';
import { reportedColumns, reportedOf, requestOf } from './request-row.ts';

const portion = 200;
/** Of what a report needs, which is less. */
const reportedPortion = 1000;

/**
 * Requests that meet a condition, newest first, a portion at a time: only their references have to fit in memory together. Those that no
 * longer meet it when their turn comes are left out. Asking for the references in one question lets the database choose the index of the
 * condition; one question after another, each with a limit, tempts it to walk through the whole table in order.
 */
async function* portions<Row>(
  database: SqlDatabase,
  condition: SQL | undefined,
  size: number,
  read: (which: SQL | undefined) => Promise<Row[]>,
): AsyncGenerator<Row[], void> {
  const found = await database
    .select({ reference: requests.reference })
    .from(requests)
    .where(condition)
    .orderBy(...newestFirst);
  for (let start = 0; start < found.length; start += size) {
    const references = found.slice(start, start + size).map(({ reference }) => reference);
    yield await read(and(sql`${requests.reference} = any(${sql.param(references)}::text[])`, condition));
  }
}

export const inPortions = (
  database: SqlDatabase,
  condition: SQL | undefined,
): AsyncGenerator<ExemptionRequest[], void> =>
  portions(database, condition, portion, async (which) => {
    const rows = await database
      .select()
      .from(requests)
      .where(which)
      .orderBy(...newestFirst);
    return rows.map(requestOf);
  });

export const reportedInPortions = (
  database: SqlDatabase,
  condition: SQL | undefined,
  isRenewal: SQL,
): AsyncGenerator<ReportedRequest[], void> =>
  portions(database, condition, reportedPortion, async (which) => {
    const rows = await database
      .select({ ...reportedColumns, isRenewal: sql<boolean>`${isRenewal}` })
      .from(requests)
      .where(which)
      .orderBy(...newestFirst);
    return rows.map(reportedOf);
  });
