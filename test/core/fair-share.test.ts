import fc from 'fast-check';
import { createFairShare } from '../../src/core/fair-share.ts';

/** Work that ends when the test says so; who began, in order. */
const stage = (limits: Parameters<typeof createFairShare>[0]) => {
  const share = createFairShare(limits);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));
  return {
    begun,
    ask: (person: string, name = person): Promise<void> =>
      share(person, async () => {
        begun.push(name);
        await new Promise<void>((resolve) => void ends.push(resolve));
      }),
    /** Lets the work that has run longest end. */
    endOne: async (): Promise<void> => {
      ends.shift()?.();
      await settle();
    },
    settle,
    running: () => ends.length,
  };
};

describe('the share of each person', () => {
  it('lets somebody go before everything that waits of a person who had a turn', async () => {
    const { ask, begun, endOne, settle } = stage({ atOnce: 2, perPerson: 1 });
    for (let press = 1; press <= 500; press += 1) void ask('mallory', `mallory ${press}`);
    void ask('bob');
    void ask('carol');
    await settle();
    expect(begun).toEqual(['mallory 1', 'bob']);
    await endOne();
    expect(begun).toEqual(['mallory 1', 'bob', 'carol']);
    await endOne();
    expect(begun.at(-1)).toBe('mallory 2');
  });

  it('goes on where work fails', async () => {
    const share = createFairShare({ atOnce: 1, perPerson: 1 });
    await expect(share('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await share('a', async () => 1)).toBe(1);
  });

  it('never runs more than allowed, keeps the order of each person, and passes nobody over twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        async (people, atOnce, perPerson) => {
          const { ask, begun, endOne, settle, running } = stage({ atOnce, perPerson });
          people.forEach((person, at) => void ask(`p${person}`, `p${person} ${at}`));
          await settle();
          while (begun.length < people.length) {
            expect(running()).toBeLessThanOrEqual(atOnce);
            await endOne();
          }
          const ofEach = Map.groupBy(begun, (name) => name.split(' ')[0]);
          for (const [, names] of ofEach)
            expect(names.map((name) => Number(name.split(' ')[1]))).toEqual(
              names.map((name) => Number(name.split(' ')[1])).toSorted((a, b) => a - b),
            );
          while (running() > 0) await endOne();
        },
      ),
      { numRuns: 50 },
    );
  });
});
