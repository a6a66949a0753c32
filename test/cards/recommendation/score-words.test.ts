import { gainWords, percent, points, scoreSentence } from '../../../src/cards/recommendation/score-words.ts';

const effect = { subscription: '/subscriptions/s', place: 'shop-prod', control: 'Encrypt data', max: 4 };
const effects = (...ranges: readonly [number, number, number][]) => ({
  kind: 'effects' as const,
  effects: ranges.map(([now, least, most]) => ({ ...effect, now, least, most })),
});

describe('what is said of the secure score', () => {
  it('rounds the ends of a range outwards, and no other number', () => {
    expect(scoreSentence('Mitigated', effects([4 / 3, 4 / 3, 8 / 3]))).toContain(
      '“Encrypt data” in shop-prod gives 1.33 of 4 points now, 1.33 to 2.67 afterwards',
    );
    expect(scoreSentence('Waiver', effects([1.005, 2.675, 2.675]))).toContain('now, 2.68 afterwards');
    expect([points(2.2857), points(1.7143), points(4)]).toEqual(['2.29', '1.71', '4']);
  });

  it('says the rule alone where nothing more is known, and that some never count', () => {
    expect(scoreSentence('Waiver', undefined)).toMatch(/^Neutral: .*classic score/);
    expect(scoreSentence('Waiver', { kind: 'uncounted', why: 'preview' })).toContain('preview recommendation');
    expect(scoreSentence('Mitigated', { kind: 'uncounted', why: 'no-control' })).toContain('No effect');
  });

  it('stays short over many subscriptions', () => {
    const sentence = scoreSentence('Mitigated', effects([0, 0, 1], [0, 0, 1], [0, 0, 1], [0, 0, 1], [0, 0, 1]));
    expect(sentence.split('shop-prod')).toHaveLength(4);
    expect(sentence).toContain('and 2 more');
  });

  it('never calls a small gain nothing', () => {
    expect([percent(0.0213), percent(0.0004), percent(0.6)]).toEqual(['2.1%', 'under 0.1%', '60.0%']);
    expect([gainWords(0.0213), gainWords(0.0004)]).toEqual(['up to +2.1%', 'by less than 0.1%']);
  });
});
