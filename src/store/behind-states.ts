import { sql, type SqlDatabase } from './engine/drizzle.ts';
import { normalId } from '../core/tenant/arm-id.ts';
import type { SeenStore } from '../core/inventory/seen-exemption.ts';
import { seenExemptions as seen } from './engine/schema.ts';

type States = Parameters<SeenStore['behind']>[0];

/**
 * Finds the exemptions behind states in one statement: those at a scope around the resource, on the assignment, for the reference or for
 * all of it.
 */
export const behindStates = async (
  database: SqlDatabase,
  states: States,
): Promise<{ readonly number: number; readonly state: number }[]> => {
  const asked = states.flatMap(({ assignmentId, referenceId, scopes }, state) =>
    scopes.map((scope) => ({
      state,
      assignment: normalId(assignmentId),
      reference: referenceId?.toLowerCase() ?? null,
      scope: normalId(scope),
    })),
  );
  if (asked.length === 0) return [];
  // The number of states varies, and the planner may otherwise read the whole table for each portion. `offset 0` prevents that.
  const there = sql`(
    select ${seen.number}, ${seen.exemption} from ${seen}
    where ${seen.scopeKey} = asked.scope and ${seen.assignmentKey} = asked.assignment offset 0) as there`;
  const references = sql`there.exemption -> 'referenceIds'`;
  return database
    .select({ number: sql<number>`there.number`, state: sql<number>`asked.state` })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(state int, assignment text, reference text, scope text)`,
    )
    .crossJoinLateral(there)
    .where(
      sql`jsonb_array_length(coalesce(there.exemption -> 'resourceSelectors', '[]')) = 0
        and (${references} is null or exists (
          select from jsonb_array_elements_text(${references}) as named where lower(named) = asked.reference))`,
    );
};
