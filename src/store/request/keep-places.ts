import { claimKey } from '../../core/request/exemption-claims.ts';
import { normalReference, type ExemptionRequest } from '../../core/request/request.ts';
import { distinctBy } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { scopeColumns } from '../../core/tenant/scope-filter.ts';
import { and, eq, sql, type AnyColumn, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { requestScopes, requestTargets } from '../engine/schema.ts';

const without = (column: AnyColumn, kept: readonly string[]): SQL => sql`${column} <> all(${sql.param(kept)}::text[])`;

/**
 * Keeps the exemptions of a request, and its scopes if it has several, where they are searched for. Call it in the transaction that keeps the
 * request.
 */
export const keepPlaces = async (
  database: SqlDatabase,
  request: Pick<ExemptionRequest, 'reference' | 'terms' | 'targets'>,
): Promise<void> => {
  const reference = normalReference(request.reference);
  const distinct = distinctBy(request.terms.scopes, normalId);
  const scopes = distinct.length > 1 ? distinct.map((scope) => ({ reference, ...scopeColumns(scope) })) : [];
  const targets = request.targets.map(({ exemptionId }) => ({ reference, exemptionKey: claimKey(exemptionId) }));
  const scopeKeys = scopes.map(({ scopeKey }) => scopeKey);
  const exemptionKeys = targets.map(({ exemptionKey }) => exemptionKey);
  await database
    .delete(requestScopes)
    .where(and(eq(requestScopes.reference, reference), without(requestScopes.scopeKey, scopeKeys)));
  await database
    .delete(requestTargets)
    .where(and(eq(requestTargets.reference, reference), without(requestTargets.exemptionKey, exemptionKeys)));
  if (scopes.length > 0) await database.insert(requestScopes).values(scopes).onConflictDoNothing();
  if (targets.length > 0) await database.insert(requestTargets).values(targets).onConflictDoNothing();
};
