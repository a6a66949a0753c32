import type { ExemptionCategory } from '../exemption/exemption.ts';

/** One control of the classic secure score in one subscription. */
export type ScoreControl = {
  readonly name: string;
  /** Points if every resource is healthy in it. */
  readonly max: number;
  /** Number of resources; a resource counts as healthy only if it is so in every recommendation of the control. */
  readonly healthy: number;
  readonly unhealthy: number;
  /** Assessment keys of its recommendations. */
  readonly recommendationKeys: readonly string[];
};

/** The classic secure score of one subscription. */
export type SecureScore = {
  readonly subscription: string;
  readonly current: number;
  readonly max: number;
  /** Its weight among other subscriptions. */
  readonly weight: number;
  readonly controls: readonly ScoreControl[];
};

/** The number of resources of a subscription that are unhealthy in one recommendation. */
export type OpenCount = { readonly subscription: string; readonly key: string; readonly unhealthy: number };

/** Reads the secure score. Defender recalculates it every 8 hours, so answers are cached for minutes. Throws GovernanceError unavailable. */
export type SecureScoreSource = {
  /** Scores of those of these subscriptions that have one. */
  readonly scores: (subscriptions: readonly string[]) => Promise<SecureScore[]>;
  readonly openCounts: (subscriptions: readonly string[]) => Promise<OpenCount[]>;
};

/**
 * The effect of an exemption on one control of one subscription: a range, because the state of its resources in the other recommendations
 * of the control is unknown.
 */
export type ScoreEffect = {
  readonly subscription: string;
  readonly control: string;
  /** Points: the most that the control can give, the points now, and the range of points afterwards. */
  readonly max: number;
  readonly now: number;
  readonly least: number;
  readonly most: number;
};

const pointsOf = (max: number, healthy: number, counted: number): number =>
  counted === 0 ? 0 : (max * healthy) / counted;

const sameKey = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const holds = (control: ScoreControl, key: string): boolean =>
  control.recommendationKeys.some((each) => sameKey(each, key));

/** Points that a control does not give yet. */
export const leftToGain = ({ max, healthy, unhealthy }: ScoreControl): number =>
  healthy + unhealthy === 0 ? 0 : max - pointsOf(max, healthy, healthy + unhealthy);

/** The score of a subscription as a share of 1. */
export const shareOf = ({ current, max }: Pick<SecureScore, 'current' | 'max'>): number =>
  max === 0 ? 0 : current / max;

const weightOf = (scores: readonly SecureScore[]): number => scores.reduce((sum, { weight }) => sum + weight, 0);

/**
 * The score over several subscriptions as a share of 1, as the workbooks of Microsoft calculate it: the sum of share by weight, divided by
 * the sum of weights. Undefined if there is none.
 */
export const overallScore = (scores: readonly SecureScore[]): number | undefined => {
  const weights = weightOf(scores);
  return weights === 0 ? undefined : scores.reduce((sum, score) => sum + score.weight * shareOf(score), 0) / weights;
};

/** The unhealthy resources by recommendation, in each subscription; both in lower case. */
const openBySubscription = (open: readonly OpenCount[]): Map<string, Map<string, number>> => {
  const found = new Map<string, Map<string, number>>();
  for (const { subscription, key, unhealthy } of open) {
    const [place, name] = [subscription.toLowerCase(), key.toLowerCase()];
    const counts = found.get(place) ?? new Map<string, number>();
    found.set(place, counts.has(name) ? counts : counts.set(name, unhealthy));
  }
  return found;
};

/**
 * For each recommendation (its key in lower case) the most that the score over these subscriptions can rise, as a share of 1, once no
 * resource is unhealthy in it; without zeros. An upper bound: a resource may be unhealthy in another recommendation of the same control. The
 * time grows with the number of counts, not with their square: a tenant has tens of thousands.
 */
export const potentialGains = (
  scores: readonly SecureScore[],
  open: readonly OpenCount[],
): ReadonlyMap<string, number> => {
  const counted = scores.filter(({ max, weight }) => max > 0 && weight > 0);
  const weights = weightOf(scores);
  const counts = openBySubscription(open);
  const gained = new Map<string, number>();
  for (const { subscription, controls, max, weight } of counted) {
    const here = counts.get(subscription.toLowerCase());
    for (const control of here === undefined ? [] : controls) {
      for (const key of new Set(control.recommendationKeys.map((each) => each.toLowerCase()))) {
        const unhealthy = here?.get(key) ?? 0;
        if (unhealthy === 0) continue;
        const { now, most } = effectOn(control, 'Mitigated', unhealthy);
        if (most > now) gained.set(key, (gained.get(key) ?? 0) + (weight * (most - now)) / max);
      }
    }
  }
  return new Map([...gained].map(([key, gain]) => [key, gain / weights]));
};

/**
 * The points of a control after some of its unhealthy resources are exempted from one recommendation. Mitigated: each may become healthy,
 * or stay unhealthy by another recommendation. Waiver: each may leave the count, become healthy or stay unhealthy. Neither ever costs
 * points.
 */
const effectOn = (
  control: ScoreControl,
  category: ExemptionCategory,
  resources: number,
): Pick<ScoreEffect, 'now' | 'least' | 'most'> => {
  const { max, healthy, unhealthy, recommendationKeys } = control;
  const counted = healthy + unhealthy;
  const exempted = Math.min(resources, unhealthy);
  const now = pointsOf(max, healthy, counted);
  const allHealthy = pointsOf(max, healthy + exempted, counted);
  if (recommendationKeys.length > 1) return { now, least: now, most: allHealthy };
  const after = category === 'Mitigated' ? allHealthy : pointsOf(max, healthy, counted - exempted);
  return { now, least: after, most: after };
};

/** The effect of exempting these unhealthy resources, by subscription, on the score: one entry for each control that includes the recommendation. */
export const scoreEffects = (
  planned: {
    readonly key: string;
    readonly category: ExemptionCategory;
    readonly resources: readonly { readonly subscription: string; readonly unhealthy: number }[];
  },
  scores: readonly SecureScore[],
): ScoreEffect[] =>
  planned.resources.flatMap(({ subscription, unhealthy }) =>
    (scores.find((each) => sameKey(each.subscription, subscription))?.controls ?? [])
      .filter((control) => holds(control, planned.key) && control.max > 0)
      .map((control) => ({
        subscription,
        control: control.name,
        max: control.max,
        ...effectOn(control, planned.category, unhealthy),
      })),
  );

/** The expected effect of an exemption on the classic secure score. */
export type ScoreOutlook =
  /** Preview recommendations and those in no control never count. */
  | { readonly kind: 'uncounted'; readonly why: 'preview' | 'no-control' }
  | { readonly kind: 'effects'; readonly effects: readonly (ScoreEffect & { readonly place: string })[] };
