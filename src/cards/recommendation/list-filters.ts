import type { ListMeant, RecommendationQuery } from '../actions.ts';

type Filters = Pick<RecommendationQuery, 'text' | 'subscription' | 'type' | 'group' | 'tag' | 'owner' | 'control'>;

/** How many bytes all filters of a list may have together: each of its buttons carries them all. */
export const longestFilters = 300;

/** Up to so many bytes each row carries them as well, so that what it opens shows what the list meant. */
export const longestInRows = 180;

/** How many bytes the filters of a list take in a button. */
export const filtersLength = ({ text, subscription, type, group, tag, owner, control }: Filters): number =>
  Buffer.byteLength(JSON.stringify([text, subscription, type, group, tag, owner, control].join('')));

/** What of the filters leaves out resources of a recommendation, and not only recommendations; undefined: nothing. */
export const meantOf = ({ subscription, type, group, tag, owner }: Filters): ListMeant | undefined => {
  const meant = Object.entries({ subscription, type, group, tag, owner }).filter(([, typed]) => (typed ?? '') !== '');
  return meant.length === 0 ? undefined : Object.fromEntries(meant);
};
