import type { WritableIn } from '../../core/request/listed-requests.ts';
import type { ScopeReach } from '../../core/tenant/scope-filter.ts';
import { sql, type SQL } from '../engine/drizzle.ts';
import { requests } from '../engine/schema.ts';
import { scopeReached } from '../engine/scope-condition.ts';

/**
 * That a scope in the JSON of a row lies in some scopes, or has letters that not every database changes into lower case. The expressions are those
 * of the columns that other tables keep of a scope.
 */
const mayLieIn = (scope: SQL, reach: ScopeReach): SQL => {
  const within = scopeReached(reach, {
    scopeKey: scope,
    subscriptionKey: sql`substring(${scope} from '^/subscriptions/[^/]+')`,
    groupKey: sql`substring(${scope} from '^/subscriptions/[^/]+/resourcegroups/[^/]+')`,
  });
  return sql`(${within} or ${scope} ~ '[^ -~]')`;
};

const scopeOfTarget = sql`rtrim(lower(target ->> 'scope'), '/')`;
const scopeOfAssignment = sql`split_part(lower(target ->> 'assignmentId'), '/providers/microsoft.authorization/policyassignments/', 1)`;

/** That every exemption of a request could be written by somebody who has the rights in these scopes. */
export const couldBeWritten = ({ exemptions, assignments }: WritableIn): SQL => sql`not exists (
  select from jsonb_array_elements(${requests.targets}) as target
  where (${mayLieIn(scopeOfTarget, exemptions)} and ${mayLieIn(scopeOfAssignment, assignments)}) is not true)`;
