import { durationWords } from '../../../src/cards/report/duration-words.ts';
import { reportCard } from '../../../src/cards/report/report-card.ts';
import { sampleData } from '../sample-data.ts';

const minute = 60_000;
const { reportView } = sampleData({ text: (plain) => plain, rows: 12, idPadding: '' });

describe('the card of a report', () => {
  const drawn = (audience: 'asker' | 'channel' | 'week', changes: Partial<typeof reportView.numbers> = {}) =>
    JSON.stringify(reportCard({ ...reportView, numbers: { ...reportView.numbers, ...changes } }, audience).content);

  it('offers the file only to whoever asked, in their own chat', () => {
    expect(drawn('asker')).toContain('Get CSV file');
    expect(drawn('channel')).not.toContain('Get CSV file');
    expect(drawn('week')).not.toContain('Get CSV file');
    expect(drawn('week')).toContain('The week in exemptions');
  });

  it('shows ten subscriptions and says how many more there are', () => {
    expect(drawn('asker')).toContain('shop-9');
    expect(drawn('asker')).not.toContain('shop-10');
    expect(drawn('asker')).toContain('and 2 more');
  });

  it('draws no chart of nothing, and tells no median of nothing', () => {
    const none = { inForce: 0, expiring: 0, neverExpires: 0, expired: 0, orphaned: 0, outside: 0 };
    const undecided = { ...reportView.numbers.decisions, approved: 0, rejected: 0, unneeded: 0, renewals: 0 };
    const card = drawn('asker', { exemptions: none, decisions: { ...undecided, medianMs: undefined } });

    expect(drawn('asker')).toContain('Chart.HorizontalBar');
    expect(card).not.toContain('Chart.HorizontalBar');
    expect(card).toContain('No decisions');
    expect(card).not.toMatch(/NaN|Infinity/);
  });

  it('has a bar for each exemption once', () => {
    const bars = /"x":"[A-Z][^"]+","y":(\d+),"color":"(?:good|warning|attention|neutral|categoricalPurple)"/g;
    const values = [...drawn('asker').matchAll(bars)].map(([, value]) => Number(value));
    expect(values).toHaveLength(5);
    const { inForce, expired, orphaned } = reportView.numbers.exemptions;

    expect(values.reduce((sum, value) => sum + value, 0)).toBe(inForce + expired + orphaned);
  });

  it.each([
    [0, '0 min'],
    [29_000, '0 min'],
    [35 * minute, '35 min'],
    [60 * minute, '1 h'],
    [200 * minute, '3 h 20 min'],
    [24 * 60 * minute, '1 day'],
    [52 * 60 * minute, '2 days 4 h'],
  ])('says %s ms as %s', (milliseconds, words) => {
    expect(durationWords(milliseconds)).toBe(words);
  });
});
