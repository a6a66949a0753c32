import { inPieces } from '../in-turn.ts';
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

/** A control as Microsoft defines it, the same in every subscription. */
export type ControlMembers = Pick<ScoreControl, 'name' | 'recommendationKeys'>;

/** The classic secure score of one subscription. */
export type SecureScore = {
  readonly subscription: string;
  readonly current: number;
  readonly max: number;
  /** Its weight among other subscriptions. */
  readonly weight: number;
  readonly controls: readonly ScoreControl[];
};

/** How many resources of a subscription are unhealthy, by the key of the recommendation in lower case. */
export type OpenCounts = { readonly subscription: string; readonly unhealthy: ReadonlyMap<string, number> };

/** Reads the secure score. Defender recalculates it every 8 hours, so answers are cached for minutes. Throws GovernanceError unavailable. */
export type SecureScoreSource = {
  /** Scores of those of these subscriptions that have one. */
  readonly scores: (subscriptions: readonly string[]) => Promise<SecureScore[]>;
  /** Of each of these subscriptions that has one, at most one. */
  readonly openCounts: (subscriptions: readonly string[]) => Promise<OpenCounts[]>;
  /** The controls that there are, by name; those of more subscriptions than these, where they were read for all. */
  readonly controls: (subscriptions: readonly string[]) => Promise<readonly ControlMembers[]>;
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

const nothing: OpenCounts['unhealthy'] = new Map();

/** The most that the score of one subscription can rise, as a share of 1, by recommendation. */
const gainsIn = ({ controls, max }: SecureScore, open: OpenCounts['unhealthy']): Map<string, number> => {
  const gained = new Map<string, number>();
  for (const control of controls) {
    for (const key of new Set(control.recommendationKeys.map((each) => each.toLowerCase()))) {
      const unhealthy = open.get(key) ?? 0;
      if (unhealthy === 0) continue;
      const { now, most } = effectOn(control, 'Mitigated', unhealthy);
      if (most > now) gained.set(key, (gained.get(key) ?? 0) + (most - now) / max);
    }
  }
  return gained;
};

/**
 * For each recommendation (its key in lower case) the most that the score over these subscriptions can rise, as a share of 1, once no
 * resource is unhealthy in it; without zeros. An upper bound: a resource may be unhealthy in another recommendation of the same control. The
 * time grows with the number of counts, not with their square, and others run in between: a tenant has a hundred thousand.
 */
export const potentialGains = async (
  scores: readonly SecureScore[],
  open: readonly OpenCounts[],
): Promise<ReadonlyMap<string, number>> => {
  const counted = scores.filter(({ max, weight }) => max > 0 && weight > 0);
  const weights = weightOf(scores);
  const counts = new Map(open.map(({ subscription, unhealthy }) => [subscription.toLowerCase(), unhealthy]));
  const gained = new Map<string, number>();
  await inPieces(counted, (score) => {
    for (const [key, gain] of gainsIn(score, counts.get(score.subscription.toLowerCase()) ?? nothing))
      gained.set(key, (gained.get(key) ?? 0) + score.weight * gain);
  });
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
