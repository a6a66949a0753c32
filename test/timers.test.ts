import { every, inTime } from '../src/timers.ts';

describe('a piece of work with a budget', () => {
  it('gives what comes of it in time', async () => {
    expect(await inTime(Promise.resolve('done'), 60_000)).toBe('done');
  });

  it('throws what it throws in time', async () => {
    await expect(inTime(Promise.reject(new Error('broken')), 60_000)).rejects.toThrow('broken');
  });

  it('is not waited for any longer', async () => {
    const endless = new Promise<string>(() => undefined);

    expect(await inTime(endless, 1)).toBeUndefined();
  });
});

it('does something again and again, also after it failed, until it is stopped', async () => {
  let times = 0;
  await new Promise<void>((resolve) => {
    const stop = every(1, async () => {
      times += 1;
      if (times === 3) {
        stop();
        resolve();
      }
      throw new Error('broken');
    });
  });

  expect(times).toBe(3);
});
