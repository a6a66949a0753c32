import { GovernanceError } from '../governance-error.ts';
import { scopeLabel, type Hierarchy } from '../tenant/hierarchy.ts';

/** The longest names of all scopes of a request that a row among others shows whole, in characters. */
export const longestPlaces = 160;

/** The names of all scopes of a request, as a row among others shows them. */
export const placesOf = (
  { terms }: { readonly terms: { readonly scopes: readonly string[] } },
  hierarchy: Hierarchy,
): string => terms.scopes.map((scope) => scopeLabel(scope, hierarchy)).join(', ');

/**
 * Whether a request may be approved together with others: only if its row can name every scope whole, because nobody approves what they were
 * not shown. The others are decided one at a time, on their own card.
 */
export const fitsInRow = (places: string): boolean => places !== '' && places.length <= longestPlaces;

/** Throws GovernanceError invalid for a request that may not be approved together with others. */
export const refuseUnlessShown = (reference: string, places: string, before = ''): void => {
  if (fitsInRow(places)) return;
  throw new GovernanceError(
    'invalid',
    `${before}${reference} covers more than a row can name, so it is not approved together with others. To approve it on its card, send: request ${reference}`,
  );
};
