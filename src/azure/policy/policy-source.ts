import { z } from 'zod';
import { nameOf, normalId, scopeKind, scopeOfExtension, subscriptionGuidOf } from '../../core/tenant/arm-id.ts';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import { everything } from '../../core/tenant/hierarchy.ts';
import { ownerInMetadata } from '../../core/tenant/owner-marker.ts';
import type { PolicyAssignment, PolicySource } from '../../core/tenant/policy.ts';
import { cached } from '../../core/cached.ts';
import { createExemptStates } from './exempt-states.ts';
import { queryNamed } from '../client/query-text.ts';
import type { GraphQuery, ResourceGraph } from '../client/resource-graph.ts';
import { createInitiativeSource, type PolicyClientFor } from './initiative-source.ts';
import { anything, textIn } from './policy-parameters.ts';
import { resourceSelectors, switchedOff } from './resource-selectors.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';

const apiVersion = '2023-04-01';
const timeLimitInMs = 20_000;

const assignmentId = /^\/.+\/providers\/microsoft\.authorization\/policyassignments\/[^/]+$/i;

export const assignmentRow = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  scope: z.string(),
  excludedScopes: z.array(z.string()).nullish(),
  definitionId: z.string(),
  definitionVersion: z.string().nullish(),
  enforcementMode: z.string(),
  resourceSelectors,
  overrides: switchedOff,
  parameters: anything,
  metadata: anything,
});

const textParameters = (parameters: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]) => {
      const value = textIn(parameter, 'value');
      return value === undefined ? [] : [[name.toLowerCase(), value]];
    }),
  );

export const assignmentFrom = (row: z.infer<typeof assignmentRow>): PolicyAssignment => ({
  id: row.id,
  displayName: row.displayName || row.name,
  scope: row.scope || scopeOfExtension(row.id),
  excludedScopes: row.excludedScopes ?? [],
  definitionId: row.definitionId,
  // Resource Graph returns an empty text for none.
  definitionVersion: row.definitionVersion === '' ? undefined : (row.definitionVersion ?? undefined),
  enforced: row.enforcementMode.toLowerCase() !== 'donotenforce',
  resourceSelectors: row.resourceSelectors,
  switchedOff: row.overrides,
  parameters: textParameters(row.parameters),
  managedBy: ownerInMetadata(row.metadata),
});

const bodyFor = (scope: string): Pick<GraphQuery, 'subscriptions' | 'managementGroups'> => {
  if (scope === everything) return {};
  return scopeKind(scope) === 'management-group'
    ? { managementGroups: [nameOf(scope)] }
    : { subscriptions: [subscriptionGuidOf(scope) ?? ''] };
};

export const policyAssignmentsQuery = (): GraphQuery => ({
  query: queryNamed('policy-assignments'),
  authorizationScopeFilter: 'AtScopeAboveAndBelow',
});

export const createPolicySource = (
  ask: ResourceGraph,
  resourceManager: Rest,
  clientFor: PolicyClientFor,
  now: () => Date,
): PolicySource => {
  const assignmentsQuery = policyAssignmentsQuery();

  const assignmentExists = async (path: string): Promise<boolean> => {
    if (!assignmentId.test(path))
      throw new GovernanceError('invalid', `This is not the id of a policy assignment: ${path}`);
    try {
      await withTimeLimit(timeLimitInMs, (signal) => resourceManager.call({ method: 'GET', path, apiVersion, signal }));
      return true;
    } catch (error) {
      if (!isRefusal(error, 'not-found')) throw error;
      return false;
    }
  };
  const readInitiative = createInitiativeSource(clientFor, resourceManager);
  const initiative = cached(
    ({ id, definitionVersion }: { readonly id: string; readonly definitionVersion: string | undefined }) =>
      readInitiative(id, definitionVersion),
    { what: 'initiatives', now },
  );

  const assignments = cached(
    async (body: ReturnType<typeof bodyFor>): Promise<PolicyAssignment[]> => {
      const rows = await ask(assignmentRow, { ...body, ...assignmentsQuery });
      return rows.map(assignmentFrom);
    },
    { what: 'policy assignments', now },
  );

  return {
    assignments: (scope) => assignments(bodyFor(scope)),
    initiative: (id, definitionVersion) => initiative({ id: normalId(id), definitionVersion }),
    assignmentExists,
    exemptStates: createExemptStates(ask),
  };
};
