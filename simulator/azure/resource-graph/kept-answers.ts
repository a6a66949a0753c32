import { durationInMs } from '../../clock.ts';
import { identitiesOf } from '../../tenant/authorization.ts';
import { createListVersion } from '../../list-versions.ts';
import type { Call, World } from '../arm/route.ts';
import type { QueryResult } from '../kql/run-query.ts';
import type { QueryRequest } from './query-request.ts';

/** Rows of all answers together. */
const mostRows = 150_000;

/** Their answer changes with the time alone. */
const asksForTheTime = /\b(now|ago)\s*\(/;

/** Makes a text that is equal for worlds in which every table has the same rows. */
const createState = ({ tenant, assessments }: World) => {
  const versionOfLists = createListVersion(() => [
    tenant.subscriptions,
    tenant.managementGroups,
    tenant.standardAssignments,
    tenant.azureBots,
    tenant.initiatives,
    tenant.policyDefinitions,
    tenant.roleDefinitions,
    tenant.roleAssignments,
  ]);
  return (): string => {
    const { resourceGraphDelay, changesDated } = tenant.settings;
    const { writes, later } = tenant.exemptions.stateAsOf(
      new Date(tenant.now().getTime() - durationInMs(resourceGraphDelay)),
    );
    return [assessments.view().signature, writes, later, changesDated, versionOfLists()].join(' ');
  };
};

/**
 * Remembers answers until the world changes, because every page of an answer is a question of its own, and a large tenant has dozens of
 * pages. The longest unused are forgotten.
 */
export const createKeptAnswers = (world: World) => {
  const stateOf = createState(world);
  const kept = new Map<string, QueryResult>();
  let state = '';
  let rows = 0;
  const forget = (key: string): void => {
    rows -= kept.get(key)?.rows.length ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, answer: QueryResult): void => {
    forget(key);
    kept.set(key, answer);
    rows += answer.rows.length;
    for (const oldest of kept.keys()) {
      if (rows <= mostRows) break;
      forget(oldest);
    }
  };
  return (request: QueryRequest, caller: Call['caller'], evaluate: () => QueryResult): QueryResult => {
    if (asksForTheTime.test(request.query)) return evaluate();
    const current = stateOf();
    if (current !== state) [...kept.keys()].forEach(forget);
    state = current;
    const { query, subscriptions, managementGroups, filter } = request;
    const identities = identitiesOf(world.tenant, caller.objectId);
    const key = JSON.stringify([query, subscriptions, managementGroups, filter, identities]);
    const answer = kept.get(key) ?? evaluate();
    keep(key, answer);
    return answer;
  };
};
