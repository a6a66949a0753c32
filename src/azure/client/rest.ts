import {
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { GovernanceError } from '../../core/governance-error.ts';
import { policyViolations } from './policy-violation.ts';
import { correlationIdOf, failureOf, notUnderstood, refusedBy, understood } from './failure.ts';

/** Sends a request with the identity of Exemption Desk, with retries. */
export type Send = (request: PipelineRequest) => Promise<PipelineResponse>;

type Call = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** An ARM id or another path, not encoded. */
  readonly path: string;
  readonly apiVersion?: string;
  readonly filter?: string;
  /** More query parameters, such as `$top` of Microsoft Graph. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal: AbortSignal;
};

/** One REST service. Every failure is a GovernanceError (see failure.ts). */
export type Rest = {
  readonly origin: string;
  /** The JSON answer; undefined for an empty one, as after a deletion. */
  readonly call: (call: Call) => Promise<unknown>;
  /** The values of all pages; with `enough`, of no more pages than it takes to have so many. */
  readonly list: (call: Omit<Call, 'method' | 'body'> & { readonly enough?: number }) => Promise<unknown[]>;
};

const additionalInfo = z.array(z.unknown()).optional().catch(undefined);
const refusal = z.object({ code: z.string(), message: z.string().catch(''), additionalInfo });
// Some resource providers write a capital letter, or omit the member around code and message.
const errorBody = z.union([
  z.object({ error: refusal }).transform(({ error }) => error),
  z.object({ Error: refusal }).transform(({ Error: error }) => error),
  z
    .object({ Code: z.string(), Message: z.string().catch('') })
    .transform(({ Code, Message }) => ({ code: Code, message: Message, additionalInfo: undefined })),
  refusal,
]);
// Some services end a list with an empty link instead of none.
const link = z
  .string()
  .nullish()
  .transform((text) => (text === '' ? undefined : (text ?? undefined)));
const page = z
  .object({ value: z.array(z.unknown()), nextLink: link, '@odata.nextLink': link })
  .transform(({ value, nextLink, '@odata.nextLink': graphLink }) => ({ value, next: nextLink ?? graphLink }));

const encoded = (path: string): string => {
  const segments = path.split('/').slice(1);
  if (!path.startsWith('/') || segments.some((segment) => segment === '' || /^\.+$/.test(segment)))
    throw new GovernanceError('invalid', `This is not the id of something in Azure: ${path}`);
  return segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
};

type Address = Pick<Call, 'path' | 'apiVersion' | 'filter' | 'parameters'>;

const urlOf = (origin: string, { path, apiVersion, filter, parameters }: Address): string => {
  const query = Object.entries({ 'api-version': apiVersion, $filter: filter, ...parameters }).flatMap(
    ([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]),
  );
  return `${origin}${encoded(path)}${query.length === 0 ? '' : `?${query.join('&')}`}`;
};

/** The address of the next page. The token is sent along, so a link to another host is not followed. */
const nextUrl = (origin: string, link: string | undefined): string | undefined => {
  if (link === undefined) return undefined;
  const address = URL.parse(link);
  if (address?.origin === origin) return link;
  throw notUnderstood(new Error(`The next page is at another address: ${address?.origin ?? 'not an address'}`));
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
  const said = errorBody.safeParse(text.startsWith('{') ? json(text) : undefined).data;
  throw refusedBy({
    status,
    code: said?.code,
    message: said?.message ?? '',
    correlationId: correlationIdOf(headers),
    violations: policyViolations(said?.additionalInfo ?? []),
  });
};

export const createRest = (origin: string, send: Send): Rest => {
  const ask = async (url: string, { method, body, signal, headers }: Omit<Call, keyof Address>) => {
    const request = createPipelineRequest({
      url,
      method,
      abortSignal: signal,
      headers: createHttpHeaders({ accept: 'application/json', 'content-type': 'application/json', ...headers }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await send(request).catch((error: unknown) => {
      throw failureOf(error);
    });
    return answerOf(response);
  };

  return {
    origin,
    call: async (call) => ask(urlOf(origin, call), call),

    async list(call) {
      const values: unknown[] = [];
      let next: string | undefined = urlOf(origin, call);
      while (next !== undefined && values.length < (call.enough ?? Infinity)) {
        const answer: z.infer<typeof page> = understood(page, await ask(next, { ...call, method: 'GET' }));
        values.push(...answer.value);
        next = nextUrl(origin, answer.next);
      }
      return values;
    },
  };
};
