import fc from 'fast-check';
import { takeTurn, teamsPace } from '../../../src/core/chat/pace.ts';

/** Lets posts arrive and gives each its turn, as the store does; the times at which they are sent, by conversation. */
const sendings = (arrivals: readonly { after: number; to: number }[], patienceMs: number) => {
  const until = new Map<string, number>();
  const booked = (key: string, bucket: (typeof teamsPace)['all']) => ({ bucket, until: until.get(key) ?? 0 });
  const sent: { to: number; at: number }[] = [];
  let now = 1_000_000;
  for (const { after, to } of arrivals) {
    now += after;
    const conversation = teamsPace.conversation.map((bucket, index) => booked(`${index} ${to}`, bucket));
    const turn = takeTurn({ conversation, all: booked('all', teamsPace.all) }, now, patienceMs);
    if (turn.booked === undefined) continue;
    turn.booked.conversation.forEach((each, index) => until.set(`${index} ${to}`, each));
    until.set('all', turn.booked.all);
    sent.push({ to, at: now + turn.waitMs });
  }
  return sent;
};

const most = (times: readonly number[], span: number): number => {
  const sorted = times.toSorted((a, b) => a - b);
  let [first, best] = [0, 0];
  for (const [last, at] of sorted.entries()) {
    while (at - (sorted[first] ?? at) >= span) first += 1;
    best = Math.max(best, last - first + 1);
  }
  return best;
};

const documented = [
  [1000, 7],
  [2000, 8],
  [30_000, 60],
  [3_600_000, 1800],
] as const;

describe('the pace', () => {
  const arrivals = (longest: number) =>
    fc.array(fc.record({ after: fc.integer({ min: 0, max: longest }), to: fc.integer({ min: 0, max: 2 }) }), {
      minLength: 200,
      maxLength: 800,
    });

  it.each([
    ['impatient', 100],
    ['patient', 5000],
  ] as const)('never exceeds what Teams documents, however %s posts arrive', (_, patience) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3000 }).chain((longest) => arrivals(longest)),
        (given) => {
          const sent = sendings(given, patience);
          for (const to of [0, 1, 2]) {
            const times = sent.filter((each) => each.to === to).map(({ at }) => at);
            for (const [span, limit] of documented) expect(most(times, span)).toBeLessThanOrEqual(limit);
          }
          expect(
            most(
              sent.map(({ at }) => at),
              1000,
            ),
          ).toBeLessThanOrEqual(50);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps to the limit of an hour when a conversation always has something to post', () => {
    const sent = sendings(
      Array.from({ length: 12_000 }, () => ({ after: 600, to: 0 })),
      500,
    );
    const times = sent.map(({ at }) => at);

    expect(most(times, 3_600_000)).toBeLessThanOrEqual(1800);
    expect(times.length).toBeGreaterThan(2500);
  });

  it('lets five go at once and one a second after that', () => {
    const waits = Array.from({ length: 8 }, () => ({ after: 0, to: 0 }));

    expect(sendings(waits, 5000).map(({ at }) => at - 1_000_000)).toEqual([0, 0, 0, 0, 0, 1000, 2000, 3000]);
  });

  it('lets nobody wait for somebody else’s conversation', () => {
    const busy = Array.from({ length: 9 }, () => ({ after: 0, to: 0 }));
    const sent = sendings([...busy, { after: 500, to: 1 }], 5000);

    expect(sent.findLast(({ to }) => to === 1)?.at).toBe(1_000_500);
  });

  it('takes no turn where the wait is longer than the patience', () => {
    const all = { bucket: teamsPace.all, until: 0 };
    const conversation = [{ bucket: { everyMs: 1000, burst: 1 }, until: 10_000 }];

    expect(takeTurn({ conversation, all }, 5000, 4999)).toEqual({ waitMs: 5000, booked: undefined });
    expect(takeTurn({ conversation, all }, 5000, 5000)).toEqual({
      waitMs: 5000,
      booked: { conversation: [11_000], all: 5040 },
    });
  });
});
