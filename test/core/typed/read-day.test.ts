import fc from 'fast-check';
import { addDays, formatDay, isDay } from '../../../src/core/calendar.ts';
import { daysFrom } from '../../../src/core/typed/day-meant.ts';
import { readDay, type DayContext } from '../../../src/core/typed/read-day.ts';

/** A Sunday. */
const future: DayContext = { today: '2026-11-29', tense: 'future' };
const past: DayContext = { today: '2026-11-29', tense: 'past' };

describe('reading a day that lies ahead', () => {
  it.each([
    ['2026-12-31', '2026-12-31'],
    ['2026/12/31', '2026-12-31'],
    ['2026-1-5', '2026-01-05'],
    ['31.12.2026', '2026-12-31'],
    ['31.12.26', '2026-12-31'],
    ['31.12.', '2026-12-31'],
    ['1.2.', '2027-02-01'],
    ['01.02.2027', '2027-02-01'],
    ['31/12/2026', '2026-12-31'],
    ['12/31/2026', '2026-12-31'],
    ['31-12-2026', '2026-12-31'],
    ['02/02/2027', '2027-02-02'],
    ['31 Dec', '2026-12-31'],
    ['31 dec 2027', '2027-12-31'],
    ['31-Dec-2026', '2026-12-31'],
    ['31. December', '2026-12-31'],
    ['the 31st of December', '2026-12-31'],
    ['Dec 31', '2026-12-31'],
    ['December 31st, 2026', '2026-12-31'],
    ['1 Nov', '2027-11-01'],
    ['29 Nov', '2026-11-29'],
    ['29 Feb', '2028-02-29'],
    ['today', '2026-11-29'],
    ['Tomorrow', '2026-11-30'],
    ['the day after tomorrow', '2026-12-01'],
    ['Friday', '2026-12-04'],
    ['on fri', '2026-12-04'],
    ['this Saturday', '2026-12-05'],
    ['end of March', '2027-03-31'],
    ['the end of March 2028', '2028-03-31'],
    ['end of march next year', '2027-03-31'],
    ['end of the month', '2026-11-30'],
    ['end of next month', '2026-12-31'],
    ['start of next month', '2026-12-01'],
    ['end of this week', '2026-11-29'],
    ['end of next week', '2026-12-06'],
    ['end of the quarter', '2026-12-31'],
    ['end of next quarter', '2027-03-31'],
    ['end of the year', '2026-12-31'],
    ['end of 2027', '2027-12-31'],
    ['2 weeks', '2026-12-13'],
    ['30d', '2026-12-29'],
    ['in 10 days', '2026-12-09'],
    ['two weeks', '2026-12-13'],
    ['1 month', '2026-12-29'],
    ['3 months', '2027-02-28'],
    ['a year', '2027-11-29'],
    ['a quarter', '2027-02-28'],
  ])('takes “%s” for %s', (text, day) => {
    expect(readDay(text, future)).toEqual({ kind: 'day', day, rest: '' });
    expect(readDay(`${text.toUpperCase()}, fine by me`, future)).toEqual({ kind: 'day', day, rest: 'fine by me' });
  });

  it.each([
    ['01/02/2027', '1 Feb 2027 or 2 Jan 2027. Write 2027-02-01 or 2027-01-02.'],
    ['1/2', '1 Feb 2027 or 2 Jan 2027'],
    ['next Friday', '4 Dec 2026 or 11 Dec 2026'],
    ['Sunday', '29 Nov 2026 or 6 Dec 2026'],
    ['March', 'Write “start of March” or “end of March”'],
    ['March 2027', '“end of March 2027”'],
    ['next month', '“end of next month”'],
    ['2027', '“end of 2027”'],
    ['31 Feb', 'There is no day “31 Feb”'],
    ['2026-02-30', 'There is no day “2026-02-30”'],
    ['12.31.2026', 'There is no day “12.31.2026”'],
    ['3 sprints', '“3 sprints” is no date'],
    ['1.5 years', 'is no date'],
    ['9999 years', 'too far away'],
  ])('asks about “%s”', (text, question) => {
    const read = readDay(text, future);
    expect(read.kind === 'unclear' ? read.question : read).toContain(question);
  });

  it.each([
    '',
    'fine by me',
    'the vendor has a patch',
    'Marchand said so',
    'decide it',
    'sunny',
    'a monthly thing',
    'and as far as I go',
    'an d',
    'a w',
    'any day',
  ])('finds none in “%s”', (text) => {
    expect(readDay(text, future)).toEqual({ kind: 'none' });
  });
});

describe('reading a day that is past', () => {
  it.each([
    ['1 Nov', '2026-11-01'],
    ['31 Dec', '2025-12-31'],
    ['yesterday', '2026-11-28'],
    ['Friday', '2026-11-27'],
    ['last Friday', '2026-11-27'],
    ['start of March', '2026-03-01'],
    ['end of last month', '2026-10-31'],
    ['2 weeks', '2026-11-15'],
  ])('takes “%s” for %s', (text, day) => {
    expect(readDay(text, past)).toEqual({ kind: 'day', day, rest: '' });
  });
});

describe('whatever somebody writes', () => {
  const day = fc.integer({ min: 0, max: 365 * 40 }).map((days) => addDays('2021-01-01', days));
  const context = fc.record({ today: day, tense: fc.constantFrom('future' as const, 'past' as const) });

  it('reads every day with its year as itself, in each way of writing it', () => {
    fc.assert(
      fc.property(day, context, (wanted, around) => {
        const [year = '', month = '', date = ''] = wanted.split('-');
        const words = formatDay(new Date(`${wanted}T00:00:00Z`), 'UTC');
        const [, name = ''] = words.split(' ');
        for (const text of [
          wanted,
          `${date}.${month}.${year}`,
          `${Number(date)}.${Number(month)}.${year}`,
          words,
          `${name} ${Number(date)}, ${year}`,
        ])
          expect(readDay(`${text} ok`, around)).toEqual({ kind: 'day', day: wanted, rest: 'ok' });
      }),
    );
  });

  it('asks about slashes exactly if both orders are days', () => {
    fc.assert(
      fc.property(day, context, (wanted, around) => {
        const [year = '', month = '', date = ''] = wanted.split('-');
        const isUnclear = date !== month && Number(date) <= 12;
        const read = readDay(`${date}/${month}/${year}`, around);
        expect(read.kind).toBe(isUnclear ? 'unclear' : 'day');
        if (read.kind === 'day') expect(read.day).toBe(wanted);
      }),
    );
  });

  it('never throws, and a day that it finds exists; without a year it lies in the direction of the tense', () => {
    const word = fc.constantFrom(
      '31',
      '29',
      'Feb',
      'Dec',
      'end',
      'of',
      'next',
      'Friday',
      '2026',
      '2',
      'weeks',
      '/',
      '.',
      'a',
      'year',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
      fc.array(word, { maxLength: 6 }).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(text, context, (typed, around) => {
        const read = readDay(typed, around);
        if (read.kind === 'day') expect(isDay(read.day)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(day, context, (some, around) => {
        const read = readDay(formatDay(new Date(`${some}T00:00:00Z`), 'UTC').slice(0, -5), around);
        if (read.kind !== 'day') throw new Error('no day');
        expect(around.tense === 'future' ? read.day >= around.today : read.day <= around.today).toBe(true);
      }),
    );
  });

  it('counts from today in the time zone of the desk', () => {
    const now = new Date('2026-11-28T23:30:00Z');
    expect(readDay('tomorrow', daysFrom(now, 'Europe/Berlin'))).toMatchObject({ day: '2026-11-30' });
    expect(readDay('tomorrow', daysFrom(now, 'America/Los_Angeles'))).toMatchObject({ day: '2026-11-29' });
  });
});
