import { createConnectorLimits } from '../../../simulator/teams/connector/connector-limits.ts';

/** The limits as Teams documents them, with a clock of one's own. */
const withClock = () => {
  let now = 0;
  const limits = createConnectorLimits(() => now);
  const post = (conversation = '19:a@thread.tacv2', method = 'POST') =>
    limits.retryAfter({
      method,
      path: `/teams/v3/conversations/${encodeURIComponent(conversation)}/activities`,
      body: {},
    });
  return {
    post,
    limits,
    wait: (ms: number) => {
      now += ms;
    },
    /** So many posts with a pause after each; how many were let through. */
    passed: (count: number, pauseMs: number) =>
      Array.from({ length: count }, () => {
        const refused = post();
        now += pauseMs;
        return refused;
      }).filter((refused) => refused === undefined).length,
  };
};

describe('the limits of the simulated connector', () => {
  it.each([
    ['7 in 1 s', 20, 0, 7],
    ['8 in 2 s', 19, 100, 8],
    ['60 in 30 s', 99, 300, 60],
    ['1,800 in an hour', 3599, 1000, 1800],
  ])('lets %s into one conversation', (_, count, pause, passes) => {
    expect(withClock().passed(count, pause)).toBe(passes);
  });

  it('counts the threads of a channel together, posts and updates alike, and says how long to wait', () => {
    const { post, limits, wait } = withClock();
    const thread = { channelData: { channel: { id: '19:a@thread.tacv2' } } };
    for (let each = 0; each < 3; each += 1) {
      expect(post('19:a@thread.tacv2;messageid=17', 'PUT')).toBeUndefined();
      expect(limits.retryAfter({ method: 'POST', path: '/teams/v3/conversations', body: thread })).toBeUndefined();
    }
    expect([post(), post(), post('19:b@thread.tacv2')]).toEqual([undefined, 1, undefined]);
    wait(1000);
    expect(post()).toBeUndefined();
  });

  it('lets 50 in 1 s into all together, reading counted', () => {
    const { post, wait } = withClock();
    const all = Array.from({ length: 60 }, (_, index) => post(`19:${index}`, index % 2 === 0 ? 'GET' : 'POST'));

    expect(all.filter((refused) => refused === undefined)).toHaveLength(50);
    wait(1000);
    expect(post('19:after')).toBeUndefined();
  });
});
