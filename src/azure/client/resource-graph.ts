import type { ResourceGraphClient } from '@azure/arm-resourcegraph';
import { isRestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { inPieces } from '../../core/in-turn.ts';
import { createAnswerLengths, joined } from './answer-lengths.ts';
import { createGraphBudget } from './graph-budget.ts';
import { failureOf, notUnderstood, refusedBy, understood } from './failure.ts';
import { readAhead } from './read-ahead.ts';
import { timeLeft, withTimeLimit } from './time-limit.ts';

const largestPage = 1000;
const budgetInMs = 20_000;

export type GraphQuery = {
  readonly query: string;
  /** Subscription GUIDs. Without these and without management groups: everything that Exemption Desk can see. */
  readonly subscriptions?: readonly string[];
  /** Names of management groups. */
  readonly managementGroups?: readonly string[];
  /** For policyresources and authorizationresources; by default Azure leaves out what is inherited from above. */
  readonly authorizationScopeFilter?: 'AtScopeAboveAndBelow';
  /** The rows of a page, of at most 1,000, where each is so long that a page of those would take this process too long at once. Only for `pages`. */
  readonly pageSize?: number;
};

/**
 * Queries Azure Resource Graph and returns the rows of all pages in the shape of `row`, or throws; never a part of them. Throws
 * GovernanceError unavailable without an answer, and an ordinary Error for a refused query, because no person can correct it. Waits for the
 * quota if the whole answer can still arrive within 20 s. An answer that is too large for Resource Graph is asked for in smaller pages. An answer that had
 * several pages the last time is asked for with all of them at once.
 */
export type ResourceGraph = (<Row>(row: z.ZodType<Row>, query: GraphQuery) => Promise<Row[]>) & {
  /**
   * The same page by page in their order, so that the whole never has to fit in memory; a few are asked for ahead. The limit of 20 s applies to
   * each page, and some of the quota is left for people. After an error the caller must discard the earlier pages.
   */
  readonly pages: <Row>(row: z.ZodType<Row>, query: GraphQuery) => AsyncIterable<Row[]>;
  /** Some rows of a long answer, which the query must order by what is unique, and how many the whole has; the limits as for the whole answer. */
  readonly part: <Row>(row: z.ZodType<Row>, query: GraphQuery, rows: Rows) => Promise<Part<Row>>;
};

type Page = { readonly data: readonly unknown[]; readonly totalRecords: number; readonly next: From | undefined };

/** Which rows: at most so many (up to 1,000) after those that are skipped. */
type Rows = { readonly skip: number; readonly most: number };
type Part<Row> = { readonly rows: Row[]; readonly found: number };

type Seen = { readonly status: number; readonly headers: Headers };
type Headers = { get: (name: string) => string | undefined };

const answer = z.object({
  data: z.array(z.unknown()),
  totalRecords: z.number(),
  resultTruncated: z.string().optional(),
  skipToken: z.string().optional(),
});

const slowDown = () =>
  refusedBy({ status: 429, code: 'RateLimiting', message: 'The quota is used up', correlationId: undefined });

/** A refused query is a defect, not the person's mistake: they get a reference number, and the log gets the answer of Resource Graph. */
const faultOrFailure = (error: unknown, seen: Seen | undefined): Error => {
  const failure = failureOf(error, seen);
  if (failure.code !== 'invalid') return failure;
  const details = isRestError(error) ? JSON.stringify(error.details) : '';
  return new Error(`Resource Graph refused a query: ${details}`, { cause: failure });
};

/** Resource Graph refuses an answer over 16 MB: 400, with the reason only in the details. */
const isTooLarge = (error: unknown): boolean =>
  isRestError(error) &&
  error.statusCode === 400 &&
  JSON.stringify(error.details ?? '').includes('ResponsePayloadTooLarge');

const tooLarge = Symbol('too large for one page');
/** The rows to ask for in a page; smaller for the rest of an answer once a page was too large. */
type PageSize = { top: number };
/** Where a page begins: at the first row, after some rows, or where the page before ended. */
type From = { readonly skip: number } | { readonly skipToken: string } | Record<string, never>;

export const createResourceGraph = (
  client: Pick<ResourceGraphClient, 'resources'>,
  pause: (milliseconds: number) => Promise<void>,
  now: () => number = () => performance.now(),
): ResourceGraph => {
  const lengths = createAnswerLengths();
  const budget = createGraphBudget(pause, now);

  const pageOf = async (top: number, query: GraphQuery, from: From, signal: AbortSignal): Promise<unknown> => {
    let seen: Seen | undefined;
    const { subscriptions, managementGroups, authorizationScopeFilter } = query;
    try {
      return await client.resources(
        {
          query: query.query,
          ...(subscriptions === undefined ? {} : { subscriptions: [...subscriptions] }),
          ...(managementGroups === undefined ? {} : { managementGroups: [...managementGroups] }),
          options: {
            top,
            resultFormat: 'objectArray',
            ...(authorizationScopeFilter === undefined ? {} : { authorizationScopeFilter }),
            ...from,
          },
        },
        { abortSignal: signal, onResponse: (response) => (seen = response) },
      );
    } catch (error) {
      if (isTooLarge(error) && top > 1) return tooLarge;
      throw faultOrFailure(error, seen);
    } finally {
      if (seen !== undefined) budget.heed(seen.headers);
    }
  };

  const whenAllowed = async (signal: AbortSignal): Promise<void> => {
    const { milliseconds, wait } = budget.usedUp();
    if (milliseconds > timeLeft(signal)) throw slowDown();
    await wait;
    signal.throwIfAborted();
  };

  const nextPage = async (size: PageSize, query: GraphQuery, from: From, signal: AbortSignal): Promise<Page> => {
    let found: unknown = tooLarge;
    while (found === tooLarge) {
      await whenAllowed(signal);
      found = await pageOf(size.top, query, from, signal);
      if (found === tooLarge) size.top = Math.floor(size.top / 2);
    }
    const page = understood(answer, found);
    if (page.skipToken === undefined && page.resultTruncated === 'true')
      throw notUnderstood(new Error('Resource Graph truncated an answer without a skip token'));
    const { data, totalRecords, skipToken } = page;
    return { data, totalRecords, next: skipToken === undefined ? undefined : { skipToken } };
  };

  const noteLength = (query: GraphQuery, { data, totalRecords }: Page): void =>
    lengths.note(query, { rows: totalRecords, page: data.length });

  /** The pages after the first, as many as there were the last time; undefined for one that was not answered or was too large. */
  const furtherPages = (query: GraphQuery, signal: AbortSignal): Promise<Page | undefined>[] =>
    lengths.furtherPages(query).map(async (skip) => {
      const size = { top: largestPage };
      const page = await nextPage(size, query, { skip }, signal).catch(() => undefined);
      return size.top === largestPage ? page : undefined;
    });

  const allPages = async (query: GraphQuery, signal: AbortSignal): Promise<unknown[]> => {
    const size = { top: largestPage };
    const [beginning, ahead] = [nextPage(size, query, {}, signal), furtherPages(query, signal)];
    const first = await beginning;
    noteLength(query, first);
    if (first.next === undefined) return [...first.data];
    const together = ahead.length === 0 ? undefined : joined([first, ...(await Promise.all(ahead))]);
    if (together !== undefined) return together;
    const rows = [...first.data];
    let from: From | undefined = first.next;
    while (from !== undefined) {
      const page = await nextPage(size, query, from, signal);
      rows.push(...page.data);
      from = page.next;
    }
    return rows;
  };

  const rowsOf = async (query: GraphQuery, { skip, most }: Rows, signal: AbortSignal): Promise<Part<unknown>> => {
    const rows: unknown[] = [];
    const size = { top: most };
    let [from, found]: [From | undefined, number] = [skip === 0 ? {} : { skip }, 0];
    while (from !== undefined && rows.length < most) {
      const page = await nextPage(size, query, from, signal);
      rows.push(...page.data);
      [from, found] = [page.next, page.totalRecords];
    }
    return { rows: rows.slice(0, most), found };
  };

  const ask = async <Row>(row: z.ZodType<Row>, query: GraphQuery): Promise<Row[]> => {
    const rows = await withTimeLimit(budgetInMs, (signal) => allPages(query, signal));
    return inPieces(rows, (each) => understood(row, each));
  };

  async function* pages<Row>(row: z.ZodType<Row>, query: GraphQuery): AsyncIterable<Row[]> {
    const { pageSize = largestPage } = query;
    const size = { top: pageSize };
    const pageFrom = (from: From): Promise<Page> =>
      budget.asJob(() => withTimeLimit(budgetInMs, (signal) => nextPage(size, query, from, signal)));
    let isFirst = true;
    for await (const page of readAhead(pageFrom)) {
      if (isFirst && pageSize === largestPage) noteLength(query, page);
      isFirst = false;
      yield await inPieces(page.data, (each) => understood(row, each));
    }
  }

  const part = async <Row>(row: z.ZodType<Row>, query: GraphQuery, wanted: Rows): Promise<Part<Row>> => {
    const { rows, found } = await withTimeLimit(budgetInMs, (signal) => rowsOf(query, wanted, signal));
    return { rows: await inPieces(rows, (each) => understood(row, each)), found };
  };

  return Object.assign(ask, { pages, part });
};
