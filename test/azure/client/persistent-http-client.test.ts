import { createPipelineRequest } from '@azure/core-rest-pipeline';
import { persistentHttpClient } from '../../../src/azure/client/persistent-http-client.ts';
import { withTimeLimit } from '../../../src/azure/client/time-limit.ts';
import { cannedHttpClient, type Canned } from '../canned-http-client.ts';

const good: Canned = { status: 200, body: {} };

type Trouble = {
  readonly limitInMs?: number;
  readonly tryInMs?: number;
  readonly method?: 'GET' | 'PUT';
  readonly random?: number;
};

/** Sends one request to a service that gives these answers in turn, the last one for ever; time passes only as a record of waits. */
const persist = async (
  answers: readonly Canned[],
  { limitInMs = 60_000, tryInMs = 5_000, method = 'GET', random = 0.5 }: Trouble = {},
) => {
  const waits: number[] = [];
  const { client, requests } = cannedHttpClient(() => answers[Math.min(requests.length, answers.length) - 1] ?? good);
  const persistent = persistentHttpClient(client, {
    tries: 3,
    tryInMs,
    random: () => random,
    pause: async (milliseconds) => void waits.push(milliseconds),
  });
  const outcome = await withTimeLimit(limitInMs, async (abortSignal) => {
    const request = createPipelineRequest({ url: 'https://management.azure.com/x', method, abortSignal });
    const response = await persistent.sendRequest(request);
    return response.request === request ? response.status : 'another request';
  }).catch((error: unknown) => error);
  return { outcome, waits, tries: requests.length };
};

const throttled = (headers: Record<string, string> = {}): Canned => ({ status: 429, headers });

describe('a call that Azure does not answer at once', () => {
  it.each([
    ['throttling', throttled()],
    ['a fault of the service', { status: 500 }],
    ['an overload', { status: 503 }],
    ['a page of a gateway', { status: 502, body: '<html></html>' }],
    ['a reset connection', 'reset'],
  ] as const)('is made again after %s, later and later', async (_story, trouble) => {
    expect(await persist([trouble, trouble, good])).toEqual({ outcome: 200, waits: [400, 800], tries: 3 });
  });

  it('is made again after a try that hangs', async () => {
    expect(await persist(['silence', good], { tryInMs: 20 })).toMatchObject({ outcome: 200, tries: 2 });
  });

  it('waits as long as Azure asks, in seconds or until a date', async () => {
    const until = { date: 'Mon, 02 Mar 2026 09:00:00 GMT', 'retry-after': 'Mon, 02 Mar 2026 09:00:07 GMT' };
    expect((await persist([throttled({ 'retry-after': '2' }), throttled(until), good])).waits).toEqual([2000, 7000]);
  });

  it('spreads the tries of many callers', async () => {
    const waits = await Promise.all(
      [0, 1].map(async (random) => (await persist([throttled(), good], { random })).waits),
    );
    expect(waits).toEqual([[200], [600]]);
  });

  it('gives up at once when it would have to wait longer than there is time', async () => {
    const asked = throttled({ 'retry-after': '5' });
    expect(await persist([asked], { limitInMs: 2000 })).toEqual({ outcome: 429, waits: [], tries: 1 });
    expect(await persist([throttled({ 'retry-after': '3600' })])).toEqual({ outcome: 429, waits: [], tries: 1 });
  });

  it('gives up after three tries and passes on the last answer or error', async () => {
    expect(await persist([{ status: 500 }])).toMatchObject({ outcome: 500, tries: 3 });
    expect(await persist(['reset'])).toMatchObject({ outcome: { code: 'ECONNRESET' }, tries: 3 });
  });

  it('ends with its time limit, however long one try may take', async () => {
    expect(await persist(['silence'], { limitInMs: 20 })).toMatchObject({ outcome: { code: 'unavailable' }, tries: 1 });
  });

  it.each([400, 401, 403, 404, 409, 412])('takes a %d for the answer that it is', async (status) => {
    expect(await persist([{ status }, good], { method: 'PUT' })).toEqual({ outcome: status, waits: [], tries: 1 });
  });
});
