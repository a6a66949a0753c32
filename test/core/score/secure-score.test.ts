import fc from 'fast-check';
import {
  leftToGain,
  overallScore,
  potentialGains,
  scoreEffects,
  type OpenCounts,
  type ScoreControl,
  type SecureScore,
} from '../../../src/core/score/secure-score.ts';

const subscription = '/subscriptions/s1';

type Count = { readonly subscription: string; readonly key: string; readonly unhealthy: number };

/** Counts by subscription, as Azure is asked for them: of two counts of the same the first one. */
const bySubscription = (counts: readonly Count[]): OpenCounts[] =>
  [...Map.groupBy(counts, (each) => each.subscription.toLowerCase())].map(([place, those]) => ({
    subscription: place,
    unhealthy: new Map(those.toReversed().map(({ key, unhealthy }) => [key.toLowerCase(), unhealthy])),
  }));

const control = (more: Partial<ScoreControl> = {}): ScoreControl => ({
  name: 'Encrypt data in transit',
  max: 4,
  healthy: 2,
  unhealthy: 6,
  recommendationKeys: ['https', 'tls'],
  ...more,
});
const score = (controls: readonly ScoreControl[], more: Partial<SecureScore> = {}): SecureScore => ({
  subscription,
  current: 1,
  max: 4,
  weight: 8,
  controls,
  ...more,
});
const exempting = (unhealthy: number, category: 'Waiver' | 'Mitigated' = 'Mitigated', key = 'HTTPS') => ({
  key,
  category,
  resources: [{ subscription: subscription.toUpperCase(), unhealthy }],
});

describe('what an exemption does to the score', () => {
  it.each(['Waiver', 'Mitigated'] as const)(
    'is a range from nothing to all resources turned healthy where a %s shares its control with other recommendations',
    (category) => {
      expect(scoreEffects(exempting(3, category), [score([control()])])).toMatchObject([
        { control: 'Encrypt data in transit', max: 4, now: 1, least: 1, most: 2.5 },
      ]);
    },
  );

  it('is known exactly where the control has no other recommendation', () => {
    const only = [score([control({ recommendationKeys: ['https'] })])];
    expect(scoreEffects(exempting(3), only)).toMatchObject([{ now: 1, least: 2.5, most: 2.5 }]);
    expect(scoreEffects(exempting(4, 'Waiver'), only)).toMatchObject([{ now: 1, least: 2, most: 2 }]);
  });

  it('never exceeds what the control says is unhealthy', () => {
    expect(scoreEffects(exempting(100), [score([control()])])).toMatchObject([{ most: 4 }]);
  });

  it('is nothing where no control counts the recommendation, or only one without points', () => {
    expect(scoreEffects(exempting(3, 'Mitigated', 'other'), [score([control()])])).toEqual([]);
    expect(scoreEffects(exempting(3), [score([control({ max: 0 })])])).toEqual([]);
    expect(scoreEffects(exempting(3), [])).toEqual([]);
  });
});

describe('what there is to gain', () => {
  it('is what a control does not give yet', () => {
    expect(leftToGain(control())).toBe(3);
    expect(leftToGain(control({ healthy: 0, unhealthy: 0 }))).toBe(0);
  });

  it('weighs subscriptions', () => {
    const scores = [score([], { current: 4, weight: 30 }), score([], { current: 0, weight: 10 })];
    expect(overallScore(scores)).toBeCloseTo(0.75);
    expect(overallScore([score([], { weight: 0 })])).toBeUndefined();
    // A subscription without points counts with its weight, as in the workbooks of Microsoft.
    expect(overallScore([...scores, score([], { current: 0, max: 0, weight: 40 })])).toBeCloseTo(0.375);
  });

  it('counts a recommendation in every subscription with its own unhealthy resources', async () => {
    const scores = [
      score([control()], { weight: 30 }),
      score([control({ healthy: 0, unhealthy: 4 })], { subscription: '/subscriptions/s2', weight: 10 }),
    ];
    const open = [
      { subscription: '/subscriptions/S1', key: 'https', unhealthy: 2 },
      { subscription: '/subscriptions/s2', key: 'https', unhealthy: 4 },
      { subscription: '/subscriptions/s2', key: 'tls', unhealthy: 1 },
    ];
    const gains = await potentialGains(scores, bySubscription(open));
    expect(gains.get('https')).toBeCloseTo((30 * 0.25 + 10 * 1) / 40);
    expect(gains.has('other')).toBe(false);
  });
});

/** The gain of one recommendation, looked up again and again in the lists as they come: slow, and plain to see. */
const gainBySearching = (key: string, scores: readonly SecureScore[], open: readonly Count[]): number => {
  const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const counted = scores.filter(({ max, weight }) => max > 0 && weight > 0);
  const gained = counted.map(({ subscription: place, controls, max, weight }) => {
    const found = open.find((each) => isSame(each.key, key) && isSame(each.subscription, place));
    const points = controls
      .filter(({ recommendationKeys }) => recommendationKeys.some((each) => isSame(each, key)))
      .map(({ max: most, healthy, unhealthy }) =>
        healthy + unhealthy === 0 ? 0 : (most * Math.min(found?.unhealthy ?? 0, unhealthy)) / (healthy + unhealthy),
      );
    return (weight * points.reduce((sum, each) => sum + each, 0)) / max;
  });
  const weights = scores.reduce((sum, { weight }) => sum + weight, 0);
  return weights === 0 ? 0 : gained.reduce((sum, each) => sum + each, 0) / weights;
};

const few = { maxLength: 4 };
const anyKey = fc.constantFrom('https', 'HTTPS', 'tls', 'disks');
const amount = fc.nat(6);
const anyControl = fc
  .record({ max: amount, healthy: amount, unhealthy: amount, recommendationKeys: fc.array(anyKey, few) })
  .map(control);
const anyScore = fc
  .record({ subscription: fc.constantFrom('/s1', '/S2', '/s3'), max: amount, weight: amount })
  .chain((more) => fc.array(anyControl, few).map((controls) => score(controls, more)));
const anyCount = fc.record({ subscription: fc.constantFrom('/S1', '/s2', '/s3'), key: anyKey, unhealthy: amount });

it('promises the gains that a search through everything finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyScore, few), fc.array(anyCount, { maxLength: 8 }), async (scores, open) => {
      const gains = await potentialGains(scores, bySubscription(open));
      for (const key of ['https', 'tls', 'disks'])
        expect(gains.get(key) ?? 0).toBeCloseTo(gainBySearching(key, scores, open), 9);
    }),
    { numRuns: 1000 },
  );
});

/** A tenant of this many subscriptions, with 200 open recommendations in 15 controls each. */
const tenantOf = (subscriptions: number): [SecureScore[], OpenCounts[]] => {
  const places = Array.from({ length: subscriptions }, (_, at) => `/subscriptions/${at}`);
  const keys = Array.from({ length: 200 }, (_, at) => `key-${at}`);
  const controls = Array.from({ length: 15 }, (_, at) =>
    control({ recommendationKeys: keys.filter((_key, index) => index % 15 === at) }),
  );
  return [
    places.map((place) => score(controls, { subscription: place })),
    places.map((place) => ({ subscription: place, unhealthy: new Map(keys.map((key) => [key, 2])) })),
  ];
};
/** How often the open counts are looked at. */
const looksFor = async (subscriptions: number): Promise<number> => {
  const [scores, open] = tenantOf(subscriptions);
  let looks = 0;
  class Watched extends Map<string, number> {
    override get(key: string): number | undefined {
      looks += 1;
      return super.get(key);
    }
  }
  const counted = open.map(({ unhealthy, ...rest }) => ({ ...rest, unhealthy: new Watched(unhealthy) }));
  expect((await potentialGains(scores, counted)).size).toBe(200);
  return looks;
};

it('looks at eight times as many counts for eight times as many subscriptions, not at sixty-four times', async () => {
  expect((await looksFor(320)) / (await looksFor(40))).toBeLessThanOrEqual(9);
});

/** Every resource with its state in each recommendation of one control: the score by the rules, resource by resource. */
type State = 'healthy' | 'unhealthy' | 'waived' | 'mitigated' | 'absent';
const statesOf = fc.array(fc.tuple(...[0, 1, 2].map(() => fc.constantFrom<State>('healthy', 'unhealthy', 'absent'))), {
  minLength: 1,
  maxLength: 8,
});
const standing = (resources: readonly (readonly State[])[]) => {
  let [healthy, unhealthy] = [0, 0];
  for (const states of resources) {
    if (states.includes('unhealthy')) unhealthy += 1;
    else if (states.includes('healthy') || states.includes('mitigated')) healthy += 1;
  }
  return { healthy, unhealthy, points: healthy + unhealthy === 0 ? 0 : (10 * healthy) / (healthy + unhealthy) };
};

it('tells a range that holds what happens, whatever the resources are', () => {
  fc.assert(
    fc.property(
      statesOf,
      fc.constantFrom('Waiver', 'Mitigated'),
      fc.integer({ min: 1, max: 3 }),
      (all, category, of) => {
        const resources = all.map((states) => states.slice(0, of));
        const becomes = category === 'Waiver' ? 'waived' : 'mitigated';
        const after = resources.map(([first, ...others]) => [first === 'unhealthy' ? becomes : first!, ...others]);
        const { healthy, unhealthy, points } = standing(resources);
        const keys = ['a', 'b', 'c'].slice(0, of);
        const open = resources.filter(([first]) => first === 'unhealthy').length;
        const [effect] = scoreEffects(exempting(open, category, 'a'), [
          score([control({ max: 10, healthy, unhealthy, recommendationKeys: keys })]),
        ]);
        const then = standing(after).points;
        expect(effect!.now).toBeCloseTo(points);
        expect(then).toBeGreaterThanOrEqual(effect!.least - 1e-9);
        expect(then).toBeLessThanOrEqual(effect!.most + 1e-9);
      },
    ),
    { numRuns: 1000 },
  );
});
