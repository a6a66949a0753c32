import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { callPattern } from './call-pattern.ts';

/** One request and its answer, named by its pattern. The body belongs to the tenant and stays in memory. */
export type Exchange = {
  readonly call: string;
  readonly apiVersion: string;
  /** For a query of Resource Graph: its table and types. */
  readonly topic: string;
  readonly status: number;
  /** The code of a refusal by Azure; for a refused query also the inner codes. */
  readonly errorCode: string | undefined;
  readonly body: unknown;
  readonly header: (name: string) => string | undefined;
};

const json = (text: string | null | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

type Refusal = { readonly error?: { readonly code?: unknown; readonly details?: unknown } };

const errorCodeIn = (body: unknown): string | undefined => {
  const error = (body as Refusal | undefined)?.error;
  const details = Array.isArray(error?.details) ? (error.details as Refusal['error'][]) : [];
  const codes = [error, ...details].map((each) => each?.code).filter((code) => typeof code === 'string');
  return codes.length === 0 ? undefined : codes.join(' > ');
};

const topicOf = ({ body }: PipelineRequest): string => {
  const { query } = (json(typeof body === 'string' ? body : '') ?? {}) as { query?: unknown };
  if (typeof query !== 'string') return '';
  const [table = ''] = /^\w+/.exec(query) ?? [];
  return [table, ...(query.match(/(?<=')microsoft\.[a-z./]+(?=')/g) ?? [])].join(' ');
};

const exchangeOf = (request: PipelineRequest, response: PipelineResponse): Exchange => {
  const body = json(response.bodyAsText);
  return {
    ...callPattern(request.method, request.url),
    topic: topicOf(request),
    status: response.status,
    errorCode: response.status < 400 ? undefined : errorCodeIn(body),
    body,
    header: (name) => response.headers.get(name),
  };
};

/** An HTTP client that records its requests and answers. */
export const recordExchanges = (inner: HttpClient): { client: HttpClient; exchanges: readonly Exchange[] } => {
  const exchanges: Exchange[] = [];
  const client: HttpClient = {
    async sendRequest(request) {
      const response = await inner.sendRequest(request);
      exchanges.push(exchangeOf(request, response));
      return response;
    },
  };
  return { client, exchanges };
};
