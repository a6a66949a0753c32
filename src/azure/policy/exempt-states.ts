import { z } from 'zod';
import type { ExemptState } from '../../core/tenant/policy.ts';
import { queryNamed } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';

const row = z.object({
  resourceId: z.string(),
  assignmentId: z.string(),
  referenceId: z.string(),
  underneath: z.string(),
});

const words: Readonly<Record<string, ExemptState['underneath']>> = {
  compliant: 'compliant',
  noncompliant: 'non-compliant',
};

/** Reads the states that Azure Policy reports for exempted resources: exempt, and what they would be otherwise. */
export const createExemptStates = (ask: ResourceGraph): (() => AsyncIterable<ExemptState[]>) => {
  const query = queryNamed('exempt-states');
  return async function* () {
    for await (const rows of ask.pages(row, { query }))
      yield rows.map(({ referenceId, underneath, ...state }) => ({
        ...state,
        referenceId: referenceId === '' ? undefined : referenceId,
        underneath: words[underneath],
      }));
  };
};
