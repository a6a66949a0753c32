import { z } from 'zod';
import type { ChangeTimes } from '../../core/inventory/change-times.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { GraphQuery, ResourceGraph } from '../client/resource-graph.ts';
import { timeOf } from '../client/written-time.ts';

// A sum or a maximum of no times is null.
const row = z.object({
  exemptions: z.number(),
  dated: z.number(),
  latest: z.string().nullish(),
  seconds: z.number().nullish(),
});

const timesFrom = ({ exemptions: count, dated, latest, seconds }: z.infer<typeof row>): ChangeTimes => ({
  count,
  dated,
  latest: timeOf(latest ?? '')?.getTime() ?? 0,
  seconds: seconds ?? 0,
});

/**
 * Asks one question for the change times of all exemptions of a kind. Undefined: Resource Graph does not answer it here. The column with the times is
 * documented for no table, and a question that names a column that is not there is refused. Throws GovernanceError unavailable.
 */
export const readChangeTimes = async (ask: ResourceGraph, query: GraphQuery): Promise<ChangeTimes | undefined> => {
  try {
    const [found] = await ask(row, query);
    return found === undefined ? undefined : timesFrom(found);
  } catch (error) {
    if (error instanceof GovernanceError) throw error;
    return undefined;
  }
};
