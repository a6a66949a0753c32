import type { ActionData } from '../actions.ts';
import { action } from '../card-action.ts';

type Searched = {
  readonly assessmentKey: string;
  readonly search: string;
  readonly sought: string;
  readonly isSearchable: boolean;
};
type Carried = Partial<Extract<ActionData, { verb: 'show-recommendation' }>>;

/** The search in the resources of a recommendation: its field, what it is searched for now, and how to end that. No tick is lost by it. */
export const searchParts = ({ assessmentKey, search, sought, isSearchable }: Searched, carried: Carried) => {
  const shown = {
    verb: 'show-recommendation',
    assessmentKey,
    page: 1,
    ...carried,
    ...(search === '' ? {} : { found: search }),
  } as const;
  return {
    isSearchable,
    search: sought,
    searchWords: search === sought ? 'Shown and counted are only resources with ' : 'Shown and counted is only ',
    find: action('Find', { ...shown, searching: 'as-typed' }),
    // What is ticked goes with it, and so does the text in the field, which does not count.
    searchOff: action('✕ Take off', { ...shown, searching: 'off' }),
  };
};
