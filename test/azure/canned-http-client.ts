import {
  createHttpHeaders,
  RestError,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';

export type CannedAnswer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** An answer, or how the line breaks: a reset connection, silence until the caller gives up. */
export type Canned = CannedAnswer | 'reset' | 'silence';

const silence = (request: PipelineRequest): Promise<never> =>
  new Promise((_resolve, reject) => {
    request.abortSignal?.addEventListener('abort', () =>
      reject(Object.assign(new Error('The operation was aborted.'), { name: 'AbortError' })),
    );
  });

const responseOf = (request: PipelineRequest, { status, body, headers }: CannedAnswer): PipelineResponse => {
  const isText = typeof body === 'string';
  const bodyAsText = body === undefined ? '' : isText ? body : JSON.stringify(body);
  const type = isText && body.startsWith('<') ? 'text/html' : 'application/json';
  return { request, status, bodyAsText, headers: createHttpHeaders({ 'content-type': type, ...headers }) };
};

/** An HTTP client for Azure's packages that answers from a function; `requests` is what it was asked. */
export const cannedHttpClient = (answer: (request: PipelineRequest) => Canned) => {
  const requests: PipelineRequest[] = [];
  const client: HttpClient = {
    async sendRequest(request) {
      requests.push(request);
      const canned = answer(request);
      if (canned === 'silence') return silence(request);
      if (canned === 'reset') throw new RestError('read ECONNRESET', { code: 'ECONNRESET', request });
      return responseOf(request, canned);
    },
  };
  return { client, requests };
};

export const credential = { getToken: async () => ({ token: 'bot', expiresOnTimestamp: 32503680000000 }) };

/** The JSON that a request carries. */
export const sentBy = (request: PipelineRequest): Record<string, unknown> =>
  JSON.parse(typeof request.body === 'string' ? request.body : '{}') as Record<string, unknown>;
