import { createGraphBudget } from '../../../src/azure/client/graph-budget.ts';

describe('the quota of Resource Graph', () => {
  const start = () => {
    const waits: number[] = [];
    const clock = { now: 0 };
    const budget = createGraphBudget(
      async (milliseconds) => {
        waits.push(milliseconds);
        clock.now += milliseconds;
      },
      () => clock.now,
    );
    const answer = (left: number, seconds: number): void =>
      budget.heed(
        new Map([
          ['x-ms-user-quota-remaining', String(left)],
          ['x-ms-user-quota-resets-after', `00:00:0${seconds}`],
        ]),
      );
    return { budget, waits, clock, answer };
  };

  it('is whole again at the earliest time that an answer told, because Azure tells whole seconds', async () => {
    const { budget, waits, clock, answer } = start();
    answer(14, 5);
    clock.now = 1100;
    // By then it is 3.9 s, which Azure calls 4.
    answer(5, 4);
    await budget.asJob(async () => undefined);
    expect(waits).toEqual([4000]);
  });

  it('is left to people but for ten questions, those that are not answered yet among them', async () => {
    const { budget, waits, answer } = start();
    answer(8, 5);
    const open: (() => void)[] = [];
    const ask = () => budget.asJob(() => new Promise<void>((resolve) => open.push(resolve)));
    const asked = [ask(), ask(), ask(), ask()];
    await new Promise((resolve) => setImmediate(resolve));
    expect([open.length, waits]).toEqual([4, [5100]]);
    for (const resolve of open) resolve();
    await Promise.all(asked);
  });

  it('is not waited for by people while anything is left', () => {
    const { budget, answer } = start();
    answer(1, 5);
    expect(budget.usedUp().milliseconds).toBe(0);
    answer(0, 5);
    expect(budget.usedUp().milliseconds).toBe(5100);
  });
});
