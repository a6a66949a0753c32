import fc from 'fast-check';
import { csvOf } from '../../src/core/csv.ts';

/** A reader of RFC 4180, written for this test. */
const cellsOf = (csv: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
};

describe('a CSV file', () => {
  it.each(['=HYPERLINK("https://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '  =1', '＝1'])(
    'defuses %j, which a spreadsheet would run',
    (cell) => {
      expect(cellsOf(csvOf([[cell]]))).toEqual([[`'${cell}`]]);
    },
  );

  it('quotes what needs quotes and ends each line as RFC 4180 says', () => {
    expect(csvOf([['a,b', 'say "hi"', 'two\nlines', 'plain', '']])).toBe('"a,b","say ""hi""","two\nlines",plain,\r\n');
  });

  it('gives every text back, but for the apostrophe, and never a cell that starts a formula', () => {
    const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', ',', 'a', "'") });
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 3, maxLength: 3 })), (rows) => {
        const read = cellsOf(csvOf(rows));
        expect(read.flat().filter((cell) => /^\s*[=+\-@]|^[\t\r]/.test(cell))).toEqual([]);
        expect(
          read.map((row, at) => row.map((cell, n) => (cell === `'${rows[at]?.[n] ?? ''}` ? cell.slice(1) : cell))),
        ).toEqual(rows);
      }),
    );
  });
});
