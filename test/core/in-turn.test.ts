import { inTurn, inTurnByKey } from '../../src/core/in-turn.ts';

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
