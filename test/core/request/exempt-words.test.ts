import type { DayContext } from '../../../src/core/typed/read-day.ts';
import { exemptLine, formFromWords, readExemptWords } from '../../../src/core/request/exempt-words.ts';

const context: DayContext = { today: '2026-11-21', tense: 'future' };

describe('reading what somebody wants to exempt', () => {
  it('takes a whole sentence apart', () => {
    expect(
      readExemptWords(
        'vm-12 from Disk encryption should be on for 30 days as waiver because CHG-123, for the move',
        context,
      ),
    ).toEqual({
      resources: ['vm-12'],
      recommendation: 'Disk encryption should be on',
      days: 30,
      lastDay: '2026-12-21',
      category: 'Waiver',
      justification: 'CHG-123, for the move',
    });
  });

  it('takes the clauses in any order, and leaves a "for" without days in the title', () => {
    expect(
      readExemptWords(
        'vm-1 and vm-2 from Azure Backup should be enabled for virtual machines as Mitigated for 7d',
        context,
      ),
    ).toMatchObject({
      resources: ['vm-1', 'vm-2'],
      recommendation: 'Azure Backup should be enabled for virtual machines',
      days: 7,
      category: 'Mitigated',
      justification: '',
    });
  });

  it('knows a sentence that does not say what from what', () => {
    expect(readExemptWords('vm-12', context)).toBeUndefined();
    expect(readExemptWords('from ', context)).toBeUndefined();
  });

  it('reads a sentence that leaves the resources to the form, and says it again', () => {
    const words = readExemptWords('from disk encryption for 7 days', context)!;
    expect(words).toMatchObject({ resources: [], recommendation: 'disk encryption', days: 7 });
    expect(exemptLine(words)).toBe('exempt from disk encryption for 7 days');
  });

  it('makes a date of days that are no choice of the form', () => {
    const words = {
      resources: [],
      recommendation: '',
      days: 10,
      lastDay: '2026-12-01',
      category: undefined,
      justification: 'why',
    };

    expect(formFromWords(words)).toEqual({
      justification: 'why',
      expiry: 'date',
      expiryDate: '2026-12-01',
    });
    expect(formFromWords({ ...words, days: 30 })).toMatchObject({ expiry: '30' });
  });
});

const nothingSaid = {
  resources: [],
  recommendation: '',
  lastDay: undefined,
  days: undefined,
  category: undefined,
  justification: '',
};

describe('how long the exemption shall last', () => {
  const read = (words: string) => readExemptWords(`vm-1 from Disks should be encrypted ${words}`, context);

  it.each([
    ['until 31 Dec', '2026-12-31'],
    ['until end of March as waiver', '2027-03-31'],
    ['for 2 weeks', '2026-12-05'],
    ['as mitigated for a year because it is so', '2027-11-21'],
    ['until 31.12.2026 because of the move until March', '2026-12-31'],
  ])('is read from “%s”', (words, lastDay) => {
    expect(read(words)).toMatchObject({ lastDay, recommendation: 'Disks should be encrypted' });
    expect(formFromWords({ ...nothingSaid, ...read(words) })).toMatchObject({
      expiry: 'date',
      expiryDate: lastDay,
    });
  });

  it.each([
    ['until 01/02/2027', '1 Feb 2027 or 2 Jan 2027'],
    ['until the audit', 'no date that Exemption Desk can read'],
    ['for 3 sprints', 'no length that Exemption Desk can read'],
    ['for 1 week and 2 days', 'is not one day or one length'],
  ])('is a question for “%s”', (words, question) => {
    expect(() => read(words)).toThrow(question);
  });

  it('stays in a title that is in quotes, as do “and”, “from” and “because”', () => {
    expect(
      readExemptWords(
        '"vm 1", vm-2 and “build and test” from "Keep logs from apps for 90 days because" for 1 day',
        context,
      ),
    ).toMatchObject({
      resources: ['vm 1', 'vm-2', 'build and test'],
      recommendation: 'Keep logs from apps for 90 days because',
      lastDay: '2026-11-22',
      justification: '',
    });
  });
});
