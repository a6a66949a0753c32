import type { RequestStore } from '../../../src/core/request/kept-requests.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { requestStatuses, type RequestStatus } from '../../../src/core/request/request-status.ts';

/** Every request that is kept, newest first; the product never asks for all of them at once, but a test of a small tenant may. */
export const everyRequest = async (
  requests: Pick<RequestStore, 'inPortions'>,
  statuses: readonly RequestStatus[] = requestStatuses,
): Promise<ExemptionRequest[]> => {
  const all: ExemptionRequest[] = [];
  for await (const portion of requests.inPortions(statuses)) all.push(...portion);
  return all;
};
