import { subscriptionOf } from '../../core/tenant/arm-id.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { queryScopes } from '../../core/tenant/scope-sets.ts';
import { scoreEffects, type ScoreOutlook } from '../../core/score/secure-score.ts';
import type { Terms } from '../../core/request/terms.ts';
import type { Desk } from '../desk.ts';

type MayRead = (subscription: string) => Promise<boolean>;
type Planned = Pick<Terms, 'recommendation' | 'scopes' | 'category'>;

const openBySubscription = async (desk: Desk, { recommendation, scopes }: Planned) => {
  const where = queryScopes(scopes, await desk.hierarchy());
  const open = (await desk.recommendations.assessments(recommendation.key, where)).filter(
    ({ status }) => status === 'unhealthy',
  );
  const unhealthy = new Map<string, number>();
  for (const subscription of open.flatMap(({ resourceId }) => subscriptionOf(resourceId)?.toLowerCase() ?? []))
    unhealthy.set(subscription, (unhealthy.get(subscription) ?? 0) + 1);
  return [...unhealthy].map(([subscription, count]) => ({ subscription, unhealthy: count }));
};

const outlook = async (desk: Desk, planned: Planned, mayRead: MayRead): Promise<ScoreOutlook | undefined> => {
  const { key } = planned.recommendation;
  const known = (await desk.recommendations.catalogue()).find((each) => each.key === key.toLowerCase());
  if (known?.preview === true) return { kind: 'uncounted', why: 'preview' };
  const open = await openBySubscription(desk, planned);
  const readable = await Promise.all(open.map(({ subscription }) => mayRead(subscription)));
  const resources = open.filter((_, index) => readable[index]);
  const scores = await desk.secureScores.scores(resources.map(({ subscription }) => subscription));
  if (scores.length === 0) return undefined;
  const hierarchy = await desk.hierarchy();
  const effects = scoreEffects({ key, category: planned.category, resources }, scores);
  return effects.length === 0
    ? { kind: 'uncounted', why: 'no-control' }
    : {
        kind: 'effects',
        effects: effects.map((effect) => ({ ...effect, place: scopeLabel(effect.subscription, hierarchy) })),
      };
};

/**
 * The effect of a planned exemption on the score of subscriptions whose score may be read. Undefined if there are none or Azure does not
 * answer; nothing waits for it.
 */
export const estimateScore = async (
  desk: Desk,
  planned: Planned,
  mayRead: MayRead,
): Promise<ScoreOutlook | undefined> => {
  return unlessUntold(() => outlook(desk, planned, mayRead), undefined);
};
