import { readSoFar, type MirrorReading } from '../../../src/core/mirror/mirror-health.ts';
import { mirrorParts } from '../../../src/core/mirror/mirror-lives.ts';

const oldest = new Date('2026-12-01T08:00:00Z');
const all = (denied: number, assessed = denied): MirrorReading[] =>
  mirrorParts.map((part) => ({
    part,
    slices: part === 'deny-assignments' ? denied : part === 'resources' ? assessed : 1,
    oldest,
  }));

describe('how far the reading for lists has come', () => {
  it.each<[string, readonly MirrorReading[], number | undefined]>([
    ['Nothing yet', [], 300],
    ['All, deny assignments of 120 of 300 subscriptions', all(120, 300), 300],
    ['All, assessed resources of 40 of 300 subscriptions', all(300, 40), 300],
    ['Complete', all(300), 300],
    ['Complete', all(120), undefined],
    ['All but secure scores', all(7).filter(({ part }) => part !== 'secure-scores'), 7],
  ])('is “%s”', (words, readings, subscriptions) => {
    expect(readSoFar(readings, subscriptions)).toBe(words);
  });
});
