import { firstLasted, renewalOf, type Renewal } from '../../../src/core/request/renewal.ts';

const timeZone = 'Europe/Berlin';
const day = (text: string) => new Date(`${text}T22:59:59Z`);
const replaced = (expiresAt: Date | undefined, renewal?: Renewal): Parameters<typeof renewalOf>[0] => ({
  reference: 'EX-2',
  createdAt: new Date('2026-11-01T09:00:00Z'),
  terms: { expiresAt },
  renewal,
});

describe('a renewal', () => {
  it.each([
    ['a later end', day('2026-12-01'), day('2026-12-31'), 1],
    ['the same end', day('2026-12-01'), day('2026-12-01'), 0],
    ['an earlier end', day('2026-12-01'), day('2026-11-20'), 0],
    ['no end any more', day('2026-12-01'), undefined, 1],
    ['still no end', undefined, undefined, 0],
    ['an end at last', undefined, day('2026-12-01'), 0],
  ])('counts with %s', (_what, before, after, number) => {
    expect(renewalOf(replaced(before), after, timeZone).number).toBe(number);
  });

  it('counts on from the one before it, and remembers how long the first was to last', () => {
    const second = replaced(day('2027-06-30'), { of: 'EX-1', number: 1, firstLasted: 14 });
    expect(renewalOf(second, day('2027-07-31'), timeZone)).toEqual({ of: 'EX-2', number: 2, firstLasted: 14 });
  });

  it('counts the first from the day it was asked for', () => {
    expect(firstLasted(replaced(day('2026-12-01')), timeZone)).toBe(30);
    expect(firstLasted(replaced(undefined), timeZone)).toBe('for ever');
  });
});
