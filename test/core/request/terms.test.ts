import fc from 'fast-check';
import { ticketFits } from '../../../src/governance/ticket-fits.ts';
import { addDays, dayIn, daysBetween } from '../../../src/core/calendar.ts';
import {
  expiryChoices,
  termsOf,
  type Form,
  type FormContext,
  type FormProblem,
} from '../../../src/core/request/terms.ts';
import { online, shopGroup, vm1, vm10 } from '../contoso.ts';

const form = (more: Partial<Form> = {}): Form => ({
  scope: 'resources',
  resources: [vm1],
  name: 'Legacy disks',
  category: 'Waiver',
  expiry: '30',
  expiryDate: '',
  justification: 'The machine is replaced in December.',
  ticket: 'INC-4711',
  ...more,
});
const limits = {
  maxDays: 90,
  neverExpires: false,
  justificationMinLength: 20,
  ticket: { required: false, patterns: [] },
};
const context = (more: Partial<FormContext> = {}): FormContext => ({
  recommendation: { key: '4fb67663', title: 'Disks should be encrypted', severity: 'high' },
  offered: { resources: [vm1, vm10], scopes: [shopGroup, online] },
  limits,
  ticketFits,
  now: new Date('2026-11-21T12:00:00Z'),
  timeZone: 'Europe/Berlin',
  ...more,
});
const problemsOf = (more: Partial<Form>, around: Partial<FormContext> = {}): readonly FormProblem[] => {
  const byCategory = more.category === 'Mitigated' ? { limits: { ...limits, maxDays: 365 } } : {};
  const result = termsOf(form(more), context({ ...byCategory, ...around }));
  return 'problems' in result ? result.problems : [];
};
const termsFrom = (more: Partial<Form> = {}, around: Partial<FormContext> = {}) => {
  const result = termsOf(form(more), context(around));
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.terms;
};

describe('a form that is right', () => {
  it('becomes the terms of a request', () => {
    expect(termsFrom({ name: '  Legacy disks ', justification: ' The machine is replaced in December. ' })).toEqual({
      recommendation: context().recommendation,
      scopes: [vm1],
      name: 'Legacy disks',
      category: 'Waiver',
      expiresAt: new Date('2026-12-21T22:59:59Z'),
      justification: 'The machine is replaced in December.',
      ticket: 'INC-4711',
    });
  });

  it('may name a wider scope instead of resources', () => {
    expect(termsFrom({ scope: shopGroup }).scopes).toEqual([shopGroup]);
    expect(termsFrom({ scope: online.toUpperCase(), resources: [] }).scopes).toEqual([online]);
  });

  it('may go without a ticket', () => {
    expect(termsFrom({ ticket: ' ' }).ticket).toBe('');
  });

  it.each([
    ['30 days are counted by the calendar of the zone', '30', '', '2026-12-21T22:59:59Z'],
    ['a chosen day holds to its last second', 'date', '2027-02-19', '2027-02-19T22:59:59Z'],
    ['tomorrow is the earliest day', 'date', '2026-11-22', '2026-11-22T22:59:59Z'],
  ])('%s', (_, expiry, expiryDate, expiresAt) => {
    expect(termsFrom({ expiry, expiryDate }).expiresAt).toEqual(new Date(expiresAt));
  });

  it.each([
    ['past the night the clocks go forward', '2026-03-20T22:30:00Z', '2026-04-19T21:59:59Z'],
    ['past the night the clocks go back', '2026-10-20T21:30:00Z', '2026-11-19T22:59:59Z'],
    ['from just after midnight in Berlin, still the day before in UTC', '2026-06-30T22:30:00Z', '2026-07-31T21:59:59Z'],
  ])('counts 30 days %s', (_, now, expiresAt) => {
    expect(termsFrom({}, { now: new Date(now) }).expiresAt).toEqual(new Date(expiresAt));
  });

  it('ends on the last second of a day the promised number of days ahead, at any hour, in any zone', () => {
    const now = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Santiago', 'Asia/Kolkata', 'Pacific/Kiritimati');
    fc.assert(
      fc.property(now, zone, fc.constantFrom(...expiryChoices), (at, timeZone, days) => {
        const expiresAt = termsFrom({ expiry: String(days) }, { now: at, timeZone }).expiresAt!;
        expect(daysBetween(at, expiresAt, timeZone)).toBe(days);
        expect(dayIn(new Date(expiresAt.getTime() + 1000), timeZone)).toBe(addDays(dayIn(at, timeZone), days + 1));
      }),
    );
  });
});

describe('an exemption without an end', () => {
  it('is possible only where the rules allow it', () => {
    expect(termsFrom({ expiry: 'never' }, { limits: { ...limits, neverExpires: true } }).expiresAt).toBeUndefined();
    expect(problemsOf({ expiry: 'never' })).toEqual([
      { field: 'expiry', sentence: expect.stringContaining('An expiry date is required here.') as string },
    ]);
  });
});

describe('a form with one wrong field', () => {
  const long = (length: number) => 'x'.repeat(length);

  it.each<[string, Partial<Form>, keyof Form, RegExp]>([
    ['no resource', { resources: [] }, 'resources', /^Choose at least one resource/],
    ['only a resource that was not offered', { resources: [`${vm1}-2`] }, 'resources', /^Choose at least one resource/],
    ['a scope that was not offered', { scope: '/' }, 'scope', /wider scope/],
    ['no scope', { scope: '' }, 'scope', /wider scope/],
    ['no name', { name: ' \n' }, 'name', /^Give the exemption a name/],
    ['a name that Azure refuses', { name: long(129) }, 'name', /129 characters; Azure accepts at most 128/],
    ['no category', { category: '' }, 'category', /^Choose Waiver .* or Mitigated/],
    ['a category of its own', { category: 'waiver' }, 'category', /^Choose Waiver/],
    ['no expiry', { expiry: '' }, 'expiry', /^Choose how long/],
    ['a number of days that is not offered', { expiry: '3650' }, 'expiry', /^Choose how long/],
    ['no date where a date was announced', { expiry: 'date' }, 'expiryDate', /^Choose how long/],
    [
      'a day that does not exist',
      { expiry: 'date', expiryDate: '2027-02-29' },
      'expiryDate',
      /^There is no day “2027-02-29”/,
    ],
    [
      'a year that lost a digit',
      { expiry: 'date', expiryDate: '0202-12-24' },
      'expiryDate',
      /^There is no day “0202-12-24”/,
    ],
    [
      'the end of all years',
      { expiry: 'date', expiryDate: '9999-12-31' },
      'expiryDate',
      /^There is no day “9999-12-31”/,
    ],
    [
      'a date in an unclear order',
      { expiry: 'date', expiryDate: '01/02/2027' },
      'expiryDate',
      /1 Feb 2027 or 2 Jan 2027/,
    ],
    [
      'a date with more after it',
      { expiry: 'date', expiryDate: '31 Dec ok' },
      'expiryDate',
      /no date that Exemption Desk can read/,
    ],
    ['today', { expiry: 'date', expiryDate: '2026-11-21' }, 'expiryDate', /after today/],
    ['yesterday', { expiry: 'date', expiryDate: '2026-11-20' }, 'expiryDate', /after today/],
    [
      'too long a waiver',
      { expiry: 'date', expiryDate: '2027-02-20' },
      'expiryDate',
      /Waiver.*90 days here, until 19 Feb 2027/,
    ],
    [
      'too long a mitigation',
      { category: 'Mitigated', expiry: 'date', expiryDate: '2027-11-22' },
      'expiryDate',
      /Mitigated.*365 days here, until 21 Nov 2027/,
    ],
    ['a justification without ink', { justification: '\u3164'.repeat(24) }, 'justification', /at least 20 characters/],
    [
      'a justification of one letter with many accents',
      { justification: `a${'\u0301'.repeat(40)}` },
      'justification',
      /at least 20 characters/,
    ],
    [
      'a justification of blanks between letters',
      { justification: `a${' '.repeat(40)}b` },
      'justification',
      /at least 20 characters/,
    ],
    ['too short a justification', { justification: `  ${long(19)}  ` }, 'justification', /at least 20 characters/],
    ['too long a justification', { justification: long(1001) }, 'justification', /1001 characters; at most 1,000/],
    ['too long a ticket', { ticket: long(65) }, 'ticket', /at most 64/],
  ])('is told about %s, and about nothing else', (_, wrong, field, sentence) => {
    const problems = problemsOf(wrong);
    expect(problems.map((each) => each.field)).toEqual([field]);
    expect(problems[0]?.sentence).toMatch(sentence);
  });

  it.each<[string, Partial<Form>]>([
    ['a name of 128 characters', { name: long(128) }],
    ['a waiver of 90 days', { expiry: '90' }],
    ['a mitigation of 365 days', { category: 'Mitigated', expiry: 'date', expiryDate: '2027-11-21' }],
    ['a justification of 20 characters', { justification: long(20) }],
    ['a justification of 1,000 characters', { justification: long(1000) }],
    ['a ticket of 64 characters', { ticket: long(64) }],
  ])('passes with %s', (_, edge) => {
    expect(problemsOf(edge)).toEqual([]);
  });

  it('is held to tighter limits where there are any', () => {
    const limits = {
      maxDays: 14,
      neverExpires: false,
      justificationMinLength: 100,
      ticket: { required: true, patterns: [{ pattern: 'CHG[0-9]{4}', example: 'CHG0001' }] },
    };
    expect(problemsOf({ expiry: '30' }, { limits }).map((each) => each.field)).toEqual([
      'expiry',
      'justification',
      'ticket',
    ]);
    expect(problemsOf({ expiry: '7', ticket: 'CHG0042' }, { limits }).map((each) => each.field)).toEqual([
      'justification',
    ]);
  });

  it('hears of every wrong field at once, in the order of the form', () => {
    const empty = { resources: [], name: '', category: '', expiry: '', justification: '', ticket: long(65) };
    expect(problemsOf(empty).map((each) => each.field)).toEqual([
      'resources',
      'name',
      'category',
      'expiry',
      'justification',
      'ticket',
    ]);
  });
});

describe('scopes that were not offered', () => {
  it('are dropped from the list of resources', () => {
    expect(termsFrom({ resources: [shopGroup, vm10.toUpperCase(), '/'] }).scopes).toEqual([vm10]);
  });

  it('are never accepted, whatever a card sends', () => {
    const ids = fc.oneof(fc.constantFrom(vm1, vm10, shopGroup, online, '/', `${vm1}0`, 'resources'), fc.string());
    const offered = fc.array(fc.constantFrom(vm1, vm10, shopGroup, online), { maxLength: 3 });
    fc.assert(
      fc.property(ids, fc.array(ids), offered, offered, (scope, resources, some, others) => {
        const result = termsOf(form({ scope, resources }), context({ offered: { resources: some, scopes: others } }));
        const wanted = scope === 'resources' ? some : others;
        if ('terms' in result) {
          expect(wanted).toEqual(expect.arrayContaining([...result.terms.scopes]));
          expect(result.terms.scopes).not.toEqual([]);
        }
      }),
    );
  });

  it('survives anything that can be typed, with terms or with a sentence for each field', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('resources', 'date', '30', 'Waiver', vm1, 'x'.repeat(30)));
    const date = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.nat(9999), fc.nat(13), fc.nat(32))
        .map(([year, month, day]) =>
          [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-'),
        ),
    );
    const anyForm = fc.record<Form>({
      scope: text,
      resources: fc.array(text),
      name: text,
      category: text,
      expiry: text,
      expiryDate: date,
      justification: text,
      ticket: text,
    });
    const zone = fc.constantFrom('Europe/Berlin', 'America/Los_Angeles', 'Asia/Tokyo');
    fc.assert(
      fc.property(anyForm, zone, (typed, timeZone) => {
        const result = termsOf(typed, context({ timeZone }));
        if ('terms' in result) return;
        const fields = result.problems.map((each) => each.field);
        expect(fields).not.toEqual([]);
        expect(new Set(fields).size).toBe(fields.length);
      }),
      { numRuns: 500 },
    );
  });
});
