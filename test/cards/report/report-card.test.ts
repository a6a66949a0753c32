import { durationWords } from '../../../src/cards/report/duration-words.ts';
import { reportCard } from '../../../src/cards/report/report-card.ts';
import { sampleData } from '../sample-data.ts';

const minute = 60_000;
const { reportView } = sampleData({ text: (plain) => plain, rows: 12, idPadding: '' });

type Cell = {
  readonly items: { readonly inlines: { readonly text: string }[]; readonly horizontalAlignment?: string }[];
};
type Table = { readonly type: string; readonly rows: { readonly cells: Cell[] }[]; readonly fallback: unknown };

const tablesIn = (value: unknown): Table[] => {
  if (typeof value !== 'object' || value === null) return [];
  return (value as Table).type === 'Table' ? [value as Table] : Object.values(value).flatMap(tablesIn);
};

const textOf = ({ items }: Cell): string =>
  items.map(({ inlines }) => inlines.map(({ text }) => text).join('')).join(' / ');

type Element = { readonly type?: string; readonly fallback?: unknown };

/** The chart of a card, wherever it stands. */
const chartIn = (value: unknown): Element | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const element: Element = value;
  return element.type === 'Chart.HorizontalBar' ? element : Object.values(value).map(chartIn).find(Boolean);
};

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

  it.each(['asker', 'channel', 'week'] as const)(
    'begins for the %s with three numbers and the chart, and prints none of them twice',
    (audience) => {
      const exemptions = { inForce: 911, expiring: 122, neverExpires: 233, expired: 344, orphaned: 455, outside: 566 };
      const decisions = { ...reportView.numbers.decisions, sent: 677 };
      const card = drawn(audience, { exemptions, decisions, open: 788, overdue: 99 });
      const chart = card.indexOf('Chart.HorizontalBar');
      const fallback = JSON.stringify(chartIn(JSON.parse(card))?.fallback);
      const places = ['"911"', '"122"', '"788"'].map((each) => card.indexOf(each));
      expect(places.every((at) => at > 0 && at < chart)).toBe(true);
      for (const each of ['233', '344', '455', '566']) {
        expect(card.indexOf(each)).toBeGreaterThan(chart);
        // Where Teams draws no chart, the same stands there as text.
        expect(fallback).toContain(`"${each}"`);
      }
      const printed = card.replace(fallback, '');
      for (const each of ['911', '122', '788', '233', '344', '455', '566', '677'])
        expect({ each, times: printed.split(each).length - 1 }).toEqual({ each, times: 1 });
      expect(card.indexOf('677')).toBeGreaterThan(chart);
    },
  );

  it('keeps the numbers by severity and by subscription folded', () => {
    const [before, folded] = drawn('week').split('"id":"groups"');
    expect(before).toContain('Action.ToggleVisibility');
    expect(before).not.toContain('By severity"');
    expect(folded).toContain('By subscription');
  });

  it('sets them as tables with right-aligned numbers, and as texts where Teams draws none', () => {
    const group = { ...{ exemptions: 1200, expiring: 3, neverExpires: 4, orphaned: 0, outside: 1, open: 2 } };
    const none = { exemptions: 1, expiring: 0, neverExpires: 0, orphaned: 0, outside: 0, open: 0 };
    const bySubscription = [
      { label: 'shop-prod', ...group },
      { label: 'shop-test', ...none },
    ];
    const [bySeverity, table] = tablesIn(JSON.parse(drawn('channel', { bySubscription })));
    expect(bySeverity?.rows[0]?.cells.map(textOf)).toEqual(['By severity', 'Exemptions', 'Ending soon', 'Waiting']);
    expect(table?.rows.map(({ cells }) => cells.map(textOf))).toEqual([
      ['By subscription', 'Exemptions', 'Ending soon', 'Waiting'],
      ['shop-prod / 4 without expiry · 1 created outside', '1,200', '3', '2'],
      ['shop-test', '1', '0', '0'],
    ]);
    const numbers = table?.rows.flatMap(({ cells }) => cells.slice(1)).flatMap(({ items }) => items);
    expect(numbers?.filter(({ horizontalAlignment }) => horizontalAlignment !== 'right')).toEqual([]);
    const texts = JSON.stringify(table?.fallback);
    expect(texts).toContain('1,200 exemptions · 3 ending soon · 4 without expiry · 1 created outside · 2 waiting');
    expect(texts).toContain('"1 exemption"');
  });

  it('says so where nothing stands out', () => {
    const plain = { inForce: 3, expiring: 1, neverExpires: 0, expired: 0, orphaned: 0, outside: 0 };
    const card = drawn('asker', { exemptions: plain });
    expect(card).not.toContain('Chart.HorizontalBar');
    expect(card).toContain('None of them lacks an end, is expired or orphaned, or was created outside Exemption Desk.');
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
