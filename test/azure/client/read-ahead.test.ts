import { readAhead } from '../../../src/azure/client/read-ahead.ts';

type From = { readonly token: number } | { readonly skip: number } | Record<string, never>;

/** Rows of this moment, two to a page, and what was asked for. */
const source = (rowsNow: () => readonly number[], refused: (from: From) => boolean = () => false) => {
  const asked: From[] = [];
  const ask = async (from: From) => {
    asked.push(from);
    if (refused(from)) throw new Error('Azure did not answer.');
    const start = 'skip' in from ? from.skip : 'token' in from ? from.token : 0;
    const rows = rowsNow();
    const next = start + 2 < rows.length ? { token: start + 2 } : undefined;
    return { data: rows.slice(start, start + 2), totalRecords: rows.length, next };
  };
  return { ask, asked };
};

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const allOf = async (ask: ReturnType<typeof source>['ask']): Promise<unknown[]> => {
  const found: unknown[] = [];
  for await (const { data } of readAhead<{ readonly token: number }>(ask)) found.push(...data);
  return found;
};

describe('reading pages ahead', () => {
  it.each([0, 1, 2, 3, 4, 9, 20])('hands out %d rows in their order, each once', async (count) => {
    const { ask, asked } = source(() => upTo(count));
    expect(await allOf(ask)).toEqual(upTo(count));
    expect(asked).toHaveLength(Math.max(1, Math.ceil(count / 2)));
  });

  it('asks for three pages while one is taken in, and no more', async () => {
    const { ask, asked } = source(() => upTo(40));
    const pages = readAhead<{ readonly token: number }>(ask);
    await pages.next();
    expect(asked).toHaveLength(1);
    await pages.next();
    expect(asked).toHaveLength(4);
    await pages.next();
    expect(asked).toHaveLength(5);
  });

  it.each([
    ['came', [...upTo(9), 9, 10]],
    ['went', upTo(7)],
  ])('goes on one after another where rows %s', async (_what, later) => {
    let rows = upTo(9);
    const { ask } = source(() => rows);
    const found: unknown[] = [];
    for await (const { data } of readAhead<{ readonly token: number }>(ask)) {
      found.push(...data);
      rows = later;
    }
    expect(found).toEqual(later);
  });

  it('asks again for a page that was not answered, and fails only if that fails', async () => {
    const once = source(
      () => upTo(9),
      (from) => 'skip' in from && from.skip === 4,
    );
    expect(await allOf(once.ask)).toEqual(upTo(9));
    const never = source(
      () => upTo(9),
      (from) => ('skip' in from && from.skip === 4) || ('token' in from && from.token === 4),
    );
    await expect(allOf(never.ask)).rejects.toThrow('did not answer');
  });
});
