import {
  approversSoFar,
  mirrorTroubles,
  readSoFar,
  type MirrorReading,
} from '../../../src/core/mirror/mirror-health.ts';
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

describe('how far those who could approve are known', () => {
  const later = new Date(oldest.getTime() + 13 * 60 * 60_000);
  const ofApprovers = all(7).filter(({ part }) => part.startsWith('approver-'));

  it('is said of groups, and apart from what lists need', () => {
    expect(approversSoFar([], 0)).toBe('Nothing yet');
    expect(approversSoFar(ofApprovers, 0)).toBe('In 1 group');
    expect(approversSoFar(ofApprovers, 1)).toBe('In 1 group; Microsoft Graph does not tell who is in 1 of them');
    expect(approversSoFar(ofApprovers.slice(0, 1), 0)).toBe('No group has a role for it');
    expect(readSoFar(ofApprovers, 7)).toBe('Nothing yet');
    expect(
      readSoFar(
        all(7).filter((each) => !ofApprovers.some(({ part }) => part === each.part)),
        7,
      ),
    ).toBe('Complete');
  });

  it('makes no list slow where it is too old', () => {
    expect(mirrorTroubles(ofApprovers, oldest)).toEqual([]);
    expect(mirrorTroubles(ofApprovers, later)).toEqual([
      'Nobody is warned of too few approvers, because Azure or Microsoft Graph could not be read for that lately.',
    ]);
    expect(mirrorTroubles(all(7), later)).toHaveLength(2);
  });
});
