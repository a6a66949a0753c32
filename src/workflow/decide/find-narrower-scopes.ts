import { distinctBy } from '../../core/lists.ts';
import { normalId, scopeKind } from '../../core/tenant/arm-id.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { covers, scopeChain, scopeLabel } from '../../core/tenant/hierarchy.ts';
import { queryScopes } from '../../core/tenant/scope-sets.ts';
import { choiceTokens } from '../../core/request/choice-token.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import type { Desk } from '../desk.ts';

/** With more scopes, a card offers no choice: somebody who selects from those shown would leave out the others. */
const most = 12;

const depth = (scope: string): number => scope.split('/').length;

/** The groups and resources inside one wide scope on which the recommendation is open, the widest first. */
const inside = async (desk: Desk, { terms }: ExemptionRequest, wide: string): Promise<string[]> => {
  const hierarchy = await desk.hierarchy();
  const assessments = await desk.recommendations.assessments(terms.recommendation.key, queryScopes([wide], hierarchy));
  const around = assessments
    .filter(({ status }) => status === 'unhealthy')
    .flatMap(({ resourceId }) => scopeChain(resourceId, hierarchy))
    .filter((scope) => covers(wide, scope, hierarchy) && normalId(scope) !== normalId(wide));
  return distinctBy(around, normalId).sort((a, b) => depth(a) - depth(b) || a.localeCompare(b));
};

/** Every scope to which a request can be narrowed, whether a card shows it or not. */
export const narrowerScopes = async (desk: Desk, request: ExemptionRequest): Promise<readonly string[]> => {
  const { scopes } = request.terms;
  const [first = ''] = scopes;
  if (scopes.length > 1) return scopes;
  return scopeKind(first) === 'resource' ? [] : inside(desk, request, first);
};

/** Of several requested scopes all or none; of what lies inside one, the widest. */
const fitting = (request: ExemptionRequest, scopes: readonly string[]): readonly string[] =>
  request.terms.scopes.length > 1 && scopes.length > most ? [] : scopes.slice(0, most);

/** The scopes that an approver may choose to approve less than was requested; empty if there is no choice, or Azure does not say. */
export const findNarrowerScopes = async (
  desk: Desk,
  request: ExemptionRequest,
): Promise<Pick<RequestView, 'narrower' | 'narrowerUnlisted'>> => {
  // A request is replaced as a whole.
  if (request.status !== 'pending' || request.renewal !== undefined) return { narrower: [] };
  const tokenOf = choiceTokens(desk.hash);
  return unlessUntold(
    async () => {
      const hierarchy = await desk.hierarchy();
      const all = await narrowerScopes(desk, request);
      const scopes = fitting(request, all);
      return {
        narrower: scopes.map((id) => ({ token: tokenOf(id), label: scopeLabel(id, hierarchy) })),
        narrowerUnlisted: all.length - scopes.length,
      };
    },
    { narrower: [] },
  );
};
