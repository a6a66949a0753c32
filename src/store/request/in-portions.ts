import type { ExemptionRequest } from '../../core/request/request.ts';
import { and, desc, inArray, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { requests } from '../engine/schema.ts';
import { requestOf } from './request-row.ts';

const portion = 200;

export const newestFirst = [desc(requests.createdAt), desc(requests.reference)];

/**
 * The requests that meet a condition, newest first, a portion at a time: only their references have to fit in memory together. Those that no
 * longer meet it when their turn comes are left out. Asking for the references in one question lets the database choose the index of the
 * condition; one question after another, each with a limit, tempts it to walk through the whole table in order.
 */
export async function* inPortions(
  database: SqlDatabase,
  condition: SQL | undefined,
): AsyncGenerator<ExemptionRequest[], void> {
  const found = await database
    .select({ reference: requests.reference })
    .from(requests)
    .where(condition)
    .orderBy(...newestFirst);
  for (let start = 0; start < found.length; start += portion) {
    const references = found.slice(start, start + portion).map(({ reference }) => reference);
    const rows = await database
      .select()
      .from(requests)
      .where(and(inArray(requests.reference, references), condition))
      .orderBy(...newestFirst);
    yield rows.map(requestOf);
  }
}
