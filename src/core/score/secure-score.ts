import type { ExemptionCategory } from '../exemption/exemption.ts';

/** One control of the classic secure score in one subscription. */
export type ScoreControl = {
  readonly name: string;
  /** Points that it gives when every resource is healthy in it. */
  readonly max: number;
  /** Resources; one is healthy only where it is healthy in every recommendation of the control. */
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
  /** How much it weighs among other subscriptions. */
  readonly weight: number;
  readonly controls: readonly ScoreControl[];
};

/** How many resources of a subscription are unhealthy in one recommendation. */
export type OpenCount = { readonly subscription: string; readonly key: string; readonly unhealthy: number };

/** Reads the secure score; Defender recalculates it every 8 hours, so answers are cached for minutes. Throws GovernanceError unavailable. */
export type SecureScoreSource = {
  /** Of these subscriptions, those that have one. */
  readonly scores: (subscriptions: readonly string[]) => Promise<SecureScore[]>;
  readonly openCounts: (subscriptions: readonly string[]) => Promise<OpenCount[]>;
};

/** What an exemption does to one control of one subscription: a range, because it is not known how its resources stand in the control's other recommendations. */
export type ScoreEffect = {
  readonly subscription: string;
  readonly control: string;
  /** Points: what the control gives at most and now, and the least and the most that it can give afterwards. */
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

/** The score over several subscriptions as a share of 1, each with its weight; undefined where there is none. */
export const overallScore = (scores: readonly SecureScore[]): number | undefined => {
  const counted = scores.filter(({ max, weight }) => max > 0 && weight > 0);
  const weights = counted.reduce((sum, { weight }) => sum + weight, 0);
  return weights === 0
    ? undefined
    : counted.reduce((sum, { current, max, weight }) => sum + (weight * current) / max, 0) / weights;
};

/**
 * How much the score over these subscriptions rises at most, as a share of 1, once nothing is unhealthy in a recommendation any more. It is an upper
 * bound: a resource may be unhealthy in another recommendation of the same control.
 */
export const potentialGain = (key: string, scores: readonly SecureScore[], open: readonly OpenCount[]): number => {
  const gained = scores.map((score) => {
    const unhealthy = open.find((each) => sameKey(each.key, key) && sameKey(each.subscription, score.subscription));
    const points = score.controls
      .filter((control) => holds(control, key))
      .map((control) => effectOn(control, 'Mitigated', unhealthy?.unhealthy ?? 0))
      .reduce((sum, { now, most }) => sum + most - now, 0);
    return { ...score, current: points };
  });
  return overallScore(gained) ?? 0;
};

/**
 * The points of a control after so many of its unhealthy resources were exempted from one of its recommendations. Mitigated: each may turn healthy, or
 * stay unhealthy by another recommendation. Waiver: each may leave the count, turn healthy by the others, or stay. Neither ever costs points.
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

/** What an exemption of so many unhealthy resources, by subscription, does to the score: one entry for each control that counts the recommendation. */
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

/** What is known beforehand of an exemption's effect on the classic secure score. */
export type ScoreOutlook =
  /** Preview recommendations and those in no control never count. */
  | { readonly kind: 'uncounted'; readonly why: 'preview' | 'no-control' }
  | { readonly kind: 'effects'; readonly effects: readonly (ScoreEffect & { readonly place: string })[] };
