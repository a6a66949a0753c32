import { distinctBy } from '../../core/lists.ts';
import { normalId, scopeKind } from '../../core/tenant/arm-id.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { covers, queryScopes, scopeChain, scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import type { Desk } from '../desk.ts';

/** With more scopes, a card offers no choice: somebody who selects from those shown would leave out the others. */
const most = 12;

const depth = (scope: string): number => scope.split('/').length;

/** The groups and resources inside one wide scope on which the recommendation is open. */
const inside = async (desk: Desk, { terms }: ExemptionRequest, wide: string): Promise<string[]> => {
  const hierarchy = await desk.hierarchy();
  const assessments = await desk.recommendations.assessments(terms.recommendation.key, queryScopes([wide], hierarchy));
  const around = assessments
    .filter(({ status }) => status === 'unhealthy')
    .flatMap(({ resourceId }) => scopeChain(resourceId, hierarchy))
    .filter((scope) => covers(wide, scope, hierarchy) && normalId(scope) !== normalId(wide));
  const distinct = distinctBy(around, normalId);
  return distinct.sort((a, b) => depth(a) - depth(b) || a.localeCompare(b)).slice(0, most);
};

const choices = async (desk: Desk, request: ExemptionRequest): Promise<readonly string[]> => {
  const { scopes } = request.terms;
  const [first = ''] = scopes;
  if (scopes.length > 1) return scopes.length <= most ? scopes : [];
  return scopeKind(first) === 'resource' ? [] : inside(desk, request, first);
};

/** The scopes that an approver may choose to approve less than was requested; empty if there is no choice, or Azure does not say. */
export const findNarrowerScopes = async (desk: Desk, request: ExemptionRequest): Promise<RequestView['narrower']> => {
  // A request is replaced as a whole.
  if (request.status !== 'pending' || request.renewal !== undefined) return [];
  return unlessUntold(async () => {
    const hierarchy = await desk.hierarchy();
    return (await choices(desk, request)).map((id) => ({ id, label: scopeLabel(id, hierarchy) }));
  }, []);
};
