import { z } from 'zod';
import { cached } from '../../core/cached.ts';
import type { Exemption, ExemptionGateway } from '../../core/exemption/exemption.ts';
import { normalId, subscriptionGuidOf } from '../../core/tenant/arm-id.ts';
import { nearTo, surroundingsOf } from '../../core/tenant/scope-sets.ts';
import { fill, isOneOf, queryNamed, startsWithAny } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { subscriptionsOf } from '../client/where-condition.ts';
import { exemptionFrom } from './exemption-json.ts';

/** Resource Graph matches texts, so the condition names the exemptions of a scope by the beginning of their ids. */
const ofScope = (scope: string): string => `${scope}/providers/microsoft.authorization/policyexemptions/`;

/** Asks Resource Graph for the exemptions at, above and below some scopes, and for no others. */
export const createExemptionsNear = (
  ask: ResourceGraph,
  now: () => Date,
): { readonly near: ExemptionGateway['near']; readonly forget: () => void } => {
  const template = queryNamed('exemptions-near');
  const load = async ([scopes, hierarchy]: Parameters<ExemptionGateway['near']>): Promise<Exemption[]> => {
    const { subscriptions, narrower, exactly } = surroundingsOf(scopes, hierarchy);
    const isNear = nearTo(scopes, hierarchy);
    const query = fill(template, {
      ofSubscriptions: isOneOf(
        'subscriptionId',
        subscriptions.map((id) => subscriptionGuidOf(id) ?? ''),
      ),
      below: startsWithAny(
        'tolower(id)',
        narrower.map((scope) => `${scope}/`),
      ),
      exactly: startsWithAny('tolower(id)', exactly.map(ofScope)),
    });
    const asked = subscriptionsOf([{ subscriptions, narrower }]);
    const rows = await ask(z.unknown(), {
      query,
      authorizationScopeFilter: 'AtScopeAboveAndBelow',
      ...(asked.length === 0 ? {} : { subscriptions: asked }),
    });
    return rows.map(exemptionFrom).filter(({ scope }) => isNear(scope));
  };
  const near = cached(load, {
    what: 'policy exemptions',
    now,
    same: ([scopes, hierarchy]) => JSON.stringify([scopes.map(normalId).toSorted(), surroundingsOf(scopes, hierarchy)]),
  });
  return { near: (...question) => near(question), forget: near.forget };
};
