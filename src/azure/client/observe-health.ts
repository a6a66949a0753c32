import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline';
import type { AzureHealth, AzureService, AzureServiceHealth } from '../../core/desk/azure-health.ts';
import { serviceOf } from './observed-http-client.ts';
import { withTimeLimit } from './time-limit.ts';

const services: Readonly<Record<ReturnType<typeof serviceOf>, AzureService | undefined>> = {
  'resource-graph': 'Azure Resource Graph',
  'resource-manager': 'Azure Resource Manager',
  'microsoft-graph': 'Microsoft Graph',
  other: undefined,
};

/** A refusal is an answer, but not of a gateway, nor one that only says to come back later or to sign in. */
const isAnswer = ({ status, headers }: PipelineResponse): boolean => {
  if (status >= 500 || status === 401 || status === 408 || status === 429) return false;
  return status !== 200 || /json/i.test(headers.get('content-type') ?? 'json');
};

/** Hears how each part of Azure answers. Below it, a call has been repeated as often as it may. */
export const createAzureHealth = (now: () => Date) => {
  const known = new Map<AzureService, AzureServiceHealth>();

  const note = (service: AzureService | undefined, answered: boolean): void => {
    if (service === undefined) return;
    const at = now();
    const before = known.get(service);
    known.set(
      service,
      answered
        ? { service, answeredAt: at, failing: undefined }
        : { service, answeredAt: before?.answeredAt, failing: { since: before?.failing?.since ?? at, last: at } },
    );
  };

  return {
    listening: (inner: HttpClient): HttpClient => ({
      async sendRequest(request) {
        const service = services[serviceOf(request.url)];
        try {
          const response = await inner.sendRequest(request);
          note(service, isAnswer(response));
          return response;
        } catch (error) {
          note(service, false);
          throw error;
        }
      },
    }),
    /** `ask` is a question to Resource Graph. */
    port: (ask: () => Promise<unknown>, budgetInMs: number): AzureHealth => ({
      async look() {
        // A sign-in that fails never becomes a call, so it is noted here.
        await withTimeLimit(budgetInMs, ask).catch(() => note('Azure Resource Graph', false));
        return [...known.values()];
      },
    }),
  };
};
