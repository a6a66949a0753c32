import { cached } from '../../src/core/cached.ts';

const counting = () => {
  let now = new Date('2026-03-01T12:00:00Z');
  const calls: string[] = [];
  let failing = false;
  const ask = cached(
    async (key: string) => {
      calls.push(key);
      if (failing) throw new Error('Azure did not answer');
      return `${key}${calls.length}`;
    },
    { what: 'what somebody may read', now: () => now },
  );
  return {
    ask,
    calls,
    wait: (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000)),
    fail: (value: boolean) => (failing = value),
  };
};

describe('a cache', () => {
  it('asks once while an answer is fresh, and again when it is old', async () => {
    const { ask, calls, wait } = counting();
    expect([await ask('a'), await ask('a')]).toEqual(['a1', 'a1']);
    wait(4.9);
    expect(await ask('a')).toBe('a1');
    wait(0.1);
    expect(await ask('a')).toBe('a2');
    expect(calls).toHaveLength(2);
  });

  it('keeps people apart', async () => {
    const { ask } = counting();
    expect([await ask('alice'), await ask('bob')]).toEqual(['alice1', 'bob2']);
  });

  it('lets several askers share one call', async () => {
    const { ask, calls } = counting();
    expect(await Promise.all([ask('a'), ask('a'), ask('a')])).toEqual(['a1', 'a1', 'a1']);
    expect(calls).toHaveLength(1);
  });

  it('does not remember a failure', async () => {
    const { ask, fail } = counting();
    fail(true);
    await expect(ask('a')).rejects.toThrow('Azure did not answer');
    fail(false);
    expect(await ask('a')).toBe('a2');
  });
});
