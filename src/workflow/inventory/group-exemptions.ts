import { byCodePoint } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { ListedExemption } from '../../core/inventory/listed-exemption.ts';
import { occasionKey } from '../../core/inventory/listing.ts';

/** See `occasionKey`. */
export const occasionOf = ({ exemption, recommendations, request, state }: ListedExemption): string =>
  occasionKey({ exemption, recommendations, reference: request?.reference, assignmentGone: state === 'orphaned' });

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

/** The soonest expiry first, then by the normal id: the same order in which a database lists them. */
export const soonestFirst = (a: ListedExemption, b: ListedExemption): number =>
  (a.exemption.expiresAt?.getTime() ?? Infinity) - (b.exemption.expiresAt?.getTime() ?? Infinity) ||
  byCodePoint(normalId(a.exemption.id), normalId(b.exemption.id));

/** Whether a row would be found by a text. */
export const contains = (row: ListedExemption, text: string): boolean =>
  [
    row.exemption.displayName,
    row.exemption.name,
    row.scopeLabel,
    ...row.recommendations.map((each) => each.title),
  ].some((each) => each.toLowerCase().includes(text.toLowerCase()));
