import {
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { GovernanceError } from '../../core/governance-error.ts';
import { correlationIdOf, failureOf, notUnderstood, refusedBy, understood } from './failure.ts';

/** Sends a request with the identity of Exemption Desk, with retries. */
export type Send = (request: PipelineRequest) => Promise<PipelineResponse>;

type Call = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** An ARM id or another path, not encoded. */
  readonly path: string;
  readonly apiVersion?: string;
  readonly filter?: string;
  readonly body?: unknown;
  readonly signal: AbortSignal;
};

/** One REST service. Every failure is a GovernanceError (see failure.ts). */
export type Rest = {
  /** The JSON answer; undefined for an empty one, as after a deletion. */
  readonly call: (call: Call) => Promise<unknown>;
  /** The values of all pages. */
  readonly list: (call: Omit<Call, 'method' | 'body'>) => Promise<unknown[]>;
};

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string().catch('') }) });
const page = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });

const encoded = (path: string): string => {
  const segments = path.split('/').slice(1);
  if (!path.startsWith('/') || segments.some((segment) => segment === '' || /^\.+$/.test(segment)))
    throw new GovernanceError('invalid', `This is not the id of something in Azure: ${path}`);
  return segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
};

const urlOf = (origin: string, { path, apiVersion, filter }: Pick<Call, 'path' | 'apiVersion' | 'filter'>): string => {
  const parameters = [
    ...(apiVersion === undefined ? [] : [`api-version=${apiVersion}`]),
    ...(filter === undefined ? [] : [`$filter=${encodeURIComponent(filter)}`]),
  ];
  return `${origin}${encoded(path)}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`;
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notUnderstood(error);
  }
};

const answerOf = ({ status, bodyAsText, headers, request }: PipelineResponse): unknown => {
  const text = (bodyAsText ?? '').trim();
  const mayBeEmpty = status === 204 || request.method === 'DELETE';
  if (status >= 200 && status < 300) return text === '' && mayBeEmpty ? undefined : json(text);
  const said = errorBody.safeParse(text.startsWith('{') ? json(text) : undefined).data?.error;
  throw refusedBy({ status, code: said?.code, message: said?.message ?? '', correlationId: correlationIdOf(headers) });
};

export const createRest = (origin: string, send: Send): Rest => {
  const ask = async (url: string, { method, body, signal }: Pick<Call, 'method' | 'body' | 'signal'>) => {
    const request = createPipelineRequest({
      url,
      method,
      abortSignal: signal,
      headers: createHttpHeaders({ accept: 'application/json', 'content-type': 'application/json' }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await send(request).catch((error: unknown) => {
      throw failureOf(error);
    });
    return answerOf(response);
  };

  return {
    call: async (call) => ask(urlOf(origin, call), call),

    async list(call) {
      const values: unknown[] = [];
      let next: string | undefined = urlOf(origin, call);
      while (next !== undefined) {
        // The token is sent along, so a link to another host is not followed.
        if (new URL(next).origin !== origin)
          throw notUnderstood(new Error(`The next page is at another address: ${next}`));
        const answer: z.infer<typeof page> = understood(page, await ask(next, { ...call, method: 'GET' }));
        values.push(...answer.value);
        next = answer.nextLink ?? undefined;
      }
      return values;
    },
  };
};
