import type { ListedExemption } from '../../core/inventory/listed-exemption.ts';
import { occasionKey } from '../../core/inventory/listing.ts';

/** See `occasionKey`. */
export const occasionOf = ({ madeIn, exemption, recommendations, request, state }: ListedExemption): string =>
  occasionKey({
    ...{ madeIn, exemption, recommendations },
    reference: request?.reference,
    assignmentGone: state === 'orphaned',
  });

/** One row for those that were made together, in the place of the first. */
export const together = (rows: readonly ListedExemption[]): ListedExemption[] =>
  [...Map.groupBy(rows, occasionOf).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            ...first,
            needless: [first, ...others].every(({ needless }) => needless),
            assignmentNames: [first, ...others]
              .flatMap(({ assignmentNames }) => assignmentNames)
              .toSorted((a, b) => a.localeCompare(b)),
          },
        ],
  );
