import { formFromWords, readExemptWords } from '../../../src/core/request/exempt-words.ts';

describe('reading what somebody wants to exempt', () => {
  it('takes a whole sentence apart', () => {
    expect(
      readExemptWords('vm-12 from Disk encryption should be on for 30 days as waiver because CHG-123, for the move'),
    ).toEqual({
      resources: ['vm-12'],
      recommendation: 'Disk encryption should be on',
      days: 30,
      category: 'Waiver',
      justification: 'CHG-123, for the move',
    });
  });

  it('takes the clauses in any order, and leaves a "for" without days in the title', () => {
    expect(
      readExemptWords('vm-1 and vm-2 from Azure Backup should be enabled for virtual machines as Mitigated for 7d'),
    ).toMatchObject({
      resources: ['vm-1', 'vm-2'],
      recommendation: 'Azure Backup should be enabled for virtual machines',
      days: 7,
      category: 'Mitigated',
      justification: '',
    });
  });

  it('knows a sentence that does not say what from what', () => {
    expect(readExemptWords('vm-12')).toBeUndefined();
    expect(readExemptWords('from disk encryption')).toBeUndefined();
  });

  it('makes a date of days that are no choice of the form', () => {
    const words = { resources: [], recommendation: '', days: 10, category: undefined, justification: 'why' };

    expect(formFromWords(words, new Date('2026-11-21T12:00:00Z'), 'UTC')).toEqual({
      justification: 'why',
      expiry: 'date',
      expiryDate: '2026-12-01',
    });
    expect(formFromWords({ ...words, days: 30 }, new Date(), 'UTC')).toMatchObject({ expiry: '30' });
  });
});
