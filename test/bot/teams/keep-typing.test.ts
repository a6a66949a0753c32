import type { TurnContext } from 'botbuilder';
import { keepTyping } from '../../../src/bot/teams/keep-typing.ts';

/** How often it is shown before the work, and after so many seconds of it. */
const shownOver = async (atOnce: boolean, seconds: number, fails = false) => {
  let shown = 0;
  let tick = async (): Promise<void> => undefined;
  let stopped = false;
  const context = {
    sendActivity: async () => {
      shown += 1;
      if (fails) throw new Error('Teams is away.');
    },
  } as unknown as TurnContext;
  const every = (_ms: number, work: () => Promise<void>) => {
    tick = work;
    return () => void (stopped = true);
  };
  const counts = await keepTyping(context, { atOnce, every }, async () => {
    const all = [shown];
    for (let second = 0; second < seconds; second += 1) {
      await tick();
      all.push(shown);
    }
    return all;
  });
  return { counts, stopped };
};

describe('that an answer is being made', () => {
  it('is shown at once to whoever wrote, and again every four seconds until it is there', async () => {
    expect(await shownOver(true, 8)).toEqual({ counts: [1, 1, 1, 1, 2, 2, 2, 2, 3], stopped: true });
  });

  it('is shown to whoever pressed a button only after a second', async () => {
    expect(await shownOver(false, 5)).toEqual({ counts: [0, 1, 1, 1, 1, 2], stopped: true });
  });

  it('does not matter where Teams does not take it', async () => {
    expect(await shownOver(true, 4, true)).toMatchObject({ stopped: true });
  });
});
