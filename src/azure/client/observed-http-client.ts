import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Observe, Observed } from '../../core/observed.ts';

type Call = Extract<Observed, { what: 'azure-call' }>;

export const serviceOf = (url: string): Call['service'] => {
  const { hostname, pathname } = new URL(url);
  if (hostname === 'graph.microsoft.com') return 'microsoft-graph';
  if (hostname !== 'management.azure.com') return 'other';
  return pathname.toLowerCase().startsWith('/providers/microsoft.resourcegraph/')
    ? 'resource-graph'
    : 'resource-manager';
};

const numberIn = (text: string | undefined): number | undefined =>
  text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);

/** Counts every call, and sends Azure the id under which its activity log shows what we cause. */
export const observedHttpClient = (
  inner: HttpClient,
  observe: Observe,
  correlationId: () => string | undefined,
): HttpClient => ({
  async sendRequest(request) {
    const id = correlationId();
    if (id !== undefined) request.headers.set('x-ms-correlation-request-id', id);
    const begun = performance.now();
    const note = (response: PipelineResponse | undefined): void =>
      observe({
        what: 'azure-call',
        service: serviceOf(request.url),
        method: request.method,
        status: response?.status ?? 0,
        milliseconds: Math.round(performance.now() - begun),
        left: numberIn(response?.headers.get('x-ms-user-quota-remaining')),
      });
    try {
      const response = await inner.sendRequest(request);
      note(response);
      return response;
    } catch (error) {
      note(undefined);
      throw error;
    }
  },
});
