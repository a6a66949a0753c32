import type { Assessment } from './assessments.ts';
import type { Recommendation } from './tenant.ts';

type ControlPlan = { readonly id: string; readonly displayName: string; readonly maxScore: number };

/** Controls and points of the classic secure score; apart from the first one the ids are invented. */
const controlPlans: readonly ControlPlan[] = [
  { id: '34a42fb3-e6db-409c-b56b-7b1db6b8aee0', displayName: 'Enable MFA', maxScore: 10 },
  { id: 'c0117201-0000-4000-8000-000000000002', displayName: 'Secure management ports', maxScore: 8 },
  { id: 'c0117201-0000-4000-8000-000000000003', displayName: 'Remediate vulnerabilities', maxScore: 6 },
  { id: 'c0117201-0000-4000-8000-000000000004', displayName: 'Encrypt data in transit', maxScore: 4 },
  { id: 'c0117201-0000-4000-8000-000000000005', displayName: 'Restrict unauthorized network access', maxScore: 4 },
  { id: 'c0117201-0000-4000-8000-000000000006', displayName: 'Enable encryption at rest', maxScore: 4 },
  { id: 'c0117201-0000-4000-8000-000000000007', displayName: 'Manage access and permissions', maxScore: 4 },
  { id: 'c0117201-0000-4000-8000-000000000008', displayName: 'Remediate security configurations', maxScore: 4 },
  { id: 'c0117201-0000-4000-8000-000000000009', displayName: 'Enable endpoint protection', maxScore: 2 },
  { id: 'c0117201-0000-4000-8000-00000000000a', displayName: 'Enable auditing and logging', maxScore: 1 },
  { id: 'c0117201-0000-4000-8000-00000000000b', displayName: 'Implement security best practices', maxScore: 0 },
];

type Score = { readonly max: number; readonly current: number; readonly percentage: number };
export type ControlScore = ControlPlan & {
  readonly healthy: number;
  readonly unhealthy: number;
  readonly notApplicable: number;
  readonly score: Score;
  readonly assessmentKeys: readonly string[];
};
export type SecureScore = { readonly score: Score; readonly weight: number };

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

const scoreOf = (max: number, current: number): Score => ({
  max,
  current: rounded(current, 2),
  percentage: max === 0 ? 0 : rounded(current / max, 4),
});

type Health = 'healthy' | 'unhealthy' | 'notApplicable';

/** A resource is unhealthy in a control by one unhealthy recommendation; a waiver takes it out, a mitigation heals it. */
const healthOf = (assessments: readonly Assessment[]): Health => {
  if (assessments.some(({ status }) => status.code === 'Unhealthy')) return 'unhealthy';
  return assessments.some(({ status, mitigated }) => status.code === 'Healthy' || mitigated)
    ? 'healthy'
    : 'notApplicable';
};

const controlScore = (
  plan: ControlPlan,
  assessments: readonly Assessment[],
  recommendations: readonly Recommendation[],
): ControlScore => {
  const healths = [...Map.groupBy(assessments, ({ resource }) => resource.id).values()].map(healthOf);
  const countOf = (health: Health): number => healths.filter((one) => one === health).length;
  const [healthy, unhealthy] = [countOf('healthy'), countOf('unhealthy')];
  const share = healthy + unhealthy === 0 ? 0 : healthy / (healthy + unhealthy);
  return {
    ...plan,
    healthy,
    unhealthy,
    notApplicable: countOf('notApplicable'),
    score: scoreOf(plan.maxScore, plan.maxScore * share),
    assessmentKeys: recommendations
      .filter((one) => one.control === plan.displayName && (one.recommendationCategory ?? 'Unknown') === 'Unknown')
      .map(({ assessmentKey }) => assessmentKey),
  };
};

const known = new WeakMap<readonly Assessment[], readonly ControlScore[]>();

/** The controls that apply to these assessments of one subscription, among all recommendations of the tenant. Counted once for each list. */
export const controlScoresOf = (
  assessments: readonly Assessment[],
  recommendations: readonly Recommendation[],
): readonly ControlScore[] => {
  const before = known.get(assessments);
  if (before !== undefined) return before;
  const byControl = Map.groupBy(assessments, ({ recommendation }) => recommendation.control);
  const scores = controlPlans.flatMap((plan) => {
    const own = byControl.get(plan.displayName);
    return own === undefined ? [] : [controlScore(plan, own, recommendations)];
  });
  known.set(assessments, scores);
  return scores;
};

export const secureScoreOf = (controls: readonly ControlScore[]): SecureScore => {
  const counted = controls.filter(({ healthy, unhealthy }) => healthy + unhealthy > 0);
  const sum = (pick: (control: ControlScore) => number): number =>
    counted.reduce((total, control) => total + pick(control), 0);
  return {
    score: scoreOf(
      sum(({ score }) => score.max),
      sum(({ score }) => score.current),
    ),
    weight: sum(({ healthy, unhealthy }) => healthy + unhealthy),
  };
};
