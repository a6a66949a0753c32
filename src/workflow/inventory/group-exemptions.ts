import { normalId } from '../../core/tenant/arm-id.ts';
import type { ListedExemption } from '../../core/inventory/listed-exemption.ts';

/** A key that is equal for exemptions made together: for the same recommendations at the same scope, by the same person, until the same expiry. */
export const occasionOf = ({ exemption, recommendations, request, state }: ListedExemption): string =>
  JSON.stringify([
    normalId(exemption.scope),
    recommendations.map(({ key }) => key),
    exemption.category,
    exemption.expiresAt,
    request?.reference ?? exemption.createdBy,
    // Without a recommendation nothing shows that these were made together.
    state === 'orphaned' || recommendations.length === 0 ? exemption.id : state,
  ]);

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

export const soonestFirst = (a: ListedExemption, b: ListedExemption): number =>
  (a.exemption.expiresAt?.getTime() ?? Infinity) - (b.exemption.expiresAt?.getTime() ?? Infinity) ||
  a.exemption.id.localeCompare(b.exemption.id);

/** Whether a row would be found by a text. */
export const contains = (row: ListedExemption, text: string): boolean =>
  [
    row.exemption.displayName,
    row.exemption.name,
    row.scopeLabel,
    ...row.recommendations.map((each) => each.title),
  ].some((each) => each.toLowerCase().includes(text.toLowerCase()));
