import {
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { DeliveryResult } from '../../core/connection/connection.ts';
import { waitIn } from '../../core/retry-after.ts';

export type Workspace = {
  /** The ingestion endpoint of the data collection rule. */
  readonly endpoint: string;
  /** The immutable id of the rule, `dcr-…`. */
  readonly rule: string;
  readonly stream: string;
};

export type IngestMeans = {
  readonly credential: TokenCredential;
  readonly httpClient: HttpClient;
  readonly now: () => Date;
  readonly timeoutMs: number;
};

const scope = 'https://monitor.azure.com/.default';
const apiVersion = '2023-01-01';

const remedies: Readonly<Record<number, string>> = {
  400: 'Azure Monitor does not take these columns (400): deploy infra/siem.bicep of this version.',
  401: 'Azure Monitor does not know the identity of Exemption Desk (401).',
  403: 'Azure Monitor refuses (403): give the identity of Exemption Desk the role Monitoring Metrics Publisher on the data collection rule; that takes up to half an hour.',
  404: 'Azure Monitor knows no such rule or stream (404): compare rule and stream with the outputs of infra/siem.bicep.',
  413: 'Azure Monitor finds the call too large (413).',
};

/** A result with the status of the answer, for the doctor. */
export type Ingested = DeliveryResult & { readonly status?: number };

const meaningOf = (status: number, retryAfter: string | undefined, now: number): Ingested => {
  if (status === 204) return { kind: 'sent' };
  const waitMs = waitIn(retryAfter, now);
  return {
    kind: 'retry',
    status,
    reason: remedies[status] ?? `Azure Monitor did not take it (${status}).`,
    ...(waitMs === undefined ? {} : { waitMs }),
  };
};

/** Posts rows by the Logs Ingestion API, once: the outbox repeats it. Only 204 means that they were taken. */
export const createIngest = ({ credential, httpClient, now, timeoutMs }: IngestMeans) => {
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: scope }));
  return async ({ endpoint, rule, stream }: Workspace, body: string): Promise<Ingested> => {
    if ((await credential.getToken(scope).catch(() => null)) === null)
      return { kind: 'retry', reason: 'Entra gave no token for Azure Monitor.' };
    const request = createPipelineRequest({
      url: `${endpoint}/dataCollectionRules/${rule}/streams/${stream}?api-version=${apiVersion}`,
      method: 'POST',
      body,
      abortSignal: AbortSignal.timeout(timeoutMs),
    });
    request.headers.set('content-type', 'application/json');
    try {
      const { status, headers } = await pipeline.sendRequest(httpClient, request);
      return meaningOf(status, headers.get('retry-after'), now().getTime());
    } catch {
      return { kind: 'ambiguous', reason: 'Azure Monitor did not answer.' };
    }
  };
};
