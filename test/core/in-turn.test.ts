import fc from 'fast-check';
import { inPieces, inTurn, inTurnByKey } from '../../src/core/in-turn.ts';

describe('work in turn', () => {
  it('waits for the work before it, also where that fails', async () => {
    const done: string[] = [];
    const first = Promise.withResolvers<string>();
    const turn = inTurn();
    const failed = turn(() => first.promise);
    const second = turn(async () => done.push('second'));
    const third = turn(async () => done.push('third'));

    first.reject(new Error('broken'));

    await expect(failed).rejects.toThrow('broken');
    await Promise.all([second, third]);
    expect(done).toEqual(['second', 'third']);
  });

  it('waits only for work with the same key', async () => {
    const first = Promise.withResolvers<string>();
    const turn = inTurnByKey();
    let isSecondDone = false;
    const one = turn('a', () => first.promise);
    const two = turn('a', async () => {
      isSecondDone = true;
    });

    expect(await turn('b', async () => 'at once')).toBe('at once');
    expect(isSecondDone).toBe(false);

    first.resolve('done');
    expect(await one).toBe('done');
    await two;
    expect(isSecondDone).toBe(true);
  });
});

/** A clock that work moves by so many milliseconds, and how often others came to run meanwhile. */
const clockOf = (ms: number) => {
  let [time, turns, isOver] = [0, 0, false];
  const others = (): void => {
    if (isOver) return;
    turns += 1;
    setImmediate(others);
  };
  setImmediate(others);
  return {
    now: () => time,
    work: (item: number): number => {
      time += ms;
      return item * 2;
    },
    end: () => {
      isOver = true;
      return turns;
    },
  };
};

describe('a long work in pieces', () => {
  it('has the results of the whole, in their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { maxLength: 60 }),
        fc.integer({ min: 0, max: 20 }),
        async (items, ms) => {
          const clock = clockOf(ms);
          expect(await inPieces(items, clock.work, clock.now)).toEqual(items.map((item) => item * 2));
          clock.end();
        },
      ),
    );
  });

  it('lets others run in between', async () => {
    const clock = clockOf(4);
    await inPieces(Array(100).keys(), clock.work, clock.now);
    expect(clock.end()).toBeGreaterThan(30);
  });

  it('costs nothing where there is little to do', async () => {
    const clock = clockOf(0);
    await inPieces([1, 2, 3], clock.work, clock.now);
    expect(clock.end()).toBe(0);
  });

  it('fails with the first failure, and goes no further', async () => {
    const done: number[] = [];
    const work = (item: number): void => {
      done.push(item);
      if (item === 2) throw new Error('no');
    };
    await expect(inPieces([1, 2, 3], work)).rejects.toThrow('no');
    expect(done).toEqual([1, 2]);
  });
});
