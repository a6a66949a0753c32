import { createForesight } from '../../src/core/foresight.ts';

const foresightAt = () => {
  const clock = { now: new Date('2026-03-01T12:00:00Z') };
  return { clock, foresight: createForesight(() => clock.now) };
};

describe('what was answered lately', () => {
  it('is the last answer to a question, for an hour', () => {
    const { clock, foresight } = foresightAt();
    foresight.note('a', 1);
    foresight.note('a', 2);
    expect(foresight.lately('a')?.answer).toBe(2);
    expect(foresight.lately('b')).toBeUndefined();
    clock.now = new Date('2026-03-01T13:00:01Z');
    expect(foresight.lately('a')).toBeUndefined();
  });

  it('takes no more memory in a large tenant: the oldest answers go', () => {
    const { foresight } = foresightAt();
    const rows = Array.from({ length: 9000 }, (_, index) => index);
    for (const question of ['a', 'b', 'c']) foresight.note(question, rows);
    expect(['a', 'b', 'c'].map((question) => foresight.lately(question) !== undefined)).toEqual([false, true, true]);
    foresight.note('d', Array.from({ length: 30_000 }));
    expect(['b', 'c', 'd'].filter((question) => foresight.lately(question) !== undefined)).toEqual([]);
    foresight.note('e', 1);
    expect(foresight.lately('e')?.answer).toBe(1);
  });
});
