import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import type { PipelineRequest } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { createResourceGraph } from '../../../src/azure/client/resource-graph.ts';
import { cannedHttpClient, credential, sentBy, type CannedAnswer } from '../canned-http-client.ts';

const row = z.object({ id: z.string() });

const graphOver = (
  answers: readonly CannedAnswer[],
  pause: (milliseconds: number) => Promise<void> = async () => undefined,
) => {
  const { client: httpClient, requests } = cannedHttpClient(() => answers[requests.length - 1] ?? { status: 500 });
  const client = new ResourceGraphClient(credential, { httpClient, retryOptions: { maxRetries: 0 } });
  return { ask: createResourceGraph(client, pause, () => 0), requests };
};

const page = (ids: readonly string[], more: Record<string, unknown> = {}, headers: Record<string, string> = {}) => ({
  status: 200,
  headers,
  body: {
    totalRecords: 2,
    count: ids.length,
    resultTruncated: 'false',
    facets: [],
    data: ids.map((id) => ({ id })),
    ...more,
  },
});

const usedUp = { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:00:04' };

describe('a question to Resource Graph', () => {
  it('collects all pages of the same query', async () => {
    const { ask, requests } = graphOver([page(['a'], { $skipToken: 'more' }), page(['b'])]);
    const query = { query: 'policyresources', subscriptions: ['s'] };
    const found = await ask(row, { ...query, authorizationScopeFilter: 'AtScopeAboveAndBelow' });
    expect(found).toEqual([{ id: 'a' }, { id: 'b' }]);
    const options = { $top: 1000, authorizationScopeFilter: 'AtScopeAboveAndBelow' };
    expect(requests.map(sentBy)).toMatchObject([
      { ...query, options },
      { ...query, options: { ...options, $skipToken: 'more' } },
    ]);
  });

  it('does not pass off a part as the whole', async () => {
    const { ask } = graphOver([page(['a'], { resultTruncated: 'true' })]);
    await expect(ask(row, { query: 'q' })).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('does not answer with the first page when the second fails', async () => {
    const { ask } = graphOver([page(['a'], { $skipToken: 'more' }), { status: 503 }]);
    await expect(ask(row, { query: 'q' })).rejects.toMatchObject({ code: 'unavailable' });
  });

  const tooLarge = {
    status: 400,
    body: {
      error: {
        code: 'BadRequest',
        message: 'Please provide below info when asking for support: timestamp and correlationId.',
        details: [
          {
            code: 'ResponsePayloadTooLarge',
            message: 'Response payload size is 17000000, and has exceeded the limit of 16777216.',
          },
        ],
      },
    },
  };
  const pageSizes = (requests: readonly PipelineRequest[]): unknown[] =>
    requests.map((request) => (sentBy(request).options as { $top: number }).$top);

  it('asks for half as many rows where a page is too large, and goes on with that', async () => {
    const more = { $skipToken: 'more' };
    const { ask, requests } = graphOver([tooLarge, page(['a'], more), tooLarge, page(['b'], more), page(['c'])]);
    expect(await ask(row, { query: 'q' })).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
    expect(pageSizes(requests)).toEqual([1000, 500, 500, 250, 250]);
  });

  it('ends where a single row is too large', async () => {
    const { ask, requests } = graphOver(Array.from({ length: 20 }, () => tooLarge));
    await expect(ask(row, { query: 'q' })).rejects.toThrow('ResponsePayloadTooLarge');
    expect(pageSizes(requests).at(-1)).toBe(1);
  });

  it('refuses a row of another shape', async () => {
    const { ask } = graphOver([{ status: 200, body: { ...page([]).body, data: [{ name: 'x' }] } }]);
    await expect(ask(row, { query: 'q' })).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('waits for the quota before it asks again', async () => {
    const waits: number[] = [];
    let elapse = (): void => undefined;
    const { ask, requests } = graphOver([page(['a'], {}, usedUp), page(['b'])], async (milliseconds) => {
      waits.push(milliseconds);
      await new Promise<void>((resolve) => (elapse = resolve));
    });
    await ask(row, { query: 'first' });
    const second = ask(row, { query: 'second' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(requests).toHaveLength(1);
    elapse();
    expect(await second).toEqual([{ id: 'b' }]);
    expect(waits).toEqual([4100]);
  });

  it('gives up at once when the quota comes back too late, and recovers afterwards', async () => {
    let elapse = (): void => undefined;
    const late = { ...usedUp, 'x-ms-user-quota-resets-after': '00:01:00' };
    const { ask } = graphOver(
      [page(['a'], {}, late), page(['b'])],
      () => new Promise<void>((resolve) => (elapse = resolve)),
    );
    await ask(row, { query: 'first' });
    await expect(ask(row, { query: 'second' })).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Azure asked Exemption Desk to slow down; nothing was changed. Please try again in a minute.',
    });
    elapse();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await ask(row, { query: 'third' })).toEqual([{ id: 'b' }]);
  });
});

describe('an answer of several pages, asked for again', () => {
  const ids = (from: number, count: number) => Array.from({ length: count }, (_, index) => `id-${from + index}`);
  /** Answers from the rows of this moment, two to a page; a call waits until all that were made at once have arrived. */
  const graphOf = (rowsNow: () => readonly string[]) => {
    const waves: number[] = [];
    let wave = 0;
    const { client: httpClient, requests } = cannedHttpClient((request) => {
      const { $skip = 0, $skipToken } = sentBy(request).options as { $skip?: number; $skipToken?: string };
      const [from, rows] = [Number($skipToken ?? $skip), rowsNow()];
      const more = from + 2 < rows.length ? { $skipToken: String(from + 2) } : {};
      return page(rows.slice(from, from + 2), { totalRecords: rows.length, ...more });
    });
    const gathering = {
      sendRequest: async (request: PipelineRequest) => {
        wave += 1;
        await new Promise((resolve) => setImmediate(resolve));
        if (wave > 0) waves.push(wave);
        wave = 0;
        return httpClient.sendRequest(request);
      },
    };
    const client = new ResourceGraphClient(credential, { httpClient: gathering, retryOptions: { maxRetries: 0 } });
    return { ask: createResourceGraph(client, async () => undefined), requests, waves };
  };
  const found = async (ask: ReturnType<typeof createResourceGraph>) =>
    (await ask(row, { query: 'q' })).map(({ id }) => id);

  it('is asked for all at once, as many pages as it had', async () => {
    const { ask, waves } = graphOf(() => ids(0, 5));
    expect(await found(ask)).toEqual(ids(0, 5));
    expect(waves).toEqual([1, 1, 1]);
    expect(await found(ask)).toEqual(ids(0, 5));
    expect(waves).toEqual([1, 1, 1, 3]);
  });

  it('is known from a reading page by page as well, and for the same question only', async () => {
    const { ask, waves } = graphOf(() => ids(0, 4));
    for await (const rows of ask.pages(row, { query: 'q' })) expect(rows).toHaveLength(2);
    await found(ask);
    expect(waves).toEqual([1, 1, 2]);
    await ask(row, { query: 'q', subscriptions: ['s'] });
    expect(waves).toEqual([1, 1, 2, 1, 1]);
  });

  it.each([
    ['longer', 3, 8],
    ['shorter', 8, 3],
    ['a single page', 5, 1],
  ])('is whole where it has become %s', async (_what, before, after) => {
    let rows = ids(0, before);
    const { ask } = graphOf(() => rows);
    await found(ask);
    rows = ids(100, after);
    expect(await found(ask)).toEqual(rows);
    expect(await found(ask)).toEqual(rows);
  });

  it('is read one page after another where rows came while the pages were read', async () => {
    let asked = 0;
    const before = ids(0, 6);
    // The fourth call is the first of those that are made at once: the others see one row more.
    const { ask, requests } = graphOf(() => ((asked += 1) > 4 ? ['id-new', ...before] : before));
    await found(ask);
    expect(await found(ask)).toEqual(['id-0', 'id-1', 'id-1', 'id-2', 'id-3', 'id-4', 'id-5']);
    const later = requests.slice(3).map((request) => sentBy(request).options as { $skipToken?: string });
    expect(later.map(({ $skipToken }) => $skipToken)).toEqual([undefined, undefined, undefined, '2', '4', '6']);
  });

  it('is not waited for page by page where one of those asked for at once fails', async () => {
    let asked = 0;
    const { client: httpClient } = cannedHttpClient((request) => {
      asked += 1;
      const { $skip = 0, $skipToken } = sentBy(request).options as { $skip?: number; $skipToken?: string };
      if ($skip > 0) return { status: 503 };
      return $skipToken === undefined ? page(['a'], { $skipToken: 'more' }) : asked > 2 ? { status: 503 } : page(['b']);
    });
    const client = new ResourceGraphClient(credential, { httpClient, retryOptions: { maxRetries: 0 } });
    const ask = createResourceGraph(client, async () => undefined);
    expect(await found(ask)).toEqual(['a', 'b']);
    await expect(found(ask)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a long answer, page by page', () => {
  const all = async (pages: AsyncIterable<{ id: string }[]>): Promise<string[][]> => {
    const found: string[][] = [];
    for await (const rows of pages) found.push(rows.map(({ id }) => id));
    return found;
  };

  it('comes in smaller pages where its rows are long', async () => {
    const { ask, requests } = graphOver([page(['a'], { $skipToken: 'more' }), page(['b'])]);
    expect(await all(ask.pages(row, { query: 'q', pageSize: 250 }))).toEqual([['a'], ['b']]);

    expect(requests.map(sentBy)).toMatchObject([{ options: { $top: 250 } }, { options: { $top: 250 } }]);
  });

  it('comes as it is asked for, never before', async () => {
    const { ask, requests } = graphOver([page(['a', 'b'], { $skipToken: 'more' }), page(['c'])]);
    const pages = ask.pages(row, { query: 'policyresources' })[Symbol.asyncIterator]();
    expect((await pages.next()).value).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(requests).toHaveLength(1);
    expect((await pages.next()).value).toEqual([{ id: 'c' }]);
    expect((await pages.next()).done).toBe(true);
  });

  it('leaves some of the quota to people', async () => {
    const waits: number[] = [];
    const left = (questions: number) => ({
      'x-ms-user-quota-remaining': String(questions),
      'x-ms-user-quota-resets-after': '00:00:03',
    });
    const more = { $skipToken: 'more' };
    const answers = [page(['a'], more, left(6)), page(['b'], more, left(5)), page(['c'], {}, left(14))];
    const { ask } = graphOver(answers, async (milliseconds) => void waits.push(milliseconds));
    expect(await all(ask.pages(row, { query: 'q' }))).toEqual([['a'], ['b'], ['c']]);
    expect(waits).toEqual([3100]);
  });

  it.each<[string, CannedAnswer]>([
    ['fails', { status: 503 }],
    ['is cut off', page(['b'], { resultTruncated: 'true' })],
    ['has a row of another shape', { status: 200, body: { ...page([]).body, data: [{ name: 'x' }] } }],
  ])('ends with an error where a later page %s', async (_how, later) => {
    const { ask } = graphOver([page(['a'], { $skipToken: 'more' }), later]);
    await expect(all(ask.pages(row, { query: 'q' }))).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a part of a long answer', () => {
  it('is asked for by its place, with the number of all rows', async () => {
    const { ask, requests } = graphOver([page(['c', 'd'], { totalRecords: 2900, $skipToken: 'more' })]);
    const found = await ask.part(row, { query: 'q' }, { skip: 100, most: 2 });
    expect(found).toEqual({ rows: [{ id: 'c' }, { id: 'd' }], found: 2900 });
    expect(requests.map(sentBy)).toMatchObject([{ options: { $top: 2, $skip: 100 } }]);
  });

  it('is whole even if Azure returns less than was asked for', async () => {
    const { ask, requests } = graphOver([page(['a'], { $skipToken: 'more' }), page(['b', 'c'])]);
    expect((await ask.part(row, { query: 'q' }, { skip: 0, most: 2 })).rows).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(requests.map(sentBy)).toMatchObject([{ options: { $top: 2 } }, { options: { $skipToken: 'more' } }]);
  });
});
