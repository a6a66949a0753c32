import fc from 'fast-check';
import { mostCounted, readPage, takePage, usualPageSize as size } from '../../src/core/list-page.ts';

const rowsOf = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const counted = (rows: readonly number[]) => ({
  count: async (most: number) => Math.min(rows.length, most),
  read: async (skip: number, most: number) => rows.slice(skip, skip + most),
});

async function* each(rows: readonly number[], taken: number[] = []): AsyncGenerator<number> {
  for (const row of rows) {
    taken.push(row);
    yield row;
  }
}

const most = mostCounted;

describe('a page of a list', () => {
  it.each([
    { rows: 0, wanted: 1, number: 1, shown: [], found: 0, isOpen: false },
    { rows: 10, wanted: 1, number: 1, shown: rowsOf(10), found: 10, isOpen: false },
    { rows: 12, wanted: 2, number: 2, shown: [10, 11], found: 12, isOpen: false },
    { rows: 12, wanted: 9, number: 2, shown: [10, 11], found: 12, isOpen: false },
    { rows: 12, wanted: 0, number: 1, shown: rowsOf(10), found: 12, isOpen: false },
    { rows: most, wanted: 1, number: 1, shown: rowsOf(10), found: most, isOpen: false },
    { rows: most + 9, wanted: 1, number: 1, shown: rowsOf(10), found: most + 1, isOpen: true },
    {
      rows: most + 15,
      wanted: most / 10 + 1,
      number: most / 10 + 1,
      shown: rowsOf(10).map((row) => most + row),
      found: most + 11,
      isOpen: true,
    },
  ])('of $rows rows, page $wanted', async ({ rows, wanted, number, shown, found, isOpen }) => {
    expect(await readPage(counted(rowsOf(rows)), wanted)).toEqual({ rows: shown, number, size, found, isOpen });
  });

  it('shows the same whether the list counts itself or is looked through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(80), fc.integer({ min: -1, max: 12 }), async (count, wanted) => {
        const [read, taken] = [
          await readPage(counted(rowsOf(count)), wanted),
          await takePage(each(rowsOf(count)), wanted),
        ];
        expect([taken.rows, taken.number]).toEqual([read.rows, read.number]);
        expect(taken.isOpen).toBe(count > Math.max(1, wanted) * size);
        expect(taken.found).toBe(Math.min(count, Math.max(1, wanted) * size + 1));
      }),
    );
  });

  it('is looked for no further than to the first row of the next one', async () => {
    const taken: number[] = [];
    await takePage(each(rowsOf(500), taken), 2);
    expect(taken).toHaveLength(21);
  });
});
