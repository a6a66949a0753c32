import type { Connector, ResourceGroup } from '../tenant.ts';
import { roll } from './dice.ts';
import type { Oddity } from './oddities.ts';

/** Every eighth subscription watches an account of AWS, a project of GCP, or several. */
export const connectorsOf = (
  groups: readonly ResourceGroup[],
  has: (oddity: Oddity) => boolean,
): readonly Connector[] =>
  has('severalScores')
    ? [...Map.groupBy(groups, ({ subscriptionId }) => subscriptionId).values()]
        .filter((_, position) => position % 8 === 3)
        .flatMap(([group]) =>
          group === undefined
            ? []
            : (['AWS', 'AWS', 'GCP'] as const).map((environment, number) => ({
                id: `${group.id}/providers/Microsoft.Security/securityConnectors/fab-${environment.toLowerCase()}-${number}`,
                resourceGroup: group.id,
                environment,
                healthy: roll(`healthy ${group.id} ${number}`, 60),
                unhealthy: 20,
              })),
        )
    : [];
